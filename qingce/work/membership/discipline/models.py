"""What a matter before the branch meeting keeps beside the case: grounds, hearing, votes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.work.membership.discipline.penalties import Penalty, penalties
from qingce.work.membership.models import MemberCase


class Ground(models.TextChoices):
    """What a member has left undone for months running, when membership lapses."""

    DUES = "dues", _("paid no dues")
    LIFE = "life", _("took no part in the life of the League")
    WORK = "work", _("did no work given by the League")


class Matter(Logged):
    """A penalty, a lapse, a resignation or a removal, on its way through meeting and approval."""

    member_case = models.OneToOneField(
        MemberCase, models.CASCADE, primary_key=True, related_name="matter", verbose_name=_("Matter")
    )
    penalty = models.CharField(_("Penalty"), max_length=24, blank=True)
    months = models.PositiveSmallIntegerField(_("Months"), null=True, blank=True)
    ground = models.CharField(_("Left undone"), max_length=8, choices=Ground, blank=True)
    since = models.DateField(_("Since"), null=True, blank=True)
    grounds = models.CharField(_("Grounds"), max_length=300)
    heard = models.CharField(_("What the person said"), max_length=300, blank=True)
    entitled = models.PositiveSmallIntegerField(_("Entitled to vote"), null=True, blank=True)
    present = models.PositiveSmallIntegerField(_("Present"), null=True, blank=True)
    in_favour = models.PositiveSmallIntegerField(_("In favour"), null=True, blank=True)
    opinion = models.CharField(_("Opinion of the body above"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Matter before the branch meeting")

    def __str__(self) -> str:
        said = self.penalty_of_catalogue
        return str(said) if said else self.grounds

    @property
    def penalty_of_catalogue(self) -> Penalty | None:
        return penalties().get(self.penalty)


class Lifting(Logged):
    """A proposal to lift what a penalty suspended before its time, and what became of it."""

    class Stage(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Not approved")

    member_case = models.ForeignKey(MemberCase, models.CASCADE, related_name="liftings")
    grounds = models.CharField(_("Grounds"), max_length=300)
    proposed_on = models.DateField(_("Proposed on"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stage = models.CharField(_("Stage"), max_length=12, choices=Stage, default=Stage.PROPOSED)
    document_number = models.CharField(_("Document number"), max_length=80, blank=True)
    opinion = models.CharField(_("Opinion of the body above"), max_length=200, blank=True)
    decided_on = models.DateField(_("Decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Early lifting of restrictions")
        ordering = ["proposed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member_case"], condition=models.Q(stage="proposed"), name="one_open_lifting"
            ),
            models.CheckConstraint(
                condition=~models.Q(stage="approved") | ~models.Q(document_number=""),
                name="lifting_has_its_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_case} · {self.get_stage_display()}"
