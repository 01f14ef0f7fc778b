"""What a unit was before: former names and terms, forebears, and what each act changed in the tree.

The present stands on the unit itself; only what has been replaced is kept here, dated.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.foundation.dates import DatedQuerySet


class FormerName(models.Model):
    """What a unit was called from `since` until the day before `until`."""

    unit = models.ForeignKey("organisations.Unit", models.CASCADE, related_name="former_names")
    name = models.CharField(_("Full name"), max_length=120)
    short_name = models.CharField(_("Short name"), max_length=60)
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"))

    objects = DatedQuerySet["FormerName"].as_manager()

    class Meta:
        verbose_name = _("Former name")
        ordering = ["since"]

    def __str__(self) -> str:
        return self.short_name or self.name


class FormerTerm(models.Model):
    """A term of office that another has followed; the new one began on `until`."""

    unit = models.ForeignKey("organisations.Unit", models.CASCADE, related_name="former_terms")
    since = models.DateField(_("Term begins"))
    ends_on = models.DateField(_("Term ends"), null=True, blank=True)
    deferred_to = models.DateField(_("Put off until"), null=True, blank=True)
    until = models.DateField(_("Until"))

    objects = DatedQuerySet["FormerTerm"].as_manager()

    class Meta:
        verbose_name = _("Former term of office")
        ordering = ["since"]

    def __str__(self) -> str:
        return f"{self.unit} {self.since}"


class Lineage(models.Model):
    """One unit came out of another by merging or splitting on `since`; neither is ever deleted."""

    predecessor = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="came_after")
    successor = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="came_before")
    since = models.DateField(_("From"))

    objects = DatedQuerySet["Lineage"].as_manager()

    class Meta:
        verbose_name = _("Line of units")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "since"], name="one_line_of_units")
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class TreeStep(Logged):
    """One row that an act on the tree wrote: what it said before and after, so that it can be undone."""

    reference = models.CharField(_("Record"), max_length=40, db_index=True)
    table = models.CharField(max_length=24)
    row = models.BigIntegerField()
    before = models.JSONField(null=True)  # None: the act made the row
    after = models.JSONField()

    class Meta:
        verbose_name = _("Step of a change of the tree")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.reference} {self.table} {self.row}"


class CodeSequence(models.Model):
    """The last sequence number given out under a division code."""

    division = models.CharField(max_length=6, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.division}{self.last:05d}"
