"""Facts of a recommendation: of a Pioneer into the League, of a member to the Party."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.work.membership.part import PartOfCase


class Aim(models.TextChoices):
    """The two kinds of recommendation to the Party."""

    ACTIVIST = "activist", _("As a Party activist")
    TARGET = "target", _("As a target of Party membership")


class Recommendation(PartOfCase):
    """Part: what is known of one recommendation beyond its dated steps."""

    member_case = models.OneToOneField(
        "membership.MemberCase", models.CASCADE, primary_key=True, related_name="recommendation"
    )
    squad = models.CharField(_("Squad"), max_length=60, blank=True)
    squad_teams = models.PositiveSmallIntegerField(_("Teams of the squad"), null=True, blank=True)
    squad_pioneers = models.PositiveSmallIntegerField(_("Pioneers of the squad"), null=True, blank=True)
    brigade = models.CharField(_("Brigade"), max_length=60, blank=True)
    aim = models.CharField(_("Recommended"), max_length=10, choices=Aim, blank=True)
    applied_on = models.DateField(_("Applied to the Party on"), null=True, blank=True)
    entitled = models.PositiveSmallIntegerField(_("Entitled to vote"), null=True, blank=True)
    present = models.PositiveSmallIntegerField(_("Present"), null=True, blank=True)
    in_favour = models.PositiveSmallIntegerField(_("In favour"), null=True, blank=True)
    examined_by = models.CharField(_("Examined by"), max_length=60, blank=True)
    party_body = models.CharField(_("Party body"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("Recommendation")
