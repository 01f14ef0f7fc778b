"""Guards of the two recommendations: of a Pioneer into the League, of a member to the Party."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.dates import age
from qingce.league.people.purposes import CONSENT_BELOW
from qingce.league.rules import Ruling
from qingce.work.membership.guarding import Finding, Found, Guard, demand_all, findings
from qingce.work.membership.recommending.candidate import BEFORE, PARTY, PIONEER, Candidate

GUARDS: dict[str, list[Guard[Candidate]]] = {PIONEER: [], PARTY: []}


def judge(candidate: Candidate, stage: str, *, on: dt.date) -> list[Finding]:
    guards = [_order_of(candidate.part, stage), *GUARDS[candidate.part]]
    return findings(guards, candidate, stage, on=on, unit=candidate.unit)


def demand_step(candidate: Candidate, stage: str, *, on: dt.date) -> list[str]:
    """Refuse the step when a guard stands in its way; else what is to be warned of."""
    return demand_all(judge(candidate, stage, on=on))


def guard(part: str, stage: str, rule: str, label: object) -> Any:
    def keep(look: Any) -> Any:
        GUARDS[part].append(Guard(stage, rule, label, look))
        return look

    return keep


def _order_of(part: str, stage: str) -> Guard[Candidate]:
    rule = "party_recommendation_in_order" if part == PARTY else "pioneer_recommendation_examined"

    def look(candidate: Candidate, on: dt.date, said: Ruling) -> Found:
        before = BEFORE[part][stage]
        taken = [candidate.steps[one] for one in before if one in candidate.steps]
        if before and not taken:
            return Found(
                _("a step is left out"), _("A step before this one is missing; take the steps one by one.")
            )
        last = max(candidate.steps.values(), default=None)
        if last is not None and on < last:
            return Found(
                str(last),
                _("The step before was on %s; this one cannot be earlier, check the day.") % last,
            )
        return Found(_("step by step"))

    return Guard(stage, rule, gettext_lazy("Steps in order"), look)


# Of a Pioneer.


@guard(PIONEER, "proposed", "pioneer_recommendation_consent", gettext_lazy("Consent of a guardian"))
def _consented(candidate: Candidate, on: dt.date, said: Ruling) -> Found:
    if candidate.born_on is None:
        return Found(_("unknown"), _("The date of birth is not known; enter it first."))
    if age(candidate.born_on, on=on) >= CONSENT_BELOW:
        return Found(_("14 or older"))
    return Found(
        _("on file") if candidate.consented else _("missing"),
        ""
        if candidate.consented
        else _("The child is under 14 on %s: record the consent of a guardian on the person's page first.")
        % on,
    )


@guard(PIONEER, "proposed", "pioneer_recommendation_age_least", gettext_lazy("About 14"))
def _about_fourteen(candidate: Candidate, on: dt.date, said: Ruling) -> Found | None:
    if candidate.born_on is None:
        return None
    years = age(candidate.born_on, on=on)
    sentence = _("The Pioneer is only %d years old.") % years
    return Found(_("%d years") % years, "" if said.allows(years) else sentence)


@guard(PIONEER, "proposed", "pioneer_age_least", gettext_lazy("Old enough for a Pioneer"))
def _old_enough_for_a_pioneer(candidate: Candidate, on: dt.date, said: Ruling) -> Found | None:
    return _pioneer_aged(candidate, on, said)


@guard(PIONEER, "proposed", "pioneer_age_most", gettext_lazy("Still a Pioneer"))
def _still_a_pioneer(candidate: Candidate, on: dt.date, said: Ruling) -> Found | None:
    return _pioneer_aged(candidate, on, said)


def _pioneer_aged(candidate: Candidate, on: dt.date, said: Ruling) -> Found | None:
    if candidate.born_on is None:
        return None
    years = age(candidate.born_on, on=on)
    sentence = _("At %d years nobody is a Pioneer; check the date of birth and the day.") % years
    return Found(_("%d years") % years, "" if said.allows(years) else sentence)


@guard(PIONEER, "proposed", "pioneer_recommendation_yearly", gettext_lazy("Once a school year"))
def _once_a_school_year(candidate: Candidate, on: dt.date, said: Ruling) -> Found:
    sentence = _("This is round %d of the school year; usually there is one.") % candidate.round
    return Found(str(candidate.round), "" if said.allows(candidate.round) else sentence)


@guard(PIONEER, "proposed", "pioneer_squad_teams_least", gettext_lazy("Teams of the squad"))
def _enough_teams(candidate: Candidate, on: dt.date, said: Ruling) -> Found | None:
    teams = candidate.squad_teams
    if teams is None:
        return None
    sentence = _("A squad of %d team is none; name the squad to which the team belongs.") % teams
    return Found(str(teams), "" if said.allows(teams) else sentence)


@guard(PIONEER, "proposed", "pioneer_team_least", gettext_lazy("Size of its teams"))
def _teams_large_enough(candidate: Candidate, on: dt.date, said: Ruling) -> Found | None:
    return _team_size(candidate, said)


@guard(PIONEER, "proposed", "pioneer_team_most", gettext_lazy("Teams not too large"))
def _teams_small_enough(candidate: Candidate, on: dt.date, said: Ruling) -> Found | None:
    return _team_size(candidate, said)


def _team_size(candidate: Candidate, said: Ruling) -> Found | None:
    """On average; the squad's own committee knows each team."""
    if not candidate.squad_teams or candidate.squad_pioneers is None:
        return None
    size = Fraction(candidate.squad_pioneers, candidate.squad_teams)
    told = f"{candidate.squad_pioneers}/{candidate.squad_teams}"
    sentence = _("The teams of the squad are not of the usual size (%s Pioneers in teams).") % told
    return Found(told, "" if said.allows(size) else sentence)


