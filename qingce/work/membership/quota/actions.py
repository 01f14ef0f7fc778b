"""The verbs of the quota ledger: receive from above, allot to a unit beneath, take back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.league.organisations.numbers import shape_on
from qingce.league.rules import demand
from qingce.work.membership.quota.blocks import Block, cut, gaps
from qingce.work.membership.quota.book import numbers_used
from qingce.work.membership.quota.models import NUMBER_LENGTH, Allotment, Sector
from qingce.work.membership.quota.shares import demand_share

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@telling()
def receive(
    unit: Unit,
    *,
    year: int,
    sector: str,
    count: int,
    block_from: str,
    on: dt.date,
    by: User | None,
    document_number: str = "",
) -> Allotment:
    """Places and numbers that `unit` was given from above this system."""
    block = demand_block(block_from, count, year, on=on)
    demand_sector(sector)
    clash = _meeting(block)
    if clash is not None:
        said = {"block": f"{clash.block_from}—{clash.block_to}", "unit": clash.unit}
        sentence = _("The block meets %(block)s of %(unit)s; numbers are allotted once.") % said
        demand(False, "quota_blocks_apart", sentence, on=on, unit=unit)
    return _keep(None, unit, year, sector, block, on, document_number, by)


@telling()
def allot(
    parent: Allotment,
    unit: Unit,
    *,
    count: int,
    on: dt.date,
    by: User | None,
    block_from: str = "",
    document_number: str = "",
    leavers: int | None = None,
    warnings: list[str] | None = None,
) -> Allotment:
    """A part of `parent` for a unit beneath: the lowest free block, or the one that begins as said.

    Year and sector are those of the parent: nothing is lent across them. A block said by its first
    number may hold numbers that members have already: so last year's allotment is entered by its paper.
    """
    parent = Allotment.objects.select_for_update().select_related("unit").get(pk=parent.pk)
    demand_part(parent, unit, count, on=on)
    parts = [Block(one.first, one.last) for one in parent.parts.filter(taken_back_on=None)]
    used = [] if block_from else [int(number) for number in numbers_used([parent])]
    free = gaps(Block(parent.first, parent.last), parts, used)
    left = sum(gap.size for gap in free)
    sentence = _("%(unit)s has %(left)d places left to allot; %(count)d are too many.") % {
        "unit": parent.unit,
        "left": left,
        "count": count,
    }
    demand(count <= left, "quota_parts_within", sentence, on=on, unit=parent.unit)
    demand_share(unit, year=parent.year, count=count, leavers=leavers, on=on, warnings=warnings)
    block = demand_block(block_from, count, parent.year, on=on) if block_from else cut(free, count)
    if block is None or not any(gap.holds(block) for gap in free):
        raise Refused(
            _("The free numbers do not lie together as a block of %(count)d; free are %(free)s.")
            % {"count": count, "free": "、".join(f"{gap.first}—{gap.last}" for gap in free[:5])}
        )
    return _keep(parent, unit, parent.year, parent.sector, block, on, document_number, by, leavers)


@telling()
def take_back(allotment: Allotment, *, because: str, on: dt.date, by: User) -> Allotment:
    """Return an allotment of which nothing was used or handed on; its numbers are the parent's again."""
    if allotment.taken_back_on is not None:
        raise Refused(_("This allotment was taken back on %s already.") % allotment.taken_back_on)
    if not because.strip():
        raise Refused(_("Please give the reason: it is kept with the allotment."))
    if allotment.parts.filter(taken_back_on=None).exists():
        raise Refused(_("Parts of it were allotted further; take these back first."))
    if used := sorted(numbers_used([allotment])):
        raise Refused(
            _("%(count)d of its numbers are used, the first is %(first)s; what is used is not taken back.")
            % {"count": len(used), "first": used[0]}
        )
    allotment.taken_back_on, allotment.taken_back_because = on, because.strip()
    allotment.save()
    tell(Told.QUOTA_TAKEN_BACK, by=by, about=str(allotment), details={"because": because})
    return allotment


def demand_part(parent: Allotment, unit: Unit, count: int, *, on: dt.date) -> None:
    """Refuse a part that the parent cannot have, apart from its numbers."""
    if parent.taken_back_on is not None:
        raise Refused(_("This allotment was taken back; allot from another one."))
    if count < 1:
        raise Refused(_("At least one place is allotted."))
    if unit.pk == parent.unit_id or not unit.above(day=on).filter(pk=parent.unit_id).exists():
        raise Refused(
            _("%(unit)s does not stand beneath %(above)s; a quota goes down the tree.")
            % {"unit": unit, "above": parent.unit}
        )


def demand_block(block_from: str, count: int, year: int, *, on: dt.date) -> Block:
    """The block of `count` numbers from `block_from`, when its numbers are numbers of the year."""
    said, shape = block_from.strip(), shape_on(on)
    if len(said) != shape.length or not (said.isascii() and said.isdigit()):
        raise Refused(_("The first number has %d digits.") % shape.length)
    if count < 1:
        raise Refused(_("At least one place is allotted."))
    begins = said[: shape.year]
    sentence = _("The number begins with %(said)s, but the quota is of %(year)d; years are not mixed.")
    demand(int(begins) == year, "quota_not_lent", sentence % {"said": begins, "year": year}, on=on)
    block = Block(int(said), int(said) + count - 1)
    head = shape.year + shape.province
    if str(block.last)[:head] != said[:head]:
        raise Refused(_("The block runs beyond the numbers of the year; check the first number."))
    return block


def demand_sector(sector: str) -> None:
    if sector not in Sector.values:
        raise Refused(_("“%s” is not a sector of the quota.") % sector)


def _meeting(block: Block) -> Allotment | None:
    """A standing allotment that has one of the block's numbers."""
    return (
        Allotment.objects.standing()
        .filter(block_from__lte=_text(block.last), block_to__gte=_text(block.first))
        .select_related("unit")
        .first()
    )


def _keep(
    parent: Allotment | None,
    unit: Unit,
    year: int,
    sector: str,
    block: Block,
    on: dt.date,
    document_number: str,
    by: User | None,
    leavers: int | None = None,
) -> Allotment:
    made = Allotment.objects.create(
        parent=parent,
        unit=unit,
        year=year,
        sector=sector,
        count=block.size,
        leavers=leavers,
        block_from=_text(block.first),
        block_to=_text(block.last),
        decided_on=on,
        document_number=document_number.strip(),
        decided_by=by,
    )
    told = Told.QUOTA_ALLOTTED if parent else Told.QUOTA_RECEIVED
    tell(told, by=by, about=str(made), details={"count": block.size})
    return made


def _text(number: int) -> str:
    return str(number).zfill(NUMBER_LENGTH)
