"""The life of a membership: admission, recommendation, transfer, registration, leaving."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.league.organisations.models import Unit
from qingce.league.people.models import Person
from qingce.ledger.records import models as ledger
from qingce.ledger.records.models import Facts, PartList, Record

# Procedures whose steps have effects on memberships; their records are carried on from their own pages.
CARRIED_ON = (
    ("transfer", gettext_lazy("Transfers")),
    ("matter", gettext_lazy("Matters")),
    ("registration", gettext_lazy("Yearly review")),
)


class MemberCase(Record):
    """One person on the way through one of the League's procedures."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="member_cases")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="transfers_in")
    development_number = models.CharField(gettext_lazy("Development number"), max_length=16, blank=True)
    document_number = models.CharField(gettext_lazy("Document number"), max_length=80, blank=True)
    reason = models.CharField(gettext_lazy("Reason"), max_length=80, blank=True)

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("Membership case")

    def facts(self) -> Facts:
        known: Facts = [
            (_("Person"), self.person),
            (_("To unit"), self.to_unit),
            (_("Development number"), self.development_number),
            (_("Document number"), self.document_number),
            (_("Reason"), self.reason),
        ]
        return [(label, value) for label, value in known if value not in (None, "")]

    def lists(self) -> list[PartList]:
        return [PartList(_("Stages reached"), ("on", "stage_label"), self.steps.all())]

    def carried_on_by(self) -> str:
        if self.batch_id is not None:
            return ""  # brought by a sheet: nothing has followed from it here
        for part, page in CARRIED_ON:
            if hasattr(self, part):
                return _("This record is carried on from its own page: %s.") % page
        return ""


class Step(ledger.Step):
    member_case = models.ForeignKey(MemberCase, models.CASCADE, related_name="steps")

    class Meta(ledger.Step.Meta):
        constraints = [models.UniqueConstraint(fields=["member_case", "stage"], name="member_stage_once")]
        indexes = [models.Index(fields=["stage", "on"], name="member_step_date")]


# The tables of single procedures stand in files of their own.
from qingce.work.membership.discipline_models import Ground, Matter  # noqa: E402
from qingce.work.membership.dues_models import Band, DuesEntry, DuesTerms  # noqa: E402
from qingce.work.membership.review_models import (  # noqa: E402
    REGISTERED,
    REVIEWED,
    BranchReview,
    Grade,
    ReviewGrade,
)
from qingce.work.membership.transfer_models import Direction, Reminder, Transfer  # noqa: E402

__all__ = [
    "REGISTERED",
    "REVIEWED",
    "Band",
    "BranchReview",
    "Direction",
    "DuesEntry",
    "DuesTerms",
    "Grade",
    "Ground",
    "Matter",
    "MemberCase",
    "Reminder",
    "ReviewGrade",
    "Step",
    "Transfer",
]
