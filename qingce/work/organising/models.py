"""Setting up, re-electing, merging and repairing units; congresses."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.league.organisations.models import Unit
from qingce.ledger.records.models import Facts, Record


class UnitEvent(Record):
    """Something that happened to a unit, on a paper that approved it."""

    subject_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="events", verbose_name=_("Unit concerned")
    )
    document_number = models.CharField(_("Document number"), max_length=80, blank=True)
    approved_by = models.CharField(_("Approved by"), max_length=80, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("Unit event")

    def facts(self) -> Facts:
        known: Facts = [
            (_("Unit concerned"), self.subject_unit),
            (_("Document number"), self.document_number),
            (_("Approved by"), self.approved_by),
        ]
        if hasattr(self, "election"):
            known += self.election.facts()
        return [(label, value) for label, value in known if value not in (None, "")]


class Election(Logged):
    """Part: who was entitled and present, and what the ballots said."""

    event = models.OneToOneField(UnitEvent, models.CASCADE, primary_key=True)
    entitled = models.PositiveIntegerField(_("Entitled to vote"))
    present = models.PositiveIntegerField(_("Present"))
    seats = models.PositiveSmallIntegerField(_("Seats"), null=True, blank=True)
    term_start = models.DateField(_("Term begins"))
    term_end = models.DateField(_("Term ends"))

    def __str__(self) -> str:
        return str(self.event)

    def facts(self) -> Facts:
        return [
            (_("Entitled to vote"), self.entitled),
            (_("Present"), self.present),
            (_("Seats"), self.seats),
            (_("Term begins"), self.term_start),
            (_("Term ends"), self.term_end),
        ]
