"""What a member may not do for a time: vote, sponsor, be honoured, hold a post."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.dates import DatedQuerySet
from qingce.league.organisations.models import Unit
from qingce.league.people.models import Person


class Bar(models.TextChoices):
    """The rights that a penalty may suspend."""

    VOTE = "vote", _("voting, electing and being elected")
    SPONSOR = "sponsor", _("sponsoring an applicant")
    HONOUR = "honour", _("honours")
    POST = "post", _("a post in the League")
    EXCELLENT = "excellent", _("the grade “excellent” in the yearly review")


class Restriction(models.Model):
    """One right suspended from a day until a day, by the decision that a record holds."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="restrictions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="restrictions")
    bars = models.CharField(_("What is suspended"), max_length=12, choices=Bar)
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"), null=True, blank=True)
    binding = models.BooleanField(_("Refuses"), default=True)  # else it only warns: the length is unsettled
    because = models.CharField(_("Reason"), max_length=120)
    record = models.CharField(_("Record"), max_length=20, blank=True, db_index=True)

    objects = DatedQuerySet["Restriction"].as_manager()

    class Meta:
        verbose_name = _("Restriction")
        ordering = ["-since", "pk"]
        indexes = [models.Index(fields=["person", "bars", "since"], name="restriction_person_bars")]

    def __str__(self) -> str:
        return f"{self.because} · {self.get_bars_display()}"
