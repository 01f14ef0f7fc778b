"""Facts of an admission beyond its dated steps, and who stands by the applicant."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.league.people.models import Person
from qingce.work.membership.part import PartOfCase


class Recommender(models.TextChoices):
    PIONEERS = "pioneers", _("Young Pioneers")
    MEMBERS = "members", _("League members")


class Decider(models.TextChoices):
    COMMITTEE = "committee", _("Branch committee")
    MEETING = "meeting", _("Branch meeting")


class Admission(PartOfCase):
    """Part: what is known of one admission. The day of each step stands in its steps."""

    member_case = models.OneToOneField(
        "membership.MemberCase", models.CASCADE, primary_key=True, related_name="admission"
    )
    talked_by = models.CharField(_("Who talked"), max_length=60, blank=True)
    recommended_by = models.CharField(_("Recommended by"), max_length=10, choices=Recommender, blank=True)
    decided_by = models.CharField(_("Decided by"), max_length=10, choices=Decider, blank=True)
    filed_on = models.DateField(_("Filed with the body above on"), null=True, blank=True)
    mentor_talks = models.PositiveSmallIntegerField(_("Talks with a mentor"), null=True, blank=True)
    online_percent = models.PositiveSmallIntegerField(_("Online lessons learnt (%)"), null=True, blank=True)
    former_school = models.CharField(_("Former school of training"), max_length=80, blank=True)
    former_since = models.DateField(_("Trained there from"), null=True, blank=True)
    former_hours = models.DecimalField(
        _("Hours of lessons there"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    former_paper = models.CharField(_("Papers transferred, kept at"), max_length=120, blank=True)
    pre_examined_on = models.DateField(_("Pre-examined on"), null=True, blank=True)
    pre_examination = models.CharField(_("Written pre-examination"), max_length=120, blank=True)
    sponsored_on = models.DateField(_("Opinions of the sponsors on"), null=True, blank=True)
    entitled = models.PositiveSmallIntegerField(_("Entitled to vote"), null=True, blank=True)
    present = models.PositiveSmallIntegerField(_("Present"), null=True, blank=True)
    ballots = models.PositiveSmallIntegerField(_("Ballots returned"), null=True, blank=True)
    in_favour = models.PositiveSmallIntegerField(_("In favour"), null=True, blank=True)
    secret = models.BooleanField(_("Secret ballot"), default=False)
    collectively = models.BooleanField(_("Decided together"), default=False)
    county_filed_on = models.DateField(_("Filed with the county on"), null=True, blank=True)
    form_kept_at = models.CharField(_("Joining form kept at"), max_length=120, blank=True)
    entered_on = models.DateField(_("Entered in the national system on"), null=True, blank=True)

    class Meta:
        verbose_name = _("Admission")
        indexes = [models.Index(fields=["county_filed_on"], name="admission_filed")]


class Helper(Logged):
    """A member who stands by an applicant: as mentor in training, or as sponsor on the form."""

    class Part(models.TextChoices):
        MENTOR = "mentor", _("Mentor")
        SPONSOR = "sponsor", _("Sponsor")

    member_case = models.ForeignKey("membership.MemberCase", models.CASCADE, related_name="helpers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="helped_to_join")
    part = models.CharField(_("As"), max_length=8, choices=Part)

    class Meta:
        verbose_name = _("Mentor or sponsor")
        ordering = ["part", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member_case", "person", "part"], name="helps_once_in_a_part")
        ]
        indexes = [models.Index(fields=["part", "person"], name="helper_part_person")]

    def __str__(self) -> str:
        return f"{self.get_part_display()} · {self.person}"
