"""Dossiers from the ledger: what the guards ask, read for many admissions at once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from qingce.league.organisations.models import Membership, Unit
from qingce.league.organisations.numbers import number_problem
from qingce.league.people.models import Person
from qingce.league.rules import ruling
from qingce.league.standing.eligibility import hindrances, hindrances_by_day
from qingce.league.standing.models import Bar
from qingce.ledger.attending import attended
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.notices.hung import hung
from qingce.ledger.records.models import State
from qingce.work.membership.admission.dossier import Dossier, Former, Standing, Vote
from qingce.work.membership.admission.models import Admission, Helper
from qingce.work.membership.models import MemberCase, Step
from qingce.work.membership.quota.book import QuotaBook

LESSONS, SERVICE = "counts_as_lesson", "hours"  # parts of the kinds that are asked for
Pair = frozenset[int]


def kinds_of_admission() -> list[str]:
    return [kind.code for kind in taxonomy().with_part("admission")]


def dossier_of(case: MemberCase, *, on: dt.date) -> Dossier:
    """The dossier of one admission for a step on that day."""
    return dossiers([case], on=on)[case.pk]


def dossiers(cases: Sequence[MemberCase], *, on: dt.date) -> dict[int, Dossier]:
    """The dossier of each case, by its key; as many queries for a thousand as for one."""
    keys = [case.pk for case in cases]
    people = [case.person_id for case in cases]
    steps = _steps(keys)
    parts = Admission.objects.in_bulk(keys)
    helpers = _helpers(keys)
    hanging = hung([case.number for case in cases])
    lessons, service = attended(people, part=LESSONS), attended(people, part=SERVICE)
    standing = _standing(cases, parts, steps, helpers, on)
    doubles = duplicates(cases, {key: steps[key].get("applied", on) for key in keys})
    pairs = pairs_used(cases, {key: helpers[key, Helper.Part.SPONSOR] for key in keys}, on)
    numbers = NumberLook(cases, on)
    found = {}
    for case in cases:
        part = parts.get(case.pk) or Admission(member_case=case)
        mine = steps[case.pk]
        found[case.pk] = Dossier(
            unit=case.unit,
            person=case.person_id,
            born_on=case.person.born_on,
            steps=mine,
            duplicate=doubles.get(case.pk, ""),
            notices={purpose: one for (number, purpose), one in hanging.items() if number == case.number},
            mentors=_stand(helpers[case.pk, Helper.Part.MENTOR], standing, mine.get("in_training", on)),
            sponsors=_stand(helpers[case.pk, Helper.Part.SPONSOR], standing, mine.get("voted", on)),
            lessons=lessons.get(case.person_id, ()),
            volunteered=service.get(case.person_id, ()),
            number=case.development_number,
            number_problem=numbers.problem(case, mine.get("voted", on)),
            block_problem=numbers.block_problem(case, mine.get("form_filled", on)),
            quota_used=numbers.quota_used(case, mine.get("form_filled", on)),
            same_pair=pairs.get(case.pk, 0),
            document_number=case.document_number,
            **facts_of(part),
        )
    return found


def facts_of(part: Admission) -> dict[str, Any]:
    """What a dossier takes from the part as it stands."""
    former = Former(part.former_school, part.former_since, part.former_hours or 0, part.former_paper)  # type: ignore[arg-type]
    return {
        "talked_by": part.talked_by,
        "recommended_by": part.recommended_by,
        "decided_by": part.decided_by,
        "filed_on": part.filed_on,
        "mentor_talks": part.mentor_talks,
        "online_percent": part.online_percent,
        "former": former if part.former_school else None,
        "pre_examined_on": part.pre_examined_on,
        "pre_examination": part.pre_examination,
        "sponsored_on": part.sponsored_on,
        "vote": vote_of(part.entitled, part.present, part.ballots, part.in_favour, part.secret),
        "collectively": part.collectively,
        "county_filed_on": part.county_filed_on,
        "form_kept_at": part.form_kept_at,
        "entered_on": part.entered_on,
    }


def vote_of(
    entitled: int | None, present: int | None, ballots: int | None, in_favour: int | None, secret: bool
) -> Vote | None:
    """The vote when all its numbers are given."""
    if entitled is None or present is None or ballots is None or in_favour is None:
        return None
    return Vote(entitled, present, ballots, in_favour, bool(secret))


def duplicates(cases: Sequence[MemberCase], applied: Mapping[int, dt.date]) -> dict[int, str]:
    """Why somebody cannot be admitted once more: a member already, or another application under way."""
    people = {case.person_id for case in cases}
    joined = joined_before(people)
    others = _other_cases(people)
    found = {}
    for case in cases:
        since = joined.get(case.person_id)
        if since is not None and since < applied[case.pk]:
            found[case.pk] = already_member(since)
            continue
        twice = [number for pk, number in others.get(case.person_id, ()) if pk != case.pk]
        if twice:
            found[case.pk] = applied_already(twice[0])
    return found


def already_member(since: dt.date) -> str:
    return _("The applicant is a member since %s already; look at the register.") % since


def applied_already(number: str) -> str:
    return _("This person has another admission, %s; carry that one on.") % number


def joined_before(people: Collection[int]) -> dict[int, dt.date]:
    """The day on which each of these persons joined, as the register has it."""
    rows = Membership.objects.filter(person__in=people, joined_on__isnull=False).order_by("-joined_on")
    return {person: joined for person, joined in rows.values_list("person", "joined_on") if joined}


def _other_cases(people: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    rows = MemberCase.objects.filter(person__in=people, kind__in=kinds_of_admission())
    found: dict[int, list[tuple[int, str]]] = {}
    for person, pk, number in rows.exclude(state=State.VOID).values_list("person", "pk", "number"):
        found.setdefault(person, []).append((pk, number))
    return found


def pairs_used(
    cases: Sequence[MemberCase], sponsors: Mapping[int, Iterable[tuple[int, str]]], on: dt.date
) -> dict[int, int]:
    """How many other admissions of the branch and year the same two sponsor, by case."""
    mine = {pk: frozenset(person for person, _name in named) for pk, named in sponsors.items()}
    every: dict[int, set[int]] = {}
    units = {case.unit_id for case in cases}
    rows = Helper.objects.filter(
        Q(member_case__happened_on__year=on.year),
        part=Helper.Part.SPONSOR,
        member_case__unit__in=units,
    ).exclude(member_case__state=State.VOID)
    branch = {}
    for pk, unit, person in rows.values_list("member_case", "member_case__unit", "person"):
        every.setdefault(pk, set()).add(person)
        branch[pk] = unit
    total = Counter((branch[pk], frozenset(pair)) for pk, pair in every.items())
    return {
        case.pk: total[case.unit_id, mine[case.pk]] - (case.pk in every)
        for case in cases
        if len(mine.get(case.pk, ())) > 1
    }


class NumberLook:
    """What is wrong with development numbers: by themselves, taken by another, outside the quota."""

    def __init__(self, cases: Sequence[MemberCase], on: dt.date) -> None:
        self.book = QuotaBook(
            {on.year, *(int(case.development_number[:4]) for case in cases if _dated(case))}
        )
        self.holders = number_holders({case.development_number for case in cases} - {""})

    def problem(self, case: MemberCase, on: dt.date) -> str:
        number = case.development_number
        if not number:
            return ""
        if self.holders.get(number, {case.person_id}) - {case.person_id}:
            return number_taken(on)
        return number_problem(number, on)

    def block_problem(self, case: MemberCase, on: dt.date) -> str:
        if not case.development_number:
            return ""
        return self.book.problem(case.development_number, case.unit, on=on)

    def quota_used(self, case: MemberCase, on: dt.date) -> tuple[int, int] | None:
        return quota_used(self.book, case.development_number, case.unit, on) if _dated(case) else None


def quota_used(book: QuotaBook, number: str, unit: Unit, on: dt.date) -> tuple[int, int] | None:
    """How many numbers of the unit's quota are given with this one, and how many places there are."""
    used, places = book.used_of(unit, int(number[:4]), on=on)
    return (len(used | {number}), places) if places else None


