"""A unit as its page shows it: officers, members, sites, and whether it is in good order."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from qingce.foundation.dates import in_force, years_before
from qingce.foundation.ui.numbers import short_day
from qingce.league.access.reach import Reach
from qingce.league.access.roles import roles
from qingce.league.organisations.listing import Line, level_below
from qingce.league.organisations.models import Membership, Post, Unit
from qingce.league.rules import ruling

BANDS = ((14, 18), (18, 23), (23, 28), (28, 36))  # from, and below, in years of age


class Portrait:
    """What the page of a unit shows to the holder of `reach`."""

    def __init__(self, unit: Unit, reach: Reach) -> None:
        self.unit = unit
        self.reach = reach
        self.day = reach.on

    @cached_property
    def sees_names(self) -> bool:
        return self.reach.may("person.see", self.unit)

    @cached_property
    def above(self) -> list[Unit]:
        """The bodies above that the reader reaches too, the highest first."""
        reached = self.reach.units("unit.see")
        return list(self.unit.above(day=self.day).filter(pk__in=reached.values("pk")))

    @cached_property
    def below(self) -> list[Line]:
        return level_below(self.unit, self.reach, day=self.day)

    @cached_property
    def officers(self) -> list[tuple[str, str, dt.date]]:
        """Post, name and first day of everyone who holds a post here today."""
        posts = Post.objects.on(self.day).filter(unit=self.unit).select_related("person")
        return [
            (post.title or str(roles().get(post.role, post.role)), self._name(post), post.since)
            for post in posts.order_by("since", "pk")
        ]

    @cached_property
    def members(self) -> dict[str, int]:
        """Members here and beneath: in all, by sex, by band of age; counted in one query."""
        beneath = Unit.objects.beneath(self.unit, day=self.day)
        return Membership.objects.on(self.day).filter(unit__in=beneath).aggregate(**self._splits())

    @property
    def ages(self) -> list[tuple[str, int]]:
        said = [
            (_("%(first)d to %(last)d") % {"first": low, "last": high - 1}, self.members[f"from_{low}"])
            for low, high in BANDS
        ]
        return [band for band in said if band[1]]

    @cached_property
    def sites(self) -> list[Any]:
        open_now = in_force(self.day, since="opened_on", until="closed_on")
        return list(self.unit.sites.filter(open_now)[:30])

    @property
    def is_overdue(self) -> bool:
        return self.unit.term_end is not None and self.unit.term_end < self.day

    @property
    def is_dissolved(self) -> bool:
        return self.unit.dissolved_on is not None and self.unit.dissolved_on <= self.day

    @property
    def worries(self) -> list[str]:
        """What is not in order, each with what to do about it."""
        return [] if self.is_dissolved else [*self._of_any_unit(), *self._of_a_branch()]

    def _of_any_unit(self) -> list[str]:
        said = []
        if self.is_overdue:
            said.append(
                _("The term ended on %s: hold the election, or report why it is put off.")
                % short_day(self.unit.term_end)
            )
        if not self.officers:
            said.append(_("Nobody holds a post here: name a person in charge and enter the post."))
        return said

    def _of_a_branch(self) -> list[str]:
        if not self.unit.is_branch:
            return []
        total = self.members["total"]
        fewest = ruling("branch_members_least", on=self.day, unit=self.unit)
        if not fewest.allows(total):
            return [
                _("Fewer than %d members: set up a joint branch with another, or merge.") % fewest.value,
            ]
        most = ruling("branch_members_most", on=self.day, unit=self.unit)
        if not most.allows(total):
            return [_("More than %d members: consider a general branch with branches beneath.") % most.value]
        return []

    def _name(self, post: Post) -> str:
        return post.person.name if self.sees_names else post.person.masked_name

    def _splits(self) -> dict[str, Count]:
        splits = {"total": Q(), "male": Q(person__sex="male"), "female": Q(person__sex="female")}
        for low, high in BANDS:
            splits[f"from_{low}"] = Q(
                person__born_on__lte=years_before(self.day, low),
                person__born_on__gt=years_before(self.day, high),
            )
        return {name: Count("pk", filter=split or None) for name, split in splits.items()}
