"""How many of a school's leavers are members (团学比), and whether used numbers are entered in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from qingce.league.organisations.models import Membership, Unit
from qingce.league.rules import demand, ruling
from qingce.ledger.records.models import State
from qingce.work.membership.models import MemberCase
from qingce.work.membership.quota.models import Allotment, Sector, sector_of

SHARES = {Sector.JUNIOR: "quota_junior_middle_share", Sector.SENIOR: "quota_senior_middle_share"}
ENTERED = "quota_entered_last_month"


def demand_share(
    unit: Unit, *, year: int, count: int, leavers: int | None, on: dt.date, warnings: list[str] | None = None
) -> None:
    """Members among the leavers of a school, with those still to be admitted, by the rule of its sector."""
    code = SHARES.get(sector_of(unit.domain))
    if code is None or not leavers:
        return
    members = leaving_members(unit, year, on=on)
    rule = ruling(code, on=on, unit=unit)
    said = {"members": members, "count": count, "leavers": leavers, "share": rule.shown}
    sentence = _(
        "%(members)d members and %(count)d new ones among %(leavers)d leavers are more than %(share)s."
    )
    within = rule.allows(Fraction(members + count, leavers))
    demand(within, code, sentence % said, on=on, unit=unit, warnings=warnings)


def asks_for_leavers(unit: Unit) -> bool:
    """Whether a share is demanded of this unit's sector."""
    return sector_of(unit.domain) in SHARES


def leaving_members(unit: Unit, year: int, *, on: dt.date) -> int:
    """Members who leave school in the year; all of them where nobody's day of leaving is known."""
    here = Membership.objects.on(on).filter(unit__in=Unit.objects.beneath(unit, day=on))
    dated = here.filter(graduates_on__isnull=False)
    return dated.filter(graduates_on__year=year).count() if dated.exists() else here.count()


def not_entered(lines: Sequence[Allotment]) -> int:
    """Numbers given to admissions that are not in the national system yet."""
    if not lines:
        return 0
    first, last = min(line.block_from for line in lines), max(line.block_to for line in lines)
    cases = MemberCase.objects.filter(
        development_number__gte=first, development_number__lte=last, admission__entered_on__isnull=True
    )
    numbers = cases.exclude(state=State.VOID).values_list("development_number", flat=True)
    return sum(any(line.holds(number) for line in lines) for number in set(numbers))


def entry_warning(lines: Sequence[Allotment], *, year: int, on: dt.date, unit: Unit | None) -> str:
    """The sentence about numbers that should be in the national system by now; else nothing."""
    rule = ruling(ENTERED, on=on, unit=unit)
    if not rule.holds or (on.year, on.month) < (year, rule.value):
        return ""
    left = not_entered(lines)
    sentence = _("%(n)d numbers of %(year)d are used and not noted as entered in the national system.")
    return rule.refusal(sentence % {"n": left, "year": year}) if left else ""
