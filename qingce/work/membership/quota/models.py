"""The quota ledger (发展团员调控): how many may be admitted where, and under which numbers."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import GuardedQuerySet
from qingce.league.organisations.models import Domain, Unit

NUMBER_LENGTH = 12  # of the column; what the digits mean is said by the rules of the day


class Sector(models.TextChoices):
    """Fields of society between which a quota is never lent."""

    JUNIOR = "junior", _("Junior middle schools")
    SENIOR = "senior", _("Senior middle schools")
    VOCATIONAL = "vocational", _("Vocational schools")
    UNIVERSITY = "university", _("Universities")
    SOCIETY = "society", _("Outside schools")


SECTORS = {
    Domain.JUNIOR_MIDDLE: Sector.JUNIOR,
    Domain.SENIOR_MIDDLE: Sector.SENIOR,
    Domain.COMPLETE_MIDDLE: Sector.SENIOR,
    Domain.VOCATIONAL: Sector.VOCATIONAL,
    Domain.TECHNICIAN: Sector.VOCATIONAL,
    Domain.UNIVERSITY: Sector.UNIVERSITY,
}


def sector_of(domain: str) -> Sector:
    """The sector in which a unit of this field draws on the quota."""
    return SECTORS.get(Domain(domain), Sector.SOCIETY)


class AllotmentQuerySet(GuardedQuerySet["Allotment"]):
    def standing(self) -> AllotmentQuerySet:
        """Those not taken back."""
        return self.filter(taken_back_on=None)

    def of(self, year: int, sector: str = "") -> AllotmentQuerySet:
        chosen = self.standing().filter(year=year)
        return chosen.filter(sector=sector) if sector else chosen


class Allotment(models.Model):
    """So many places of one year and sector for a unit and all beneath it, with their numbers.

    The first of a line (`parent` empty) came from above; its parts are allotted down the tree.
    """

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="allotments", verbose_name=_("To unit"))
    year = models.PositiveSmallIntegerField(_("Year"))
    sector = models.CharField(_("Sector"), max_length=12, choices=Sector)
    count = models.PositiveIntegerField(_("Places"))
    leavers = models.PositiveIntegerField(_("Pupils who leave school"), null=True, blank=True)
    block_from = models.CharField(_("First number"), max_length=NUMBER_LENGTH)
    block_to = models.CharField(_("Last number"), max_length=NUMBER_LENGTH)
    decided_on = models.DateField(_("Allotted on"))
    document_number = models.CharField(_("Document number"), max_length=80, blank=True)
    taken_back_on = models.DateField(_("Taken back on"), null=True, blank=True)
    taken_back_because = models.CharField(_("Why it was taken back"), max_length=200, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = AllotmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Allotment")
        ordering = ["-year", "block_from", "-count"]
        constraints = [
            models.CheckConstraint(condition=models.Q(count__gt=0), name="allotment_of_at_least_one"),
            models.CheckConstraint(
                condition=models.Q(block_to__gte=models.F("block_from")), name="allotment_block_runs_forward"
            ),
            models.CheckConstraint(
                condition=models.Q(taken_back_on=None) | ~models.Q(taken_back_because=""),
                name="allotment_taken_back_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "year"], name="allotment_unit_year"),
            models.Index(fields=["block_from", "block_to"], name="allotment_block"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year} {self.get_sector_display()} {self.block_from}—{self.block_to}"

    @property
    def first(self) -> int:
        return int(self.block_from)

    @property
    def last(self) -> int:
        return int(self.block_to)

    def holds(self, number: str) -> bool:
        return len(number) == NUMBER_LENGTH and self.block_from <= number <= self.block_to

    def stands(self, *, on: dt.date) -> bool:
        return self.taken_back_on is None or on < self.taken_back_on
