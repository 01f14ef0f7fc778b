"""The rules that a change of the tree, an election or a congress must keep; asked of the dated table.

Each judge refuses what a binding rule forbids and returns, as sentences, what a guide advises against.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from qingce.foundation.dates import in_force
from qingce.foundation.refusals import Refused
from qingce.foundation.ui.numbers import short_day
from qingce.league.organisations import norms
from qingce.league.organisations.models import Unit, UnitKind
from qingce.league.rules import demand, ruling, rulings_held_still
from qingce.work.organising.judging_elections import Warnings, judge_congress, judge_election
from qingce.work.organising.models import Change, UnitEvent


def judge(event: UnitEvent) -> Warnings:
    """Refuse what the rules of the record's day forbid; what they advise against comes back."""
    warnings: Warnings = []
    with rulings_held_still():
        for part, judged in JUDGES.items():
            if event.has_part(part) and hasattr(event, judged[0]):
                judged[1](event, warnings)
    return warnings


def _founding(event: UnitEvent, warnings: Warnings) -> None:
    change: Change = event.change
    norms.demand_name(change.name, change.unit_kind, on=event.happened_on, unit=event.unit)
    if change.unit_kind == UnitKind.TEMPORARY_BRANCH:
        _temporary(event, change, warnings)
        return
    if change.unit_kind == UnitKind.JOINT_BRANCH:
        norms.demand_shared(change.partners, on=event.happened_on, unit=event.unit, warnings=warnings)
    if change.members is not None:
        norms.demand_size(
            change.unit_kind, change.members, on=event.happened_on, unit=event.unit, warnings=warnings
        )


def _temporary(event: UnitEvent, change: Change, warnings: Warnings) -> None:
    """A temporary branch ends with its task; work of half a year and more asks for a proper branch."""
    if change.until is None:
        raise Refused(_("A temporary branch is set up until a day; name the last day of its task."))
    rule = ruling("temporary_branch_months_most", on=event.happened_on, unit=event.unit)
    short = not rule.holds or change.until <= rule.after(event.happened_on)
    sentence = _("The task lasts longer than a temporary branch should: found a proper branch.")
    demand(short, rule.code, sentence, on=event.happened_on, unit=event.unit, warnings=warnings)


def _renaming(event: UnitEvent, warnings: Warnings) -> None:
    unit = event.subject_unit
    norms.demand_name(event.change.name, unit.kind, on=event.happened_on, unit=unit)


def _merging(event: UnitEvent, warnings: Warnings) -> None:
    into = event.change.to
    if into is None:
        raise Refused(_("Name the unit into which it is merged."))
    day = event.happened_on
    members = sum(one.memberships.filter(in_force(day)).count() for one in (event.subject_unit, into))
    norms.demand_size(into.kind, members, on=day, unit=into, warnings=warnings)


def _splitting(event: UnitEvent, warnings: Warnings) -> None:
    for one in event.offshoots.all():
        norms.demand_name(one.name, one.kind, on=event.happened_on, unit=event.subject_unit)
        members = one.people.count()
        norms.demand_size(one.kind, members, on=event.happened_on, unit=event.subject_unit, warnings=warnings)


def _deferral(event: UnitEvent, warnings: Warnings) -> None:
    unit, until = event.subject_unit, event.change.until
    if unit.term_end is None or until is None:
        raise Refused(_("No end of a term is known for %s; enter the last election first.") % unit)
    rule = ruling(norms.shift_code(unit), on=event.happened_on, unit=unit)
    sentence = _("The election would be held on %s, later than it may be put off.") % short_day(until)
    within = not rule.holds or until <= rule.after(unit.term_end)
    demand(within, rule.code, sentence, on=event.happened_on, unit=unit, warnings=warnings)
    _demand_party_paper(event, unit, warnings)


def _demand_party_paper(event: UnitEvent, unit: Unit, warnings: Warnings) -> None:
    sentence = _("An election is put off with the approval of the Party body too; name its paper.")
    given = bool(event.change.party_paper)
    demand(
        given, "election_shift_needs_approval", sentence, on=event.happened_on, unit=unit, warnings=warnings
    )


# Part of a kind → the table that holds it, and its judge.
JUDGES: dict[str, tuple[str, Callable[[UnitEvent, Warnings], None]]] = {
    "founding": ("change", _founding),
    "renaming": ("change", _renaming),
    "merging": ("change", _merging),
    "splitting": ("change", _splitting),
    "deferral": ("change", _deferral),
    "election": ("election", judge_election),
    "congress": ("congress", judge_congress),
}
