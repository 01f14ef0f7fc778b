"""One branch's yearly review: the meeting, a grade for each member, the way up and back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.foundation.exchange.models import Batch
from qingce.league.organisations.models import Unit
from qingce.league.people.models import Person
from qingce.ledger.records.models import Issue
from qingce.work.membership.models import MemberCase


class Grade(models.TextChoices):
    EXCELLENT = "excellent", _("Excellent")
    QUALIFIED = "qualified", _("Qualified")
    BASIC = "basic", _("Basically qualified")
    UNQUALIFIED = "unqualified", _("Unqualified")
    WITHOUT = "without", _("Registered without review")
    DEFERRED = "deferred", _("Not reviewed")


REVIEWED = (Grade.EXCELLENT, Grade.QUALIFIED, Grade.BASIC, Grade.UNQUALIFIED)
REGISTERED = (Grade.EXCELLENT, Grade.QUALIFIED, Grade.BASIC, Grade.WITHOUT)


class BranchReview(Logged):
    """A branch's answer to a yearly review that was put to all branches."""

    class Stage(models.TextChoices):
        HANDED_UP = "handed_up", _("Handed up")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned")

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="reviews")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reviews")
    held_on = models.DateField(_("Day of the meeting"))
    entitled = models.PositiveSmallIntegerField(_("Due to attend"))
    present = models.PositiveSmallIntegerField(_("Present"))
    opinions = models.CharField(_("Opinions and suggestions"), max_length=500, blank=True)
    stage = models.CharField(_("Stage"), max_length=12, choices=Stage, default=Stage.HANDED_UP)
    handed_up_on = models.DateField(_("Handed up on"))
    # Of a review that came by sheet without a name nobody is known to have handed it up or decided.
    handed_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(_("Decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    opinion = models.CharField(_("Opinion of the body above"), max_length=200, blank=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    class Meta:
        verbose_name = _("Yearly review of a branch")
        ordering = ["unit__protocol_order", "unit__code"]
        constraints = [models.UniqueConstraint(fields=["issue", "unit"], name="one_review_per_branch")]

    def __str__(self) -> str:
        return f"{self.issue.year} · {self.unit}"

    @property
    def is_open(self) -> bool:
        return self.stage == self.Stage.RETURNED


class Scoring(Logged):
    """One member's points by the sheet of the field, before the meeting grades."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="scorings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="scorings")
    sheet = models.CharField(_("Scoring sheet"), max_length=20)
    points = models.JSONField(_("Points"), default=dict)  # by item of the sheet
    overridden = models.BooleanField(_("Negative list"), default=False)
    scored_on = models.DateField(_("Scored on"))
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("Scoring sheet of a member")
        constraints = [models.UniqueConstraint(fields=["issue", "person"], name="one_scoring_per_member")]

    def __str__(self) -> str:
        return f"{self.issue.year} · {self.unit}"

    @property
    def total(self) -> int:
        return sum(self.points.values())


class ReviewGrade(Logged):
    """One member's grade; a registration follows from it when the body above approves."""

    review = models.ForeignKey(BranchReview, models.CASCADE, related_name="grades")
    person = models.ForeignKey(Person, models.PROTECT, related_name="review_grades")
    grade = models.CharField(_("Grade"), max_length=12, choices=Grade)
    note = models.CharField(_("Note"), max_length=120, blank=True)
    member_case = models.OneToOneField(
        MemberCase, models.PROTECT, null=True, blank=True, related_name="registration"
    )

    class Meta:
        verbose_name = _("Grade of the yearly review")
        ordering = ["person__initials", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="one_grade_per_member")]

    def __str__(self) -> str:
        return str(self.get_grade_display())

    @property
    def is_registered(self) -> bool:
        return self.grade in REGISTERED