@guard(PIONEER, "proposed", "pioneer_recommendation_examined", gettext_lazy("Squad"))
def _squad(candidate: Candidate, on: dt.date, said: Ruling) -> Found:
    return _given(candidate.squad, _("Enter the squad whose committee proposes."))


@guard(PIONEER, "examined", "pioneer_recommendation_examined", gettext_lazy("Brigade"))
def _brigade(candidate: Candidate, on: dt.date, said: Ruling) -> Found:
    return _given(candidate.brigade, _("Enter the brigade whose committee examined."))


@guard(PIONEER, "admitted", "pioneer_recommendation_admitted", gettext_lazy("Admitted"))
def _admitted(candidate: Candidate, on: dt.date, said: Ruling) -> Found:
    day = candidate.admitted_on
    if day is not None and day <= on:
        return Found(str(day))
    return Found(
        str(day or "—"),
        _("No approved admission of this person until %s; the admission comes first.") % on,
    )


# Of a member to the Party.


@guard(PARTY, "proposed", "party_recommendation_age_least", gettext_lazy("Old enough"))
def _of_age(candidate: Candidate, on: dt.date, said: Ruling) -> Found:
    if candidate.born_on is None:
        return Found(_("unknown"), _("The date of birth is not known; enter it first."))
    years = age(candidate.born_on, on=on)
    sentence = _("The member is %(years)d years old on %(day)s.") % {"years": years, "day": on}
    return Found(_("%d years") % years, "" if said.allows(years) else sentence)


@guard(PARTY, "proposed", "party_recommendation_member", gettext_lazy("In good standing"))
def _in_standing(candidate: Candidate, on: dt.date, said: Ruling) -> Found:
    problem = _("This person cannot be recommended: %s.") % candidate.hindered if candidate.hindered else ""
    return Found(candidate.hindered or _("in good standing"), problem)


