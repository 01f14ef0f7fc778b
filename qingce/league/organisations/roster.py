"""The sheet of members, as the national system exports it: persons and their stays in branches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.among import Among
from qingce.foundation.dates import age
from qingce.foundation.exchange import (
    Choice,
    Column,
    Date,
    Fault,
    IdNumber,
    Name,
    Outcome,
    Phone,
    Reference,
    Row,
    Sheet,
    Text,
)
from qingce.foundation.exchange.saving import Gathering, blank, chunks, pour_rows
from qingce.foundation.exchange.vocabulary import offered
from qingce.foundation.privacy.fields import digest
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Unit
from qingce.league.organisations.numbers import card_number_problem, missing_number_problem, number_problem
from qingce.league.people.matching import (
    LOOKED_UP,
    People,
    birth_in,
    identity_problems,
    name_clash,
    names_by_digest,
)
from qingce.league.people.models import Sex
from qingce.league.rules.rulings import Rulings

SEX_WORDS = {"男": Sex.MALE, "女": Sex.FEMALE}
OF_PERSON = (
    "name",
    "id_number",
    "sex",
    "born_on",
    "ethnicity",
    "political_status",
    "education",
    "workplace",
    "phone",
)
OF_STAY = (
    "joined_on",
    "development_number",
    "card_number",
    "certification",
    "graduates_on",
    "duty",
    "volunteer_number",
    "until",
    "ended_because",
)
CHUNK = 2000

Faults = Iterator[Fault]


class Stay(NamedTuple):
    """One stay in one branch; `row` is 0 for what the register holds."""

    unit: Any
    since: dt.date
    until: dt.date | None
    row: int

    def overlaps(self, other: Stay) -> bool:
        return (other.until is None or self.since < other.until) and (
            self.until is None or other.since < self.until
        )


@dataclass
class Look:
    """What the register and the file itself say of the people in the file."""

    today: dt.date
    in_file: dict[str, list[Row]]  # ID number → rows, for those that several rows speak of
    names: dict[str, str] = field(default_factory=dict)  # digest → name on the register
    stays: dict[str, list[Stay]] = field(default_factory=dict)  # digest → stays on the register
    numbers: dict[str, str] = field(default_factory=dict)  # development number → its holder's digest
    numbered: dict[str, Row] = field(default_factory=dict)  # development number → first row
    rules: Rulings = field(default_factory=Rulings)

    @classmethod
    def of_rules(cls, rows: Sequence[Row], *, today: dt.date) -> Look:
        """What is needed to judge each row by itself."""
        look = cls(today, in_file={})
        look.rules.know({unit for row in rows if (unit := _known_branch(row))})
        return look


class RosterSheet(Sheet):
    code = "roster"
    label = gettext_lazy("Roster of members")
    order = 40
    columns: Sequence[Column] = [
        Name("name", gettext_lazy("Name"), synonyms=["姓名"], required=True, sample="张小明"),
        Choice("sex", gettext_lazy("Sex"), synonyms=["性别"], choices=lambda: offered(Sex, SEX_WORDS)),
        Text("ethnicity", gettext_lazy("Ethnic group"), synonyms=["民族"], max_length=20),
        IdNumber(
            "id_number",
            gettext_lazy("ID number"),
            synonyms=["身份证号", "身份证号码", "公民身份号码"],
            required=True,
        ),
        Date("born_on", gettext_lazy("Date of birth"), synonyms=["出生日期", "出生年月日"]),
        Text("political_status", gettext_lazy("Political status"), synonyms=["政治面貌"], max_length=20),
        Text("education", gettext_lazy("Education"), synonyms=["学历", "文化程度"], max_length=20),
        Text(
            "workplace",
            gettext_lazy("School or employer"),
            synonyms=["学校或工作单位", "工作单位", "学习工作单位"],
            max_length=80,
        ),
        Phone("phone", gettext_lazy("Phone"), synonyms=["手机号", "手机号码", "联系电话"]),
        Reference(
            "unit",
            gettext_lazy("Code of the branch"),
            resolve="units",
            synonyms=["所在团组织编码", "所在团组织", "所在团支部", "组织编码"],
            required=True,
            sample="QH010101",
        ),
        Date(
            "joined_on",
            gettext_lazy("Joined the League on"),
            synonyms=["入团时间", "入团日期", "入团年月"],
            required=True,
            month_only=True,
            sample=dt.date(2021, 5, 4),
        ),
        Text(
            "development_number",
            gettext_lazy("Development number"),
            synonyms=["发展团员编号", "发展编号"],
            code=True,
            max_length=16,
            sample="202162000001",
        ),
        Text(
            "card_number",
            gettext_lazy("Member card number"),
            synonyms=["团员证编号"],
            code=True,
            max_length=16,
        ),
        Text(
            "certification",
            gettext_lazy("State of the electronic file"),
            synonyms=["电子档案状态"],
            max_length=20,
        ),
        Date(
            "graduates_on",
            gettext_lazy("Graduates on"),
            synonyms=["毕业时间", "毕业日期"],
            month_only=True,
        ),
        Text("duty", gettext_lazy("Post in the League"), synonyms=["团内职务"], max_length=40),
        Text(
            "volunteer_number",
            gettext_lazy("Volunteer number"),
            synonyms=["志愿者编号"],
            code=True,
            max_length=30,
        ),
        Date(
            "since",
            gettext_lazy("In this branch from"),
            synonyms=["进入本支部时间", "转入时间"],
            month_only=True,
        ),
        Date(
            "until",
            gettext_lazy("Left this branch on"),
            synonyms=["离开本支部时间", "转出时间"],
            month_only=True,
        ),
        Text("ended_because", gettext_lazy("Left because"), synonyms=["离开原因"], max_length=40),
    ]

    def prepare(self, rows: Sequence[Row], *, by: Any) -> Look:
        look = Look.of_rules(rows, today=timezone.localdate())
        look.in_file = _spoken_of_twice(rows)
        for some in chunks(rows, LOOKED_UP):
            digests = {digest(row["id_number"]) for row in some}
            known = names_by_digest(digests)
            look.names |= known
            look.stays |= _stays_held(known)
            look.numbers |= _numbers_taken(some)
        return look

    def check(self, row: Row, look: Look) -> Iterable[Fault]:
        yield from own_faults(row, look)
        if (unit := _known_branch(row)) and (sentence := _gone(unit, row["until"])):
            yield Fault("unit", sentence)
        yield from _taken_number_faults(row, look)
        if look.names or row["id_number"] in look.in_file:
            yield from _register_faults(row, look)

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        _demand_branches(rows)
        outcome = Outcome()
        people = People(amend=True)
        for some in chunks(rows, CHUNK):
            _save_chunk(some, people, outcome)
        return outcome


def own_faults(row: Row, look: Look) -> Faults:
    """Rules that a row breaks by itself, whatever the register says."""
    number, born, sex = row["id_number"], row["born_on"], row["sex"]
    for name, because in identity_problems(number, born, sex):
        yield Fault(name, because)
    yield from _date_faults(row, look.today)
    yield from _age_faults(row, look)
    yield from _number_faults(row, look)
    yield from _branch_faults(row)


def _stays_held(digests: Collection[str]) -> dict[str, list[Stay]]:
    """Stays on the register by the digest of the ID number."""
    stays: dict[str, list[Stay]] = {}
    held = Membership.objects.filter(Among("person__id_digest", digests)).values_list(
        "person__id_digest", "unit", "since", "until"
    )
    for mark, unit, since, until in held:
        stays.setdefault(mark, []).append(Stay(unit, since, until, 0))
    return stays


def _numbers_taken(rows: Sequence[Row]) -> dict[str, str]:
    numbers = {row["development_number"] for row in rows if row["development_number"]}
    held = Membership.objects.filter(Among("development_number", numbers))
    return dict(held.values_list("development_number", "person__id_digest"))


def _spoken_of_twice(rows: Sequence[Row]) -> dict[str, list[Row]]:
    once: set[str] = set()
    twice: dict[str, list[Row]] = {}
    for row in rows:
        number = row["id_number"]
        if number in once:
            twice[number] = []
        once.add(number)
    for row in rows if twice else ():
        if row["id_number"] in twice:
            twice[row["id_number"]].append(row)
    return twice


def _date_faults(row: Row, today: dt.date) -> Faults:
    joined, since, until = row["joined_on"], row["since"], row["until"]
    if joined > today:
        yield Fault("joined_on", _("The day of joining the League lies in the future."))
    if until and until < joined:
        yield Fault("until", _("The member left before joining the League; check both days."))
    if since and until and until < since:
        yield Fault("until", _("The member left the branch before coming to it; check both days."))
    if since and (since.year, since.month) < (joined.year, joined.month):
        yield Fault("since", _("The member came to the branch before joining the League; check."))


def _age_faults(row: Row, look: Look) -> Faults:
    """Too young for history is refused; younger or older than the rule of admission is worth a look."""
    joined, born = row["joined_on"], birth_in(row["id_number"])
    if joined < born:
        yield Fault("joined_on", _("The member joined the League before being born; check both days."))
        return
    years, unit = age(born, on=joined), _known_branch(row)
    kept = look.rules.ruling("imported_join_age_least", on=joined, unit=unit)
    least = look.rules.ruling("admission_age_least", on=joined, unit=unit)
    if not kept.allows(years):
        said = _("The member was %(years)d when joining the League; nobody joins below %(least)d.")
        yield Fault("joined_on", kept.refusal(said % {"years": years, "least": least.value}))
    elif not least.allows(years):
        said = _("The member was %d when joining the League; kept as history, please verify.") % years
        yield Fault("joined_on", least.refusal(said), stops=False)
    elif not (under := look.rules.ruling("admission_age_under", on=joined, unit=unit)).allows(years):
        said = _("The member was already %d when joining the League; please verify.") % years
        yield Fault("joined_on", under.refusal(said), stops=False)


def _known_branch(row: Row) -> Unit | None:
    """The branch of a row; None while it is to come with the same file."""
    return row["unit"] if isinstance(row["unit"], Unit) else None


def _number_faults(row: Row, look: Look) -> Faults:
    number, joined = row["development_number"], row["joined_on"]
    if (card := row["card_number"]) and (
        odd := card_number_problem(card, joined, unit=_known_branch(row), rulings=look.rules)
    ):
        yield Fault("card_number", odd, stops=False)
    if not number:
        if "development_number" in row and (
            missing := missing_number_problem(joined, unit=_known_branch(row), rulings=look.rules)
        ):
            yield Fault("development_number", missing)
        return
    problem = number_problem(number, joined, unit=_known_branch(row), rulings=look.rules)
    if problem:
        yield Fault("development_number", problem)


def _taken_number_faults(row: Row, look: Look) -> Faults:
    """Each development number belongs to one member, in the file and on the register."""
    number = row["development_number"]
    if not number:
        return
    first = look.numbered.setdefault(number, row)
    if first["id_number"] != row["id_number"]:
        yield Fault(
            "development_number",
            _("Row %d has the same development number; each belongs to one member.") % first.number,
        )
    elif look.numbers and look.numbers.get(number, "") not in ("", digest(row["id_number"])):
        yield Fault(
            "development_number",
            _("Another member on the register has this development number; compare it."),
        )


def _branch_faults(row: Row) -> Faults:
    unit = row["unit"]
    if isinstance(unit, Unit):
        if sentence := _no_branch(unit):
            yield Fault("unit", sentence)
        elif row["since"] and row["since"] < unit.founded_on:
            yield Fault(
                "since",
                _("The branch was founded later, on %s; please verify.") % unit.founded_on,
                stops=False,
            )


def _no_branch(unit: Unit) -> str:
    if unit.is_branch:
        return ""
    return _("“%s” is not a branch; members belong to a branch beneath it.") % unit


def _gone(unit: Unit, until: dt.date | None) -> str:
    """A member who stays in a branch longer than there is one."""
    day = unit.dissolved_on
    if day is None or (until and until <= day):
        return ""
    return _(
        "“%(unit)s” was dissolved on %(day)s; name the branch in which the member is now, or give the day "
        "of leaving, no later than that."
    ) % {"unit": unit, "day": day}


def _register_faults(row: Row, look: Look) -> Faults:
    mark = digest(row["id_number"])
    if clash := name_clash(look.names.get(mark), row["name"]):
        yield Fault("name", clash)
    mine = look.in_file.get(row["id_number"], [row])
    if mine[0]["name"] != row["name"]:
        yield Fault("name", _("Row %d gives the same ID number to another name; compare.") % mine[0].number)
    yield from _overlap_faults(row, [_stay(one) for one in mine], look.stays.get(mark, []))


def _overlap_faults(row: Row, mine: Sequence[Stay], held: Sequence[Stay]) -> Faults:
    """A person is in one branch at a time; a row that says a stay anew takes its place."""
    own = _stay(row)
    for other in mine:
        if other.row < own.row and own.overlaps(other):
            yield Fault(
                "id_number",
                _("Row %d has the same person at the same time; keep one of the two rows.") % other.row,
            )
            return
    for other in held:
        said_anew = any(_same_stay(one, other) for one in mine)
        if not said_anew and own.overlaps(other):
            yield Fault(
                "unit",
                _(
                    "The person is a member of another branch since %s; record the transfer first, or "
                    "add a row with the day of leaving that branch."
                )
                % other.since,
            )
            return


def _stay(row: Row) -> Stay:
    unit = row["unit"]
    return Stay(
        unit.pk if isinstance(unit, Unit) else unit,
        row["since"] or row["joined_on"],
        row["until"],
        row.number,
    )


def _same_stay(said: Stay, held: Stay) -> bool:
    """The same branch, from the same day or still going on."""
    return said.unit == held.unit and (said.since == held.since or held.until is None)


def _demand_branches(rows: Iterable[Row]) -> None:
    """Branches that came with the same file were not known when the rows were checked."""
    for row in rows:
        if sentence := _no_branch(row["unit"]) or _gone(row["unit"], row["until"]):
            raise Refused(_("Row %(row)d: %(sentence)s") % {"row": row.number, "sentence": sentence})


def _save_chunk(rows: Sequence[Row], people: People, outcome: Outcome) -> None:
    told = _reader(rows[0], OF_PERSON)
    about_stay = _reader(rows[0], OF_STAY)
    keys = [person.pk for person in people.bring([told(row) for row in rows])]
    held = _stays_of(pk for pk in keys if pk not in people.entered)
    gathering = Gathering(Membership)
    nothing = blank(Membership)
    fresh = []
    for row, pk in zip(rows, keys, strict=True):
        unit, since = row["unit"].pk, row["since"]
        stay = _found(held.get((pk, unit), ()), since)
        if stay is None:
            place = {"person_id": pk, "unit_id": unit, "since": since or row["joined_on"]}
            fresh.append({**nothing, **place, **about_stay(row)})
            outcome.created += 1
        else:
            changed = bool(gathering.change(stay, about_stay(row))) or pk in people.changed
            outcome.updated += changed
            outcome.unchanged += not changed
    pour_rows(Membership, fresh)
    gathering.save()


def _reader(row: Row, names: Sequence[str]) -> Callable[[Row], dict[str, Any]]:
    """A function that gives those of `names` that the file has a column for."""
    slots = [(name, row.heads.at[name]) for name in names if name in row]

    def read(row: Row) -> dict[str, Any]:
        values = row.values
        return {name: values[slot] for name, slot in slots}

    return read


def _stays_of(persons: Iterable[int]) -> dict[tuple[int, int], list[Membership]]:
    held: dict[tuple[int, int], list[Membership]] = {}
    for stay in Membership.objects.filter(Among("person", persons)):
        held.setdefault((stay.person_id, stay.unit_id), []).append(stay)
    return held


def _found(stays: Sequence[Membership], since: dt.date | None) -> Membership | None:
    """The stay that began on `since`; when the file does not say, the one that goes on, or the last."""
    for stay in stays:
        if since == stay.since:
            return stay
    going_on = [stay for stay in stays if stay.until is None]
    if going_on:
        return going_on[0]
    return max(stays, key=lambda stay: stay.since, default=None) if since is None else None


roster_sheet = RosterSheet()
