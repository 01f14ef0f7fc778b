"""The quota ledger read: which allotment a branch draws on, what is free in it, what has been used."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingce.league.organisations.models import Membership, Unit
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.actions import Places
from qingce.ledger.records.models import State
from qingce.work.membership.models import MemberCase
from qingce.work.membership.quota.blocks import Block, gaps
from qingce.work.membership.quota.models import NUMBER_LENGTH, Allotment, sector_of


class QuotaBook:
    """The standing allotments of some years, read once; answers for any branch without asking again."""

    def __init__(self, years: Collection[int]) -> None:
        standing = Allotment.objects.standing().filter(year__in=years).select_related("unit")
        self.lines = list(standing.order_by("block_from", "-count"))
        self.parts: dict[int | None, list[Allotment]] = {}
        for line in self.lines:
            self.parts.setdefault(line.parent_id, []).append(line)
        self._places: Places | None = None
        self._used: dict[tuple[int, ...], set[str]] = {}

    def has(self, year: int) -> bool:
        """Whether anything was allotted in the year at all."""
        return any(line.year == year for line in self.lines)

    def drawn_on(self, unit: Unit, year: int, *, on: dt.date) -> list[Allotment]:
        """The allotments of the unit's sector at the unit itself, else at the nearest body above."""
        sector = sector_of(unit.domain)
        path = self._path(unit.pk, on)
        best: list[Allotment] = []
        depth = -1
        for line in self.lines:
            if line.year != year or line.sector != sector:
                continue
            above = self._path(line.unit_id, on)
            if not above or not path.startswith(above) or len(above) < depth:
                continue
            best = [*best, line] if len(above) == depth else [line]
            depth = len(above)
        return best

    def problem(self, number: str, unit: Unit, *, on: dt.date) -> str:
        """Why a number does not come from the quota of `unit`; else nothing."""
        if len(number) != NUMBER_LENGTH or not number.isdigit():
            return ""  # what is wrong with the number itself is said elsewhere
        year = int(number[:4])
        lines = self.drawn_on(unit, year, on=on)
        sector = sector_of(unit.domain).label
        if not lines:
            return _(
                "No quota of %(year)d for “%(sector)s” was allotted to %(unit)s or a body above; "
                "enter it in the quota ledger."
            ) % {"year": year, "sector": sector, "unit": unit}
        if any(
            block.first <= int(number) <= block.last for line in lines for block in self.open_blocks(line)
        ):
            return ""
        blocks = "、".join(f"{line.block_from}—{line.block_to}" for line in lines)
        return _("The number is not one of the block %(blocks)s of %(unit)s; take one of these.") % {
            "blocks": blocks,
            "unit": lines[0].unit,
        }

    def open_blocks(self, line: Allotment) -> list[Block]:
        """The numbers of an allotment that were not allotted further down."""
        parts = [Block(part.first, part.last) for part in self.parts.get(line.pk, ())]
        return gaps(Block(line.first, line.last), parts)

    def used_of(self, unit: Unit, year: int, *, on: dt.date) -> tuple[set[str], int]:
        """The numbers given out of the unit's allotments, and how many places these have."""
        lines = self.drawn_on(unit, year, on=on)
        key = tuple(line.pk for line in lines)
        if key not in self._used:
            self._used[key] = numbers_used(lines)
        return self._used[key], sum(block.size for line in lines for block in self.open_blocks(line))

    def free(self, unit: Unit, year: int, *, on: dt.date) -> Iterator[str]:
        """The numbers that the unit may still give, the lowest first."""
        lines = self.drawn_on(unit, year, on=on)
        taken = {int(number) for number in numbers_used(lines)}
        for line in lines:
            for block in self.open_blocks(line):
                for number in range(block.first, block.last + 1):
                    if number not in taken:
                        yield str(number).zfill(NUMBER_LENGTH)

    def _path(self, unit: int, on: dt.date) -> str:
        self._places = self._places or Places()
        return self._places.on(unit, on)


def next_number(unit: Unit, *, on: dt.date) -> str:
    """The next free number of the unit's block in the year of `on`; empty when none is left."""
    return next(QuotaBook([on.year]).free(unit, on.year, on=on), "")


def numbers_used(lines: Sequence[Allotment]) -> set[str]:
    """The numbers within these blocks that a case or a member has, whoever it is."""
    if not lines:
        return set()
    first, last = min(line.block_from for line in lines), max(line.block_to for line in lines)
    within = {"development_number__gte": first, "development_number__lte": last}
    cases = MemberCase.objects.filter(**within).exclude(state=State.VOID)
    members = Membership.objects.filter(**within)
    every = {*cases.values_list("development_number", flat=True)}
    every |= {*members.values_list("development_number", flat=True)}
    return {number for number in every if any(line.holds(number) for line in lines)}


@dataclass(frozen=True)
class Use:
    """How far an allotment has been used."""

    allotment: Allotment
    depth: int
    allotted: int  # places handed on to units beneath
    used: int  # numbers given, here and beneath
    approved: int  # of them, members whose admission was approved

    @property
    def indent(self) -> str:
        """Blanks in front of the unit's name: how deep it stands in the tree."""
        return "　" * self.depth

    @property
    def left(self) -> int:
        return self.allotment.count - self.used

    @property
    def kept(self) -> int:
        """Places not handed on."""
        return self.allotment.count - self.allotted

    @property
    def rate(self) -> int:
        """Approved admissions in percent of the places."""
        return self.approved * 100 // self.allotment.count


def uses(lines: Sequence[Allotment]) -> list[Use]:
    """The allotments as a tree in reading order, each with its use; three queries, however many."""
    every = sorted(numbers_used(lines))
    approved = sorted(_approved(lines))
    children: dict[int | None, list[Allotment]] = {}
    known = {line.pk for line in lines}
    for line in lines:
        children.setdefault(line.parent_id if line.parent_id in known else None, []).append(line)
    return list(_walk(children, None, 0, every, approved))


def _walk(
    children: dict[int | None, list[Allotment]],
    parent: int | None,
    depth: int,
    every: Sequence[str],
    approved: Sequence[str],
) -> Iterator[Use]:
    for line in children.get(parent, ()):
        handed_on = sum(part.count for part in children.get(line.pk, ()))
        yield Use(line, depth, handed_on, _count(every, line), _count(approved, line))
        yield from _walk(children, line.pk, depth + 1, every, approved)


def _count(numbers: Sequence[str], line: Allotment) -> int:
    return bisect_right(numbers, line.block_to) - bisect_left(numbers, line.block_from)


def _approved(lines: Sequence[Allotment]) -> Iterable[str]:
    """Numbers of admissions that count and have been approved."""
    if not lines:
        return set()
    kinds = taxonomy().with_part("admission")
    done = {kind.code: kind.stages[kind.stages.index(kind.done) :] for kind in kinds}
    first, last = min(line.block_from for line in lines), max(line.block_to for line in lines)
    rows = MemberCase.objects.counted().filter(
        kind__in=done,
        stage__in={stage for stages in done.values() for stage in stages},
        development_number__gte=first,
        development_number__lte=last,
    )
    return set(rows.values_list("development_number", flat=True))