def number_taken(on: dt.date) -> str:
    said = _("Somebody else has this development number; each belongs to one member.")
    return ruling("development_number_unique", on=on).refusal(said)


def number_holders(numbers: Collection[str]) -> dict[str, set[int]]:
    """Who has each of these numbers, by a case that stands or by the register."""
    found: dict[str, set[int]] = {}
    cases = MemberCase.objects.filter(development_number__in=numbers).exclude(state=State.VOID)
    members = Membership.objects.filter(development_number__in=numbers)
    for rows in (cases, members):
        for number, person in rows.values_list("development_number", "person"):
            found.setdefault(number, set()).add(person)
    return found


def _dated(case: MemberCase) -> bool:
    return case.development_number[:4].isdigit() and len(case.development_number) > 4


def _steps(keys: Sequence[int]) -> dict[int, dict[str, dt.date]]:
    found: dict[int, dict[str, dt.date]] = {key: {} for key in keys}
    for key, stage, on in Step.objects.filter(member_case__in=keys).values_list("member_case", "stage", "on"):
        found[key][stage] = on
    return found


class _Helpers(dict[tuple[int, str], list[tuple[int, str]]]):
    def __missing__(self, key: tuple[int, str]) -> list[tuple[int, str]]:
        return []


def _helpers(keys: Sequence[int]) -> _Helpers:
    """Key and name of the helpers, by case and part."""
    found = _Helpers()
    rows = Helper.objects.filter(member_case__in=keys).order_by("pk")
    for case, part, person, name in rows.values_list("member_case", "part", "person", "person__name"):
        found.setdefault((case, part), []).append((person, name))
    return found


Problems = dict[tuple[int, dt.date], str]


def _standing(
    cases: Sequence[MemberCase],
    parts: Mapping[int, Admission],
    steps: Mapping[int, Mapping[str, dt.date]],
    helpers: _Helpers,
    on: dt.date,
) -> Problems:
    asked = set()
    for case in cases:
        mine = steps[case.pk]
        asked |= {(p, mine.get("in_training", on)) for p, _n in helpers[case.pk, Helper.Part.MENTOR]}
        asked |= {(p, mine.get("voted", on)) for p, _n in helpers[case.pk, Helper.Part.SPONSOR]}
    return standing_on(asked)


def standing_on(asked: Collection[tuple[int, dt.date]]) -> Problems:
    """Who of these persons could not help on the day asked with each: why, in a clause."""
    return hindrances_by_day(asked, for_=Bar.SPONSOR)


def _stand(named: Iterable[tuple[int, str]], problems: Problems, day: dt.date) -> list[Standing]:
    return [Standing(person, name, in_words(name, problems.get((person, day), ""))) for person, name in named]


def in_words(name: str, because: str) -> str:
    """The sentence about a helper who may not help; nothing when nothing hinders."""
    if not because:
        return ""
    return _("%(name)s cannot stand by the applicant: %(because)s.") % {"name": name, "because": because}


def entitled_to_vote(unit: int, *, on: dt.date) -> int:
    """How many members of the branch may vote on the day: those under probation may not."""
    people = set(Membership.objects.on(on).filter(unit=unit).values_list("person", flat=True))
    return len(people - set(hindrances(people, for_=Bar.VOTE, on=on)))


def names_of(people: Collection[int]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
