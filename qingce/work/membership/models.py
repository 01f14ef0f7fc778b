"""The life of a membership: admission, recommendation, transfer, registration, leaving."""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import or_

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingce.league.organisations.models import Membership, Unit
from qingce.league.people.models import Person
from qingce.ledger.records import models as ledger
from qingce.ledger.records.models import Facts, OwnPage, PartList, Record
from qingce.work.membership.admission.models import Admission, Helper
from qingce.work.membership.quota.models import Allotment
from qingce.work.membership.recommending.models import Recommendation

# Procedures whose steps have guards of their own; their records are carried on from their own pages.
GUARDED = (
    ("admission", _("Admissions")),
    ("recommendation", _("Recommendations")),
    ("registration", _("Yearly review")),
)
# Procedures whose steps have effects on memberships; what a sheet brought has had none here.
EFFECTIVE = (
    ("transfer", _("Transfers")),
    ("matter", _("Matters")),
)
# What each of these pages asks of its reader.
REVIEW_PART = "registration"
PAGE_ASKS = {
    "admission": "record.see",
    "recommendation": "record.see",
    "transfer": "person.see",
    "matter": "person.see",
    REVIEW_PART: "person.see",
}


class MemberCase(Record):
    """One person on the way through one of the League's procedures."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="member_cases")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="transfers_in")
    development_number = models.CharField(_("Development number"), max_length=16, blank=True)
    document_number = models.CharField(_("Document number"), max_length=80, blank=True)
    reason = models.CharField(_("Reason"), max_length=80, blank=True)
    # What followed in the register of members, by which record and register tell one story.
    stay_ended = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Stay ended")
    )
    stay_begun = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Stay begun")
    )

    class Meta(Record.Meta):
        verbose_name = _("Membership case")

    def facts(self) -> Facts:
        known: Facts = [
            (_("Person"), self.person),
            (_("To unit"), self.to_unit),
            (_("Development number"), self.development_number),
            (_("Document number"), self.document_number),
            (_("Reason"), self.reason),
            (_("Stay ended"), _in_words(self.stay_ended)),
            (_("Stay begun"), _in_words(self.stay_begun)),
        ]
        for part in ("admission", "recommendation"):
            if hasattr(self, part):
                known += getattr(self, part).facts()
        return [(label, value) for label, value in known if value not in (None, "")]

    def lists(self) -> list[PartList]:
        return [
            PartList(_("Stages reached"), ("on", "stage_label"), self.steps.all()),
            PartList(_("Mentors and sponsors"), ("part", "person"), self.helpers.select_related("person")),
        ]

    def carried_on_by(self) -> str:
        for part, page in (*GUARDED, *(EFFECTIVE if self.batch_id is None else ())):
            if hasattr(self, part):
                return gettext("This record is carried on from its own page: %s.") % page
        return ""

    def own_page(self) -> OwnPage | None:
        for part, label in (*GUARDED, *EFFECTIVE):
            if not hasattr(self, part):
                continue
            if part != REVIEW_PART:
                return OwnPage(label, reverse(part, args=[self.number]), PAGE_ASKS[part])
            review = self.registration.review
            href = reverse("review-branch", args=[review.issue_id, review.unit.code])
            return OwnPage(label, href, PAGE_ASKS[part])
        return None

    @classmethod
    def guarded(cls, keys: Collection[int]) -> list[str]:
        """Numbers of those among these keys whose steps have guards of their own."""
        parts = [models.Q(**{f"{part}__isnull": False}) for part, _page in GUARDED]
        rows = cls.objects.filter(reduce(or_, parts), pk__in=keys)
        return list(rows.values_list("number", flat=True))


def _in_words(stay: Membership | None) -> str:
    """The branch of a stay, and from when until when."""
    return f"{stay.unit} {stay.since} — {stay.until or ''}".rstrip() if stay else ""


class Step(ledger.Step):
    member_case = models.ForeignKey(MemberCase, models.CASCADE, related_name="steps")
    # A step recorded long after its day is back-dated: it carries a mark and says why.
    recorded_on = models.DateField(_("Recorded on"), null=True, blank=True)
    backdated_because = models.CharField(_("Why it is recorded late"), max_length=200, blank=True)

    class Meta(ledger.Step.Meta):
        constraints = [models.UniqueConstraint(fields=["member_case", "stage"], name="member_stage_once")]
        indexes = [models.Index(fields=["stage", "on"], name="member_step_date")]


# The tables of single procedures stand in files of their own.
from qingce.work.membership.discipline.models import Ground, Lifting, Matter  # noqa: E402
from qingce.work.membership.dues.models import Band, DuesEntry, DuesTerms  # noqa: E402
from qingce.work.membership.reviews.models import (  # noqa: E402
    REGISTERED,
    REVIEWED,
    BranchReview,
    Grade,
    ReviewGrade,
    Scoring,
)
from qingce.work.membership.transfers.models import Direction, Reminder, Transfer  # noqa: E402

__all__ = [
    "REGISTERED",
    "REVIEWED",
    "Admission",
    "Allotment",
    "Band",
    "BranchReview",
    "Direction",
    "DuesEntry",
    "DuesTerms",
    "Grade",
    "Ground",
    "Helper",
    "Lifting",
    "Matter",
    "MemberCase",
    "Recommendation",
    "Reminder",
    "ReviewGrade",
    "Scoring",
    "Step",
    "Transfer",
]
