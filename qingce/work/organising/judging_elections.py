"""The rules that an election or a congress must keep: quorum, ballots, candidates, days, delegates."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.dates import months_after
from qingce.foundation.refusals import Refused
from qingce.foundation.ui.numbers import short_day
from qingce.league.organisations import norms
from qingce.league.organisations.health import election_due
from qingce.league.organisations.models import Unit, UnitKind
from qingce.league.people import working_days
from qingce.league.rules import demand, ruling
from qingce.work.organising.congress_actions import members_beneath
from qingce.work.organising.models import Assembly, Congress, Election, UnitEvent

Warnings = list[str]
Must = Callable[[bool, str, str], None]


def judge_election(event: UnitEvent, warnings: Warnings) -> None:
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
    _assembly(election, unit, day, must)
    _ballots(election, must)
    candidates = list(event.candidates.all())
    if candidates:
        _candidates(event, election, unit, candidates, must, warnings)
    _timing(event, unit, warnings)


def _assembly(election: Election, unit: Unit, day: dt.date, must: Must) -> None:
    """A congress of delegates meets in place of all members where these are many or scattered."""
    if election.assembly != Assembly.DELEGATES:
        return
    members = members_beneath([unit], day)[unit.pk]
    rule = ruling("congress_instead_from", on=day, unit=unit)
    sentence = _(
        "%(unit)s has %(n)d members, who are not scattered: all of them meet, not a congress of delegates."
    )
    many = rule.allows(members) or election.scattered
    must(many, rule.code, sentence % {"unit": unit, "n": members})
    sentence = _("A congress in place of a meeting of all members is approved before; name its paper.")
    must(bool(election.assembly_paper.strip()), "congress_instead_approved", sentence)


def _ballots(election: Election, must: Must) -> None:
    sentence = _("Elections are by secret ballot; vote again by secret ballot.")
    must(election.secret is not False, "election_secret", sentence)
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
    must: Must,
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


def judge_congress(event: UnitEvent, warnings: Warnings) -> None:
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
    _after_the_party(congress, unit, day, warnings)
    if congress.notice_from and congress.notice_until:
        rule = ruling("congress_notice_days_least", on=day, unit=unit)
        days = working_days.between(congress.notice_from, congress.notice_until)
        sentence = _("The candidates were shown on %(n)d working days.") % {"n": days}
        demand(rule.allows(days), rule.code, sentence, on=day, unit=unit, warnings=warnings)
        if congress.notice_until >= day:
            raise Refused(_("The congress meets after the last day of the public notice."))


def _after_the_party(congress: Congress, unit: Unit, day: dt.date, warnings: Warnings) -> None:
    """The congress usually meets within a year of the Party congress of the same level."""
    if congress.party_congress_on is None:
        return
    rule = ruling("congress_after_party_years_most", on=day, unit=unit)
    within = not rule.holds or day <= rule.after(congress.party_congress_on)
    sentence = _("The Party congress met on %(party)s; the League's meets within the time of the rule.") % {
        "party": short_day(congress.party_congress_on)
    }
    demand(within, rule.code, sentence, on=day, unit=unit, warnings=warnings)
