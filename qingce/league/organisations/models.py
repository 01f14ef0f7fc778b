"""The tree of units, and who belongs to which unit from when to when.

A unit's line to the body above is dated (`Placement`), so the tree of any day can be asked for. A
placement carries a path of fixed-width digits: everything beneath a unit is one range of paths,
and a path is never used twice. Records keep the path their unit had on their own date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import GuardedQuerySet
from qingce.foundation.dates import DatedQuerySet, in_force, overlaps
from qingce.foundation.words import initials
from qingce.league.organisations import past  # noqa: F401 (its tables belong to this app)
from qingce.league.people.models import Person

STEP = 4  # digits for one level of a path: 9,999 units ever under one body
PATH_LENGTH = 60


class UnitKind(models.TextChoices):
    DISTRICT_COMMITTEE = "district_committee", _("District committee")
    COMMITTEE = "committee", _("Committee")
    WORK_COMMITTEE = "work_committee", _("Work committee")
    GENERAL_BRANCH = "general_branch", _("General branch")
    BRANCH = "branch", _("Branch")
    JOINT_BRANCH = "joint_branch", _("Joint branch")
    TEMPORARY_BRANCH = "temporary_branch", _("Temporary branch")
    MOBILE_BRANCH = "mobile_branch", _("Branch of mobile members")


BRANCHES = [
    UnitKind.BRANCH,
    UnitKind.JOINT_BRANCH,
    UnitKind.TEMPORARY_BRANCH,
    UnitKind.MOBILE_BRANCH,
]


class Domain(models.TextChoices):
    """The field of society in which a unit stands."""

    STREET = "street", _("Street")
    TOWNSHIP = "township", _("Township")
    COMMUNITY = "community", _("Community")
    VILLAGE = "village", _("Village")
    UNIVERSITY = "university", _("University")
    VOCATIONAL = "vocational", _("Vocational school")
    TECHNICIAN = "technician", _("Technician school")
    SENIOR_MIDDLE = "senior_middle", _("Senior middle school")
    COMPLETE_MIDDLE = "complete_middle", _("Complete middle school")
    JUNIOR_MIDDLE = "junior_middle", _("Junior middle school")
    PRIMARY = "primary", _("Primary school")
    OFFICE = "office", _("Office")
    INSTITUTION = "institution", _("Public institution")
    STATE_FIRM = "state_firm", _("State firm")
    TWO_NEW = "two_new", _("Private firm or social organisation")
    EMERGING = "emerging", _("Emerging group")


# Where members are pupils or students; at primary school nobody is one yet.
SCHOOLS = (
    Domain.UNIVERSITY,
    Domain.VOCATIONAL,
    Domain.TECHNICIAN,
    Domain.SENIOR_MIDDLE,
    Domain.COMPLETE_MIDDLE,
    Domain.JUNIOR_MIDDLE,
)


class UnitQuerySet(GuardedQuerySet["Unit"]):
    def active(self, day: dt.date) -> UnitQuerySet:
        """Founded by `day` and not dissolved."""
        return self.filter(in_force(day, since="founded_on", until="dissolved_on"))

    def branches(self) -> UnitQuerySet:
        return self.filter(kind__in=BRANCHES)

    def beneath(self, unit: Unit, *, day: dt.date) -> UnitQuerySet:
        """`unit` and everything under it on `day`."""
        return self.filter(pk__in=Placement.objects.beneath(unit, day=day).values("unit"))


class Unit(models.Model):
    """A body of the League: committee, work committee, general branch or branch."""

    code = models.CharField(_("Unit code"), max_length=40, unique=True)
    external_code = models.CharField(_("National code"), max_length=40, blank=True, db_index=True)
    name = models.CharField(_("Full name"), max_length=120)
    short_name = models.CharField(_("Short name"), max_length=60)
    initials = models.CharField(max_length=120, db_index=True, editable=False)
    kind = models.CharField(_("Kind of unit"), max_length=24, choices=UnitKind)
    domain = models.CharField(_("Field"), max_length=24, choices=Domain)
    party_body = models.CharField(_("Party body above"), max_length=120, blank=True)
    founded_on = models.DateField(_("Founded on"))
    approved_by = models.CharField(_("Approval document"), max_length=120, blank=True)
    dissolved_on = models.DateField(_("Dissolved on"), null=True, blank=True)
    division = models.CharField(_("Division code"), max_length=6, blank=True)
    lasts_until = models.DateField(_("Set up until"), null=True, blank=True)
    term_start = models.DateField(_("Term begins"), null=True, blank=True)
    term_end = models.DateField(_("Term ends"), null=True, blank=True)
    deferred_to = models.DateField(_("Election put off until"), null=True, blank=True)
    protocol_order = models.PositiveIntegerField(_("Order"), default=0)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["protocol_order", "code"]
        verbose_name = _("Unit")
        indexes = [models.Index(fields=["kind", "founded_on"], name="unit_kind_founded")]

    def __str__(self) -> str:
        return self.short_name or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill()
        super().save(*args, **kwargs)

    def fill(self) -> Unit:
        """Bring the derived columns in step; bulk saves call it themselves."""
        self.initials = (initials(self.short_name) + " " + initials(self.name))[:120]
        return self

    @property
    def is_branch(self) -> bool:
        return self.kind in BRANCHES

    def called(self, day: dt.date) -> str:
        """The short name that the unit had on `day`."""
        former = self.former_names.filter(in_force(day)).first()
        return str(former or self)

    def placement(self, *, day: dt.date) -> Placement | None:
        """Where the unit stood on `day`; before its first placement, where it first stood."""
        return self.placements.filter(in_force(day)).first() or self.placements.order_by("since").first()

    def path(self, *, day: dt.date) -> str:
        dated = _dated(self.pk)
        found = [placement for placement in dated if placement.holds(day, day)] or dated
        return found[0].path if found else ""

    def above(self, *, day: dt.date) -> UnitQuerySet:
        """The bodies above on `day`, the highest first."""
        path = self.path(day=day)
        paths = [path[:end] for end in range(STEP, len(path), STEP)]
        return Unit.objects.filter(placements__path__in=paths).order_by("placements__path")

    def children(self, *, day: dt.date) -> UnitQuerySet:
        """The units directly below on `day`, in protocol order."""
        return Unit.objects.filter(pk__in=Placement.objects.on(day).filter(parent=self).values("unit"))


class PlacementQuerySet(DatedQuerySet["Placement"]):
    def beneath(self, unit: Unit, *, day: dt.date) -> PlacementQuerySet:
        return self.on(day).filter(under(unit.path(day=day)))


class Placement(models.Model):
    """A unit's line to the body above it, from `since` until the day before `until`."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="placements_below")
    path = models.CharField(max_length=PATH_LENGTH, unique=True)
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"), null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("Place in the tree")
        indexes = [models.Index(fields=["unit", "since"], name="placement_unit_since")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.path}"

    def holds(self, first: dt.date, last: dt.date) -> bool:
        """Whether it was in force on at least one day from `first` to `last`."""
        return overlaps(self.since, self.until, first, last)


