"""What a matter before the branch meeting keeps beside the case: grounds, hearing, votes."""

from __future__ import annotations

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
