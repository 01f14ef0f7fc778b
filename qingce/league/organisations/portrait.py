"""A unit as its page shows it: officers, members, sites, and whether it is in good order."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, prefetch_related_objects
from django.utils.translation import gettext as _

from qingce.foundation.dates import in_force, years_before
from qingce.league.access.reach import Reach
from qingce.league.access.roles import roles
from qingce.league.organisations.chronicle import Moment, chronicle
from qingce.league.organisations.health import Health, Worry
from qingce.league.organisations.listing import Line, level_below
from qingce.league.organisations.models import Engagement, Membership, Post, Unit

BANDS = ((14, 18), (18, 23), (23, 28), (28, 36))  # from, and below, in years of age


class Portrait:
    """What the page of a unit shows to the holder of `reach`."""

    def __init__(self, unit: Unit, reach: Reach, day: dt.date | None = None) -> None:
        self.unit = unit
        self.reach = reach
        self.day = day or reach.on
        prefetch_related_objects([unit], "former_names", "former_terms")

    @cached_property
    def sees_names(self) -> bool:
        return self.reach.may("person.see", self.unit)

    @cached_property
    def name(self) -> str:
        """The full name that the unit had on the day."""
        known = self.unit.former_names.all()
        return next((one.name for one in known if one.since <= self.day < one.until), self.unit.name)

    @cached_property
    def above(self) -> list[Unit]:
        """The bodies above that the reader reaches too, the highest first."""
        reached = self.reach.units("unit.see")
        return list(self.unit.above(day=self.day).filter(pk__in=reached.values("pk")))

    @cached_property
    def below(self) -> list[Line]:
        return level_below(self.unit, self.reach, day=self.day)

    @cached_property
    def officers(self) -> list[tuple[str, str, dt.date, str]]:
        """Post, name, first day and engagement of everyone who holds a post here on the day."""
        return [
            (
                post.title or str(roles().get(post.role, post.role)),
                self._name(post),
                post.since,
                post.get_engagement_display(),
            )
            for post in self._posts
        ]

    @cached_property
    def engagements(self) -> list[tuple[str, int]]:
        """Officers of the unit and of all beneath it by engagement: full-time, seconded, part-time."""
        beneath = Unit.objects.beneath(self.unit, day=self.day)
        rows = Post.objects.on(self.day).filter(unit__in=beneath).order_by().values_list("engagement")
        counted = dict(rows.annotate(n=Count("person", distinct=True)))
        return [(str(label), counted[code]) for code, label in Engagement.choices if counted.get(code)]

    @cached_property
    def _posts(self) -> list[Post]:
        posts = Post.objects.on(self.day).filter(unit=self.unit).select_related("person")
        return list(posts.order_by("since", "pk"))

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

    @cached_property
    def term_due(self) -> dt.date | None:
        """The last day of the term, or the day to which the election was put off."""
        return self._health.due.get(self.unit.pk)

    @property
    def is_overdue(self) -> bool:
        return self.term_due is not None and self.term_due < self.day

    @property
    def is_dissolved(self) -> bool:
        return self.unit.dissolved_on is not None and self.unit.dissolved_on <= self.day

    @property
    def never_was(self) -> bool:
        """Its founding was voided: it stays in the register, and existed on no day."""
        return self.unit.dissolved_on == self.unit.founded_on

    @cached_property
    def worries(self) -> list[Worry]:
        """What is not in order, each with the pages on which it is put right."""
        return self._health.of(self.unit)

    @cached_property
    def _health(self) -> Health:
        return Health([self.unit], self.day)

    @property
    def cares(self) -> list[tuple[Worry, list[tuple[str, Any]]]]:
        """Each worry with the pages that the reader may open to put it right."""
        return [
            (
                worry,
                [(url, label) for url, label, needed in worry.remedies if self.reach.may(needed, self.unit)],
            )
            for worry in self.worries
        ]

    @cached_property
    def history(self) -> list[Moment]:
        return chronicle(self.unit)

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