@guard(PARTY, "proposed", "party_recommendation_membership_years_least", gettext_lazy("Years of membership"))
def _long_a_member(candidate: Candidate, on: dt.date, said: Ruling) -> Found:
    joined = candidate.joined_on
    if joined is None:
        return Found(_("unknown"), _("The register does not say when the member joined; enter it first."))
    ripe = said.after(joined)
    sentence = _("A member since %(joined)s may be recommended from %(ripe)s on.") % {
        "joined": joined,
        "ripe": ripe,
    }
    return Found(_("since %s") % joined, sentence if on < ripe else "")


@guard(
    PARTY,
    "proposed",
    "party_recommendation_application_months_least",
    gettext_lazy("Application to the Party"),
)
def _applied_long_ago(candidate: Candidate, on: dt.date, said: Ruling) -> Found:
    applied = candidate.applied_on
    if applied is None:
        return Found("—", _("The day of the application to the Party is not given."))
    ripe = said.after(applied)
    sentence = _("The application of %(applied)s is old enough from %(ripe)s on.") % {
        "applied": applied,
        "ripe": ripe,
    }
    return Found(str(applied), sentence if on < ripe else "")


@guard(PARTY, "voted", "party_recommendation_present_share", gettext_lazy("Quorum"))
def _quorate(candidate: Candidate, on: dt.date, said: Ruling) -> Found:
    return _share(candidate, candidate.present, said, _("Too few of those entitled were present (%s)."))


@guard(PARTY, "voted", "party_recommendation_votes_share", gettext_lazy("In favour"))
def _in_favour(candidate: Candidate, on: dt.date, said: Ruling) -> Found:
    return _share(candidate, candidate.in_favour, said, _("Too few of those entitled in favour (%s)."))


def _share(candidate: Candidate, part: int | None, said: Ruling, sentence: str) -> Found:
    entitled, present, favour = candidate.entitled, candidate.present, candidate.in_favour
    if part is None or not entitled or present is None or favour is None:
        return Found("—", _("Enter the vote: entitled, present, in favour."))
    told = f"{part}/{entitled}"
    if not 0 <= favour <= present <= entitled:
        return Found(told, _("The votes do not add up: in favour ≤ present ≤ entitled; count again."))
    return Found(told, "" if said.allows(Fraction(part, entitled)) else sentence % told)


@guard(PARTY, "voted", "party_recommendation_branch_share", gettext_lazy("Share of the branch"))
def _of_the_branch(candidate: Candidate, on: dt.date, said: Ruling) -> Found | None:
    if not candidate.members_here:
        return None
    told = f"{candidate.recommended_here}/{candidate.members_here}"
    share = Fraction(candidate.recommended_here, candidate.members_here)
    sentence = _("More of the branch are recommended in the year than is usual here (%s).") % told
    return Found(told, "" if said.allows(share) else sentence)


@guard(PARTY, "examined", "party_recommendation_in_order", gettext_lazy("Examined by the committee"))
def _examined(candidate: Candidate, on: dt.date, said: Ruling) -> Found:
    return _given(candidate.examined_by, _("Enter which committee examined."))


@guard(PARTY, "sent_to_party", "party_recommendation_valid_years", gettext_lazy("Still valid"))
def _valid_to_send(candidate: Candidate, on: dt.date, said: Ruling) -> Found | None:
    return _valid(candidate, on, said)


@guard(PARTY, "accepted", "party_recommendation_valid_years", gettext_lazy("Still valid"))
def _valid_to_accept(candidate: Candidate, on: dt.date, said: Ruling) -> Found | None:
    return _valid(candidate, on, said)


def _valid(candidate: Candidate, on: dt.date, said: Ruling) -> Found | None:
    confirmed = candidate.steps.get("confirmed")
    if confirmed is None:
        return None
    until = said.after(confirmed)
    sentence = _("The recommendation of %(confirmed)s was valid until %(until)s.") % {
        "confirmed": confirmed,
        "until": until,
    }
    return Found(_("until %s") % until, sentence if on > until else "")


def _given(said: object, sentence: str) -> Found:
    return Found(said or "—", "" if said else sentence)
