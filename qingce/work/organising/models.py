"""Setting up, re-electing, merging and repairing units: the papers, and what each of them changes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.league.organisations.models import Domain, Unit, UnitKind
from qingce.league.people.models import Person
from qingce.ledger.records.models import Facts, PartList, Record
from qingce.work.organising.congresses import Congress, Delegate, DelegateLink, SeatAllotment


class UnitEvent(Record):
    """Something that happened to a unit, on a paper that approved it."""

    # Of a founding that is not approved yet: the body beneath which the unit shall be.
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
        for part in ("change", "election", "congress"):
            if hasattr(self, part):
                known += getattr(self, part).facts()
        return [(label, value) for label, value in known if value not in (None, "")]

    def lists(self) -> list[PartList]:
        return [
            PartList(_("New units"), ("name", "kind", "unit"), self.offshoots.select_related("unit")),
            PartList(
                _("Candidates"),
                ("person", "office", "votes", "is_elected"),
                self.candidates.select_related("person"),
            ),
            PartList(_("Seats of delegations"), ("unit", "seats"), self.allotments.select_related("unit")),
        ]

    @property
    def is_done(self) -> bool:
        """Whether what the record speaks of has taken place."""
        return self.stage == self.kind_of_work.done


class Change(Logged):
    """Part: what shall change in the tree once the record is approved."""

    event = models.OneToOneField(UnitEvent, models.CASCADE, primary_key=True)
    name = models.CharField(_("Full name"), max_length=120, blank=True)
    short_name = models.CharField(_("Short name"), max_length=60, blank=True)
    unit_kind = models.CharField(_("Kind of unit"), max_length=24, choices=UnitKind, blank=True)
    domain = models.CharField(_("Field"), max_length=24, choices=Domain, blank=True)
    party_body = models.CharField(_("Party body above"), max_length=120, blank=True)
    code = models.CharField(_("Code given in advance"), max_length=40, blank=True)
    external_code = models.CharField(_("National code"), max_length=40, blank=True)
    members = models.PositiveIntegerField(_("Members"), null=True, blank=True)
    to = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("To which unit")
    )
    until = models.DateField(_("Until"), null=True, blank=True)
    goes_on = models.BooleanField(_("The unit itself goes on"), default=False)
    party_paper = models.CharField(_("Paper of the Party body"), max_length=120, blank=True)
    partners = models.CharField(_("Shared by"), max_length=200, blank=True)  # units of a joint branch

    def __str__(self) -> str:
        return str(self.event)

    def facts(self) -> Facts:
        return [
            (_("Full name"), self.name),
            (_("Short name"), self.short_name),
            (_("Kind of unit"), self.get_unit_kind_display()),
            (_("Field"), self.get_domain_display()),
            (_("Party body above"), self.party_body),
            (_("Members"), self.members),
            (_("To which unit"), self.to),
            (_("Until"), self.until),
            (_("Paper of the Party body"), self.party_paper),
            (_("Shared by"), self.partners),
        ]


class Offshoot(Logged):
    """Part: one unit that comes out of a split, with the members named for it."""

    event = models.ForeignKey(UnitEvent, models.CASCADE, related_name="offshoots")
    name = models.CharField(_("Full name"), max_length=120)
    kind = models.CharField(_("Kind of unit"), max_length=24, choices=UnitKind)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("Founded as"))
    people = models.ManyToManyField(Person, related_name="+", verbose_name=_("Members"))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Assembly(models.TextChoices):
    """Who elects: all members, or a congress of their delegates."""

    MEMBERS = "members", _("Meeting of all members")
    DELEGATES = "delegates", _("Congress of delegates")


class Election(Logged):
    """Part: who was entitled and present, and what the ballots said."""

    event = models.OneToOneField(UnitEvent, models.CASCADE, primary_key=True)
    entitled = models.PositiveIntegerField(_("Entitled to vote"))
    present = models.PositiveIntegerField(_("Present"))
    seats = models.PositiveSmallIntegerField(_("Seats"), null=True, blank=True)
    issued = models.PositiveIntegerField(_("Ballots issued"), null=True, blank=True)
    returned = models.PositiveIntegerField(_("Ballots returned"), null=True, blank=True)
    secret = models.BooleanField(_("Secret ballot"), null=True)
    assembly = models.CharField(_("Who elects"), max_length=12, choices=Assembly, blank=True)
    scattered = models.BooleanField(_("Members are scattered"), default=False)
    assembly_paper = models.CharField(_("Approval of the congress"), max_length=80, blank=True)
    term_start = models.DateField(_("Term begins"))
    term_end = models.DateField(_("Term ends"))

    def __str__(self) -> str:
        return str(self.event)

    def facts(self) -> Facts:
        return [
            (_("Entitled to vote"), self.entitled),
            (_("Present"), self.present),
            (_("Seats"), self.seats),
            (_("Ballots issued"), self.issued),
            (_("Ballots returned"), self.returned),
            (_("Who elects"), self.get_assembly_display()),
            (_("Approval of the congress"), self.assembly_paper),
            (_("Term begins"), self.term_start),
            (_("Term ends"), self.term_end),
        ]


class Office(models.TextChoices):
    """What one is elected to be."""

    SECRETARY = "secretary", _("Secretary")
    DEPUTY = "deputy", _("Deputy secretary")
    MEMBER = "member", _("Member of the committee")


class Candidate(Logged):
    """Part: somebody who stood at an election, with the votes for the office."""

    event = models.ForeignKey(UnitEvent, models.CASCADE, related_name="candidates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("Candidate"))
    office = models.CharField(_("Office"), max_length=16, choices=Office)
    votes = models.PositiveIntegerField(_("Votes for"))
    is_elected = models.BooleanField(_("Elected"), default=False)
    engagement = models.CharField(_("Engagement"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("Candidate")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_office_display()}"


__all__ = [
    "Assembly",
    "Candidate",
    "Change",
    "Congress",
    "Delegate",
    "DelegateLink",
    "Election",
    "Office",
    "Offshoot",
    "SeatAllotment",
    "UnitEvent",
]