def under(path: str, *, column: str = "path") -> Q:
    """Everything at `path` and beneath it, as one range of `column`.

    Paths are digits of fixed width, so the range is the same under every collation.
    """
    if not path:
        return Q(pk__in=[])
    return Q(**{f"{column}__gte": path, f"{column}__lt": beyond(path)})


def beyond(path: str) -> str:
    """The first path that lies beneath neither `path` nor anything before it."""
    return str(int(path) + 1).zfill(len(path))


def paths_during(unit: Unit, first: dt.date, last: dt.date) -> list[str]:
    """Every path that `unit` had between two days; one, unless it moved."""
    paths = [placement.path for placement in _dated(unit.pk) if placement.holds(first, last)]
    return sorted(paths) or [unit.path(day=last)]


_held: ContextVar[dict[int, list[Placement]] | None] = ContextVar("placements_held", default=None)


@contextmanager
def tree_held_still() -> Iterator[None]:
    """Within this block the tree does not change, so that each unit's places are read once.

    Ninety figures of one unit would otherwise ask ninety times where the unit stands.
    """
    if _held.get() is not None:
        yield
        return
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def hold_places(units: Iterable[Unit]) -> None:
    """Read where all of `units` stood in one query; only of use while the tree is held still."""
    held = _held.get()
    if held is not None:
        unread: dict[int, list[Placement]] = {unit.pk: [] for unit in units if unit.pk not in held}
        for placement in Placement.objects.filter(unit__in=list(unread)).order_by("since"):
            unread[placement.unit_id].append(placement)
        held.update(unread)


def _dated(unit: int) -> list[Placement]:
    """Every place the unit of this key had, the earliest first."""
    held = _held.get()
    if held is not None and unit in held:
        return held[unit]
    dated = list(Placement.objects.filter(unit=unit).order_by("since"))
    if held is not None:
        held[unit] = dated
    return dated


class Membership(models.Model):
    """One person's stay in one branch; a transfer ends it and begins the next."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    since = models.DateField(_("In this branch from"))
    until = models.DateField(_("Until"), null=True, blank=True)
    joined_on = models.DateField(_("Joined the League on"), null=True, blank=True)
    development_number = models.CharField(_("Development number"), max_length=16, blank=True, db_index=True)
    card_number = models.CharField(_("Member card number"), max_length=16, blank=True)
    certification = models.CharField(_("State of the electronic file"), max_length=20, blank=True)
    graduates_on = models.DateField(_("Graduates on"), null=True, blank=True)
    duty = models.CharField(_("Post in the League"), max_length=40, blank=True)
    volunteer_number = models.CharField(_("Volunteer number"), max_length=30, blank=True)
    ended_because = models.CharField(_("Ended because"), max_length=40, blank=True)

    objects = DatedQuerySet["Membership"].as_manager()

    class Meta:
        verbose_name = _("Membership")
        indexes = [models.Index(fields=["unit", "since", "until"], name="membership_unit_dates")]

    def __str__(self) -> str:
        return f"{self.person} · {self.unit}"

    def is_in_force(self, day: dt.date) -> bool:
        """The same as `objects.on(day)`, of a stay already at hand."""
        return overlaps(self.since, self.until, day, day)


class Engagement(models.TextChoices):
    FULL_TIME = "full_time", _("Full-time")
    SECONDED = "seconded", _("Seconded")
    PART_TIME = "part_time", _("Part-time")


class Post(models.Model):
    """A person holds a role at a unit from a day until a day; access follows from it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(_("Role"), max_length=40, db_index=True)
    title = models.CharField(_("Title"), max_length=40, blank=True)
    engagement = models.CharField(_("Engagement"), max_length=16, choices=Engagement, blank=True)
    document = models.CharField(_("Appointing document"), max_length=80, blank=True)
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"), null=True, blank=True)

    objects = DatedQuerySet["Post"].as_manager()

    class Meta:
        verbose_name = _("Post")
        indexes = [models.Index(fields=["unit", "since"], name="post_unit_since")]

    def __str__(self) -> str:
        return f"{self.person} · {self.title or self.role}"
