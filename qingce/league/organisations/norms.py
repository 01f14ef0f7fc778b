"""Which rule speaks of which sort of unit: sizes, committees, terms. The numbers stand in the rule table."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.dates import months_after
from qingce.league.organisations.models import BRANCHES, SCHOOLS, Unit, UnitKind
from qingce.league.rules import demand, ruling

FEWEST: Mapping[str, str] = {
    **dict.fromkeys(BRANCHES, "branch_members_least"),
    UnitKind.GENERAL_BRANCH: "general_branch_members_least",
    UnitKind.COMMITTEE: "committee_members_least",
}
SEATS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        BRANCHES, ("branch_committee_least", "branch_committee_usual_most", "branch_committee_most")
    ),
    UnitKind.GENERAL_BRANCH: ("general_branch_committee_least", "general_branch_committee_most"),
    UnitKind.COMMITTEE: ("basic_committee_least", "basic_committee_most"),
}
ENDINGS: Mapping[str, tuple[str, ...]] = {
    UnitKind.DISTRICT_COMMITTEE: ("委员会",),
    UnitKind.COMMITTEE: ("委员会",),
    UnitKind.WORK_COMMITTEE: ("工作委员会",),
    UnitKind.GENERAL_BRANCH: ("总支部委员会", "团总支"),
    UnitKind.BRANCH: ("支部委员会", "支部"),
    UnitKind.JOINT_BRANCH: ("联合支部委员会", "联合支部", "联合团支部"),
    UnitKind.TEMPORARY_BRANCH: ("临时支部", "临时团支部"),
    UnitKind.MOBILE_BRANCH: ("流动团员团支部", "流动团员支部", "流动团支部"),
}
APPOINTED = (UnitKind.WORK_COMMITTEE, UnitKind.TEMPORARY_BRANCH)  # named by the body above, not elected


@dataclass(frozen=True)
class Years:
    """How long a term may be, in years."""

    least: int
    most: int


def term_of(kind: str, domain: str, *, on: dt.date, unit: Unit | None = None) -> Years:
    """The length of a term by the rule in force on `on`."""
    least, most = (int(ruling(code, on=on, unit=unit).value or 0) for code in term_codes(kind, domain))
    return Years(least, most)


def term_codes(kind: str, domain: str) -> tuple[str, str]:
    """The rules that say how long a term lasts at least, and at most."""
    if kind in BRANCHES:
        code = "term_student_branch" if domain in SCHOOLS else "term_branch"
        return code, code
    if kind == UnitKind.GENERAL_BRANCH:
        return "term_general_branch", "term_general_branch"
    if kind == UnitKind.DISTRICT_COMMITTEE:
        return "term_district_congress", "term_district_congress"
    return "term_basic_committee_least", "term_basic_committee_most"


def term_ends(unit: Unit, since: dt.date) -> dt.date:
    """The usual last day of a term that begins on `since`: the day before, so many years later."""
    years = term_of(unit.kind, unit.domain, on=since, unit=unit).least
    return months_after(since, 12 * years) - dt.timedelta(days=1)


def shift_code(unit: Unit) -> str:
    """The rule of how far an election may be moved from the end of the term."""
    return "election_shift_branch_months_most" if unit.is_branch else "election_shift_other_months_most"


def demand_size(kind: str, members: int, *, on: dt.date, unit: Unit, warnings: list[str]) -> None:
    """A unit of this kind with so many members, by the rule in force; `unit` is the body above."""
    if code := FEWEST.get(kind):
        rule = ruling(code, on=on, unit=unit)
        sentence = _("%(n)d members are too few for this kind of unit: set up a joint branch, or wait.")
        demand(rule.allows(members), code, sentence % {"n": members}, on=on, unit=unit, warnings=warnings)
    if kind in BRANCHES:
        rule = ruling("branch_members_most", on=on, unit=unit)
        sentence = _("%(n)d members are many for one branch: consider several, under a general branch.")
        demand(
            rule.allows(members), rule.code, sentence % {"n": members}, on=on, unit=unit, warnings=warnings
        )


def demand_name(name: str, kind: str, *, on: dt.date, unit: Unit) -> None:
    """A full name says what the unit is; abbreviations belong into the short name."""
    endings = ENDINGS.get(kind, ())
    full = not endings or name.endswith(endings)
    sentence = _("The full name of this kind of unit ends in %(endings)s; “%(name)s” does not.") % {
        "endings": _(" or ").join(f"“{one}”" for one in endings),
        "name": name,
    }
    demand(full, "unit_name_full", sentence, on=on, unit=unit)


def demand_shared(partners: str, *, on: dt.date, unit: Unit, warnings: list[str]) -> None:
    """A joint branch is shared by several units: they are named when it is founded."""
    rule = ruling("joint_branch_units_least", on=on, unit=unit)
    named = [one for one in re.split(r"[、，,；;\n]", partners) if one.strip()]
    sentence = _("A joint branch is shared by units; %(n)d are named. Name each unit that shares it.")
    demand(
        rule.allows(len(named)), rule.code, sentence % {"n": len(named)}, on=on, unit=unit, warnings=warnings
    )


def demand_seats(
    kind: str, people: int, members: int, *, on: dt.date, unit: Unit, warnings: list[str]
) -> None:
    """How many are elected to the committee of a unit with so many members."""
    if kind in BRANCHES and not ruling("branch_committee_from", on=on, unit=unit).allows(members):
        rule = ruling("branch_small_officers_most", on=on, unit=unit)
        sentence = _("A branch of %(n)d members elects a secretary and at most a deputy, no committee.")
        enough = rule.allows(people)
        demand(enough, rule.code, sentence % {"n": members}, on=on, unit=unit, warnings=warnings)
        return
    for code in SEATS.get(kind, ()):
        rule = ruling(code, on=on, unit=unit)
        sentence = _("%(n)d people on the committee are not what the rule allows.") % {"n": people}
        demand(rule.allows(people), code, sentence, on=on, unit=unit, warnings=warnings)


def demand_term(unit: Unit, since: dt.date, ends_on: dt.date, *, warnings: list[str]) -> None:
    """The length of a term fits the kind of unit."""
    years = term_of(unit.kind, unit.domain, on=since, unit=unit)
    short, long = term_codes(unit.kind, unit.domain)
    said: dict[str, Any] = {"least": years.least, "most": years.most, "unit": unit}
    same = _("The term of %(unit)s is %(least)d years; correct the last day.")
    span = _("The term of %(unit)s is %(least)d to %(most)d years; correct the last day.")
    sentence = (same if years.least == years.most else span) % said
    begun = months_after(since, 12 * years.least) - dt.timedelta(days=31) <= ends_on
    over = ends_on <= months_after(since, 12 * years.most) + dt.timedelta(days=31)
    demand(begun, short, sentence, on=since, unit=unit, warnings=warnings)
    demand(over, long, sentence, on=since, unit=unit, warnings=warnings)


__all__ = [
    "APPOINTED",
    "Years",
    "demand_name",
    "demand_seats",
    "demand_shared",
    "demand_size",
    "demand_term",
    "shift_code",
    "term_codes",
    "term_ends",
    "term_of",
]
