"""The verbs of recommendations: of a Pioneer into the League, of a member to the Party."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Unit
from qingce.league.people.models import Consent, Person
from qingce.league.people.purposes import consent_purpose
from qingce.league.standing.eligibility import hindrances_by_day
from qingce.league.standing.models import Bar
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from qingce.ledger.records.actions import prepare
from qingce.ledger.records.models import Grade, State
from qingce.work.membership.admission.reading import kinds_of_admission
from qingce.work.membership.models import MemberCase, Recommendation, Step
from qingce.work.membership.recommending.candidate import BEFORE, PARTY, PIONEER, Candidate
from qingce.work.membership.recommending.guards import demand_step
from qingce.work.membership.stepping import demand_day, end_case, keep_step, new_case, write

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


SCHOOL_YEAR = 9  # the month in which it begins


def kind_of(part: str) -> Kind:
    """The kind of recommendation that has this part."""
    return taxonomy().with_part(part)[0]


def part_of(case: MemberCase) -> str:
    return PARTY if case.has_part(PARTY) else PIONEER


@telling()
def propose_pioneer(
    person: Person,
    unit: Unit,
    *,
    squad: str,
    squad_teams: int | None = None,
    squad_pioneers: int | None = None,
    **step: Any,
) -> tuple[MemberCase, list[str]]:
    """The committee of a squad proposes a Pioneer; below 14 a guardian has consented before."""
    facts = {"squad": squad.strip(), "squad_teams": squad_teams, "squad_pioneers": squad_pioneers}
    return _propose(person, unit, PIONEER, facts, step)


@telling()
def examine_pioneer(case: MemberCase, *, brigade: str, **step: Any) -> list[str]:
    """The committee of the brigade examines."""
    return _take(case, "examined", Told.RECOMMENDATION_EXAMINED, {"brigade": brigade.strip()}, **step)


@telling()
def receive_pioneer(case: MemberCase, **step: Any) -> list[str]:
    """The League body receives the recommendation; from now on it counts."""
    return _take(case, "recommended", Told.RECOMMENDATION_RECEIVED, state=State.CONFIRMED, **step)


@telling()
def note_admission(case: MemberCase, **step: Any) -> list[str]:
    """The recommended Pioneer was admitted to the League."""
    return _take(case, "admitted", Told.RECOMMENDATION_ACCEPTED, **step)


@telling()
def propose_to_party(
    person: Person, unit: Unit, *, aim: str, applied_on: dt.date | None, **step: Any
) -> tuple[MemberCase, list[str]]:
    """A branch proposes a member: as a Party activist, or as a target of Party membership."""
    return _propose(person, unit, PARTY, {"aim": aim, "applied_on": applied_on}, step)


@telling()
def vote(case: MemberCase, *, entitled: int, present: int, in_favour: int, **step: Any) -> list[str]:
    """The branch meeting votes."""
    facts = {"entitled": entitled, "present": present, "in_favour": in_favour}
    return _take(case, "voted", Told.RECOMMENDATION_VOTED, facts, **step)


@telling()
def examine(case: MemberCase, *, examined_by: str, **step: Any) -> list[str]:
    """The committee examines what the meeting decided."""
    return _take(case, "examined", Told.RECOMMENDATION_EXAMINED, {"examined_by": examined_by.strip()}, **step)


@telling()
def confirm(case: MemberCase, **step: Any) -> list[str]:
    """The body above confirms; from now on it counts."""
    own = getattr(step["by"], "person", None)
    if own is not None and own.pk == case.person_id:
        raise Refused(_("Nobody confirms the own recommendation; somebody else does."))
    return _take(case, "confirmed", Told.RECOMMENDATION_CONFIRMED, state=State.CONFIRMED, **step)


@telling()
def send_to_party(case: MemberCase, *, party_body: str, **step: Any) -> list[str]:
    """The recommendation goes to the Party body."""
    return _take(case, "sent_to_party", Told.RECOMMENDATION_SENT, {"party_body": party_body.strip()}, **step)


@telling()
def note_acceptance(case: MemberCase, **step: Any) -> list[str]:
    """The Party body took up the recommendation."""
    return _take(case, "accepted", Told.RECOMMENDATION_ACCEPTED, **step)


@telling()
def expire(case: MemberCase, **step: Any) -> list[str]:
    """The recommendation ran out before the Party took it up."""
    return _take(case, "expired", Told.RECOMMENDATION_EXPIRED, **step)


@telling()
def end(case: MemberCase, *, because: str, by: User) -> MemberCase:
    """The recommendation goes no further; it stays to be read, with the reason, and counts nowhere."""
    return end_case(case, Told.RECORD_VOIDED, because=because, by=by)


def candidate_of(case: MemberCase, *, on: dt.date) -> Candidate:
    return candidates([case], on=on)[case.pk]


def candidates(cases: Sequence[MemberCase], *, on: dt.date) -> dict[int, Candidate]:
    """What the guards ask about each case; the same number of queries however many there are."""
    keys, people = [case.pk for case in cases], {case.person_id for case in cases}
    parts = Recommendation.objects.in_bulk(keys)
    steps: dict[int, dict[str, dt.date]] = {}
    for key, stage, day in Step.objects.filter(member_case__in=keys).values_list(
        "member_case", "stage", "on"
    ):
        steps.setdefault(key, {})[stage] = day
    joined = joined_on(people)
    admitted = admitted_on(people)
    consented = consenting(people)
    hindered = hindering([(case.person_id, steps.get(case.pk, {}).get("proposed", on)) for case in cases])
    sizes = members_of({case.unit_id for case in cases}, on=on)
    here = recommended_in({(case.unit_id, case.happened_on.year) for case in cases})
    rounds = rounds_in({case.unit_id for case in cases})
    found = {}
    for case in cases:
        part, mine = parts.get(case.pk) or Recommendation(member_case=case), steps.get(case.pk, {})
        of_branch = here.get((case.unit_id, case.happened_on.year), set())
        found[case.pk] = Candidate(
            part=part_of(case),
            unit=case.unit,
            born_on=case.person.born_on,
            steps=mine,
            consented=case.person_id in consented,
            joined_on=joined.get(case.person_id),
            admitted_on=admitted.get(case.person_id),
            hindered=hindered.get((case.person_id, mine.get("proposed", on)), ""),
            round=round_of(rounds.get(case.unit_id, ()), mine.get("proposed", on)),
            squad=part.squad,
            squad_teams=part.squad_teams,
            squad_pioneers=part.squad_pioneers,
            brigade=part.brigade,
            applied_on=part.applied_on,
            entitled=part.entitled,
            present=part.present,
            in_favour=part.in_favour,
            examined_by=part.examined_by,
            recommended_here=len(of_branch | {case.person_id}),
            members_here=sizes.get(case.unit_id, 0),
        )
    return found


def joined_on(people: set[int]) -> dict[int, dt.date]:
    rows = Membership.objects.filter(person__in=people, joined_on__isnull=False).order_by("-joined_on")
    return {person: day for person, day in rows.values_list("person", "joined_on") if day}


def admitted_on(people: set[int]) -> dict[int, dt.date]:
    """When each was admitted: by an approved case, else as the register has it."""
    found = joined_on(people)
    rows = Step.objects.filter(
        member_case__person__in=people,
        member_case__kind__in=kinds_of_admission(),
        member_case__state=State.CONFIRMED,
        stage="approved",
    )
    return found | dict(rows.values_list("member_case__person", "on"))


def consenting(people: set[int]) -> set[int]:
    """Those for whom a guardian consents to this purpose."""
    purpose = consent_purpose(kind_of(PIONEER).code).code
    rows = Consent.objects.filter(person__in=people, purpose=purpose, withdrawn_on=None)
    return set(rows.values_list("person", flat=True))


def hindering(asked: Collection[tuple[int, dt.date]]) -> dict[tuple[int, dt.date], str]:
    """Who of these persons, each on a day, is no member, or under a penalty that bars from honours."""
    return hindrances_by_day(asked, for_=Bar.HONOUR) | hindrances_by_day(asked, for_=Bar.VOTE)


def recommended_in(branches: set[tuple[int, int]]) -> dict[tuple[int, int], set[int]]:
    """Persons recommended to the Party, by branch and year."""
    rows = MemberCase.objects.filter(
        kind=kind_of(PARTY).code, unit__in={unit for unit, _year in branches}
    ).exclude(state=State.VOID)
    found: dict[tuple[int, int], set[int]] = {}
    for unit, day, person in rows.values_list("unit", "happened_on", "person"):
        found.setdefault((unit, day.year), set()).add(person)
    return found


def rounds_in(units: set[int]) -> dict[int, set[dt.date]]:
    """The days on which each unit proposed Pioneers."""
    rows = Step.objects.filter(
        stage="proposed", member_case__kind=kind_of(PIONEER).code, member_case__unit__in=units
    ).exclude(member_case__state=State.VOID)
    found: dict[int, set[dt.date]] = {}
    for unit, day in rows.values_list("member_case__unit", "on"):
        found.setdefault(unit, set()).add(day)
    return found


def round_of(days: Collection[dt.date], on: dt.date) -> int:
    """Which round of its school year a day belongs to, among the days of a unit."""
    first = dt.date(on.year - (on.month < SCHOOL_YEAR), SCHOOL_YEAR, 1)
    return len({day for day in days if first <= day < on}) + 1


def members_of(units: set[int], *, on: dt.date) -> dict[int, int]:
    """How many members each branch has on the day."""
    rows = Membership.objects.on(on).filter(unit__in=units).order_by().values_list("unit")
    return dict(rows.annotate(Count("pk")))


def _propose(
    person: Person, unit: Unit, part: str, facts: dict[str, Any], step: dict[str, Any]
) -> tuple[MemberCase, list[str]]:
    on, today, by, because = step["on"], step["today"], step["by"], step.get("because", "")
    demand_day(on, today, because)
    kind = kind_of(part)
    under_way = MemberCase.objects.filter(person=person, kind=kind.code).exclude(state=State.VOID)
    if other := under_way.exclude(stage__in=("accepted", "expired")).first():
        raise Refused(_("This person has another recommendation, %s; carry that one on.") % other.number)
    case = new_case(kind, person, unit, on=on, state=State.SUBMITTED, grade=Grade.SYSTEM)
    prepare([case], by=by)
    case.save(force_insert=True)
    Recommendation.objects.create(member_case=case, **facts)
    warnings = demand_step(candidate_of(case, on=on), "proposed", on=on)
    keep_step(case, "proposed", on, today, because, Told.RECOMMENDATION_PROPOSED, by)
    return case, warnings


def _take(
    case: MemberCase,
    stage: str,
    told: Told,
    facts: dict[str, Any] | None = None,
    *,
    on: dt.date,
    today: dt.date,
    by: User,
    because: str = "",
    state: str = "",
) -> list[str]:
    MemberCase.objects.select_for_update().get(pk=case.pk)
    case.refresh_from_db()
    _demand_from(case, stage)
    demand_day(on, today, because)
    if facts:
        Recommendation.objects.update_or_create(member_case=case, defaults=facts)
    warnings = demand_step(candidate_of(case, on=on), stage, on=on)
    case.stage, case.state = stage, state or case.state
    write(case, "stage", "state")
    keep_step(case, stage, on, today, because, told, by)
    return warnings


def _demand_from(case: MemberCase, stage: str) -> None:
    if case.state == State.VOID:
        raise Refused(_("This recommendation has ended: %s") % case.state_reason)
    before = BEFORE[part_of(case)].get(stage, ())
    if case.stage not in before:
        words = "、".join(taxonomy().word("stage", one) for one in before)
        raise Refused(
            _("%(case)s stands at “%(now)s”; this step is taken from “%(from)s”.")
            % {"case": case, "now": case.stage_label, "from": words}
        )
