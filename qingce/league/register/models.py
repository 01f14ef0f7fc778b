"""Keeping the register in step with the national system, and one row for one human being."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.foundation.privacy.fields import SealedText
from qingce.league.organisations.models import Membership, Unit
from qingce.league.people.models import Person


class Reconciliation(Logged):
    """One export of the national system held against the register, with every decision taken on it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Export of"))
    file_name = models.CharField(_("File"), max_length=200)
    digest = models.CharField(_("Digest"), max_length=64, db_index=True)
    as_of = models.DateField(_("Compared as of"))
    rows = models.PositiveIntegerField(_("Rows"), default=0)
    notes = models.JSONField(_("Notes"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("By")
    )
    at = models.DateTimeField(_("When"), auto_now_add=True)

    class Meta:
        verbose_name = _("Comparison with the national system")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class Sort(models.TextChoices):
    """How an export and the register differ about one person."""

    NEW = "new", _("New")
    GONE = "gone", _("Gone")
    CHANGED = "changed", _("Changed")
    CONFLICT = "conflict", _("Conflicting")
    NUMBER = "number", _("Number clash")
    FAULT = "fault", _("Breaks a rule")


class Decision(models.TextChoices):
    OPEN = "", _("Undecided")
    ACCEPTED = "accepted", _("Accepted")
    KEPT = "kept", _("Ours kept")


class Difference(Logged):
    """One thing in which export and register differ; nothing happens to the register until it is decided.

    `held` and `said` are what may be shown, masked where the fact is sealed; `facts` seals what the
    export says, so that it can be accepted without the file.
    """

    reconciliation = models.ForeignKey(Reconciliation, models.CASCADE, related_name="differences")
    sort = models.CharField(_("Sort"), max_length=10, choices=Sort)
    field = models.CharField(_("What"), max_length=30, blank=True)
    row = models.PositiveIntegerField(_("Row"), default=0)
    # Whom and what it is about. Hidden from the person: what an export says opens no door.
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Person")
    )
    membership = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Membership")
    )
    branch = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Branch")
    )
    name = models.CharField(_("Name"), max_length=60, blank=True)
    held = models.CharField(_("Ours"), max_length=200, blank=True)
    said = models.CharField(_("The export's"), max_length=200, blank=True)
    facts = SealedText(_("What the export says"), opened_by="register.reconcile")
    fault = models.CharField(_("What stands against it"), max_length=300, blank=True)
    decision = models.CharField(_("Decision"), max_length=10, choices=Decision, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    because = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Difference")
        ordering = ["pk"]
        indexes = [models.Index(fields=["reconciliation", "sort", "decision"], name="difference_sort")]

    def __str__(self) -> str:
        return f"{self.get_sort_display()} {self.name}"

    @property
    def needs_day(self) -> bool:
        """Whether a stay ends or begins when it is accepted."""
        return self.sort == Sort.GONE or self.field == "unit"

    @property
    def unit_id(self) -> int:
        """The unit whose export it is; who decides holds the right there."""
        return self.reconciliation.unit_id


class Merge(Logged):
    """Two rows of one human being made one; what moved is remembered, so that it can be undone."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("Kept"))
    dropped = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("Merged into it"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Known at"))
    changes: Any = models.JSONField(_("What was changed"), default=list)
    because = models.CharField(_("Reason"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("By")
    )
    at = models.DateTimeField(_("When"), auto_now_add=True)
    undone_at = models.DateTimeField(_("Undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Merge of two entries")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.dropped} → {self.kept}"


class Distinct(Logged):
    """Two persons who look like one and are not: somebody looked and said so."""

    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    because = models.CharField(_("Reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("When"), auto_now_add=True)

    class Meta:
        verbose_name = _("Two different persons")
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="distinct_said_once")]

    def __str__(self) -> str:
        return f"{self.one} ≠ {self.other}"
