"""The rules that a change of the tree, an election or a congress must keep; asked of the dated table.

Each judge refuses what a binding rule forbids and returns, as sentences, what a guide advises against.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.dates import in_force, months_after
from qingce.foundation.refusals import Refused
from qingce.foundation.ui.numbers import short_day
from qingce.league.organisations import norms
from qingce.league.organisations.health import election_due
from qingce.league.organisations.models import Unit, UnitKind
from qingce.league.people import working_days
from qingce.league.rules import demand, ruling, rulings_held_still
from qingce.work.organising.models import Change, Congress, Election, UnitEvent

Warnings = list[str]


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
    norms.demand_name(change.name, change.unit_kind)
    if change.unit_kind == UnitKind.TEMPORARY_BRANCH:
        _temporary(event, change, warnings)
        return
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
    norms.demand_name(event.change.name, event.subject_unit.kind)


def _merging(event: UnitEvent, warnings: Warnings) -> None:
    into = event.change.to
    if into is None:
        raise Refused(_("Name the unit into which it is merged."))
    day = event.happened_on
    members = sum(one.memberships.filter(in_force(day)).count() for one in (event.subject_unit, into))
    norms.demand_size(into.kind, members, on=day, unit=into, warnings=warnings)


def _splitting(event: UnitEvent, warnings: Warnings) -> None:
    for one in event.offshoots.all():
        norms.demand_name(one.name, one.kind)
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


def _election(event: UnitEvent, warnings: Warnings) -> None:
    election: Election = event.election
    unit, day = event.subject_unit, event.happened_on

    def must(ok: bool, code: str, sentence: str) -> None:
        demand(ok, code, sentence, on=day, unit=unit, warnings=warnings)

    if election.present > election.entitled:
        raise Refused(_("More were present than are entitled to vote; check both numbers."))
    share = Fraction(election.present, election.entitled or 1)
    quorum = ruling("election_present_share", on=day, unit=unit)
    must(
        quorum.allows(share),
        quorum.code,
        _("%(present)d of %(entitled)d were present: too few to elect.")
        % {"present": election.present, "entitled": election.entitled},
    )
    norms.demand_term(unit, election.term_start, election.term_end, warnings=warnings)
    _ballots(election, must)
    candidates = list(event.candidates.all())
    if candidates:
        _candidates(event, election, unit, candidates, must, warnings)
    _timing(event, unit, warnings)


def _ballots(election: Election, must: Callable[[bool, str, str], None]) -> None:
    if election.issued is None:
        return
    proxies = election.issued <= election.present
    must(proxies, "election_proxy_forbidden", _("More ballots were issued than voters were present."))
    if election.returned is not None:
        fair = election.returned <= election.issued
        sentence = _("%(returned)d ballots came back of %(issued)d issued: the election is void.")
        said = {"returned": election.returned, "issued": election.issued}
        must(fair, "election_returned_share", sentence % said)


def _candidates(
    event: UnitEvent,
    election: Election,
    unit: Unit,
    candidates: list[Any],
    must: Callable[[bool, str, str], None],
    warnings: Warnings,
) -> None:
    elected = [one for one in candidates if one.is_elected]
    seats = election.seats or len(elected)
    most = election.returned if election.returned is not None else election.present
    for one in candidates:
        if one.votes > most:
            raise Refused(
                _("%(name)s has %(votes)d votes of %(ballots)d ballots; check the count.")
                % {"name": one.person.name, "votes": one.votes, "ballots": most}
            )
    rule = ruling("election_votes_share", on=event.happened_on, unit=unit)
    for one in elected:
        enough = rule.allows(Fraction(one.votes, election.present or 1))
        sentence = _("%(name)s has %(votes)d votes, not more than half of those present: not elected.")
        must(enough, rule.code, sentence % {"name": one.person.name, "votes": one.votes})
    if len(elected) > seats:
        raise Refused(
            _("%(n)d are elected to %(seats)d seats; check who is elected.")
            % {"n": len(elected), "seats": seats}
        )
    surplus = ruling("election_candidate_surplus_share", on=event.happened_on, unit=unit)
    wanted = seats + math.ceil(seats * Fraction(surplus.value or 0))
    sentence = _("%(n)d candidates for %(seats)d seats; %(wanted)d were to be expected.")
    must(
        len(candidates) >= wanted,
        surplus.code,
        sentence % {"n": len(candidates), "seats": seats, "wanted": wanted},
    )
    if unit.kind != UnitKind.DISTRICT_COMMITTEE:
        norms.demand_seats(
            unit.kind, len(elected), election.entitled, on=event.happened_on, unit=unit, warnings=warnings
        )


def _timing(event: UnitEvent, unit: Unit, warnings: Warnings) -> None:
    """An election long before or after the end of the term is held with approval, within limits."""
    due = election_due([unit], event.happened_on).get(unit.pk)
    if due is None or event.happened_on < unit.founded_on:
        return
    rule = ruling(norms.shift_code(unit), on=event.happened_on, unit=unit)
    if not rule.holds:
        return
    early, late = months_after(due, -rule.value), rule.after(due)
    sentence = _("The term ends on %(due)s: an election on %(day)s is further from it than allowed.")
    said = {"due": short_day(due), "day": short_day(event.happened_on)}
    within = early <= event.happened_on <= late
    # What was neglected cannot be mended by forbidding the election: too late is only warned of.
    if event.happened_on < early:
        demand(within, rule.code, sentence % said, on=event.happened_on, unit=unit, warnings=warnings)
    elif not within:
        warnings.append(rule.refusal(sentence % said))


def _congress(event: UnitEvent, warnings: Warnings) -> None:
    congress: Congress = event.congress
    unit, day = event.subject_unit, event.happened_on
    delegates = congress.delegates_planned
    for code in ("congress_delegates_least", "congress_delegates_usual_most", "congress_delegates_most"):
        sentence = _("%(n)d delegates are not what the rule allows.") % {"n": delegates}
        demand(
            ruling(code, on=day, unit=unit).allows(delegates),
            code,
            sentence,
            on=day,
            unit=unit,
            warnings=warnings,
        )
    if congress.notice_from and congress.notice_until:
        rule = ruling("congress_notice_days_least", on=day, unit=unit)
        days = working_days_between(congress.notice_from, congress.notice_until)
        sentence = _("The candidates were shown on %(n)d working days.") % {"n": days}
        demand(rule.allows(days), rule.code, sentence, on=day, unit=unit, warnings=warnings)
        if congress.notice_until >= day:
            raise Refused(_("The congress meets after the last day of the public notice."))


def working_days_between(first: dt.date, last: dt.date) -> int:
    """Working days of a public notice: its first and its last day count."""
    span = (last - first).days + 1
    return sum(working_days.is_working_day(first + dt.timedelta(days=n)) for n in range(max(span, 0)))


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
    "election": ("election", _election),
    "congress": ("congress", _congress),
}
