"""The congress of a body: its session, the seats of each delegation, its delegates and their links."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingce.foundation.audit.guarded import Logged
from qingce.foundation.dates import DatedQuerySet
from qingce.league.organisations.models import Unit
from qingce.league.people.models import Person
from qingce.ledger.records.models import Facts


class Congress(Logged):
    """Part: which session, how many delegates, and how long the candidates were shown publicly."""

    event = models.OneToOneField("organising.UnitEvent", models.CASCADE, primary_key=True)
    session = models.PositiveSmallIntegerField(pgettext_lazy("congress", "Session"))
    delegates_planned = models.PositiveIntegerField(_("Delegates planned"))
    party_congress_on = models.DateField(_("Party congress of the same level on"), null=True, blank=True)
    notice_from = models.DateField(_("Public notice from"), null=True, blank=True)
    notice_until = models.DateField(_("Public notice until"), null=True, blank=True)

    def __str__(self) -> str:
        return str(self.event)

    def facts(self) -> Facts:
        return [
            (pgettext_lazy("congress", "Session"), self.session),
            (_("Delegates planned"), self.delegates_planned),
            (_("Party congress of the same level on"), self.party_congress_on),
            (_("Public notice from"), self.notice_from),
            (_("Public notice until"), self.notice_until),
        ]


class SeatAllotment(Logged):
    """How many delegates one unit may elect: a delegation."""

    event = models.ForeignKey("organising.UnitEvent", models.CASCADE, related_name="allotments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    seats = models.PositiveSmallIntegerField(_("Seats"))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["event", "unit"], name="one_delegation_per_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.seats}"


class Delegate(models.Model):
    """Somebody elected to a congress; stays a delegate for the whole term."""

    event = models.ForeignKey("organising.UnitEvent", models.PROTECT, related_name="delegates")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Delegation"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates", verbose_name=_("Delegate"))
    since = models.DateField(_("Elected on"))
    until = models.DateField(_("Until"), null=True, blank=True)
    ended_because = models.CharField(_("Ended because"), max_length=80, blank=True)

    objects = DatedQuerySet["Delegate"].as_manager()

    class Meta:
        verbose_name = _("Delegate")
        ordering = ["unit__protocol_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="one_mandate_per_congress")]

    def __str__(self) -> str:
        return f"{self.person} · {self.unit}"


class DelegateLink(models.Model):
    """A delegate keeps in touch with a branch, or with a young person."""

    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="links")
    branch = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"), null=True, blank=True)

    objects = DatedQuerySet["DelegateLink"].as_manager()

    class Meta:
        verbose_name = _("Delegate's link")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(branch__isnull=False, person__isnull=True)
                | models.Q(branch__isnull=True, person__isnull=False),
                name="link_to_branch_or_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.delegate} → {self.branch or self.person}"
