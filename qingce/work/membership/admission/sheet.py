"""The sheet of admissions (发展团员台账): a row tells one from application to archive; guards judge it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import Choice, Date, Decimal, Fault, IdNumber, Integer, Row, Text, YesNo
from qingce.foundation.exchange.saving import Gathering
from qingce.foundation.exchange.vocabulary import offered
from qingce.league.organisations.models import Placement, Unit
from qingce.league.organisations.numbers import number_problem
from qingce.ledger.attending import attended
from qingce.ledger.notices.hung import Hung
from qingce.ledger.notices.models import Notice, NoticeEntry
from qingce.ledger.records.models import State
from qingce.work.membership.admission.dossier import (
    ACTIVIST_NOTICE,
    MEMBER_NOTICE,
    TARGET_NOTICE,
    Dossier,
    Standing,
)
from qingce.work.membership.admission.guards import judge
from qingce.work.membership.admission.models import Admission, Decider, Helper, Recommender
from qingce.work.membership.admission.notices import TITLES, school_and_class
from qingce.work.membership.admission.reading import (
    LESSONS,
    SERVICE,
    already_member,
    applied_already,
    facts_of,
    in_words,
    joined_before,
    kinds_of_admission,
    number_holders,
    number_taken,
    quota_used,
    standing_on,
)
from qingce.work.membership.models import MemberCase
from qingce.work.membership.procedure_sheet import ProcedureSheet, born_in, people_by_number
from qingce.work.membership.quota.book import QuotaBook

RECOMMENDER_WORDS = {"少先队推优": Recommender.PIONEERS, "团员推荐": Recommender.MEMBERS}
DECIDER_WORDS = {"支委会": Decider.COMMITTEE, "支部大会": Decider.MEETING}
HISTORY_UNTIL = 2017  # who joined younger than 14 before then is history: flagged, not refused
NOTICES = {
    ACTIVIST_NOTICE: ("activist_notice_from", "activist_notice_until"),
    TARGET_NOTICE: ("notice_from", "notice_until"),
    MEMBER_NOTICE: ("member_notice_from", "member_notice_until"),
}
HELPERS = {Helper.Part.MENTOR: ("mentor", "mentor_2"), Helper.Part.SPONSOR: ("sponsor", "sponsor_2")}
DAYS = {
    "applied": "applied_on",
    "talked": "talked_on",
    "activist": "activist_on",
    "in_training": "in_training_on",
    "target": "target_on",
    "noticed": "notice_until",
    "form_filled": "form_filled_on",
    "voted": "voted_on",
    "approved": "approved_on",
    "sworn": "sworn_on",
    "archived": "archived_on",
}
TOLD = [
    "talked_by",
    "recommended_by",
    "decided_by",
    "filed_on",
    "mentor_talks",
    "online_percent",
    "former_school",
    "former_since",
    "former_hours",
    "former_paper",
    "pre_examined_on",
    "pre_examination",
    "sponsored_on",
    "entitled",
    "present",
    "ballots",
    "in_favour",
    "county_filed_on",
    "form_kept_at",
]


class AdmissionSheet(ProcedureSheet):
    code = "admissions"
    label = gettext_lazy("Admissions to the League")
    order = 62
    waits_for = ("roster", "allotments", "activities", "sessions", "participations")
    parts_of_kind = ("admission",)
    stage_columns = DAYS
    own = [
        Date("applied_on", gettext_lazy("Applied on"), synonyms=["申请日期"], required=True),
        Date("talked_on", gettext_lazy("Talk on"), synonyms=["谈话日期"]),
        Text("talked_by", gettext_lazy("Who talked"), synonyms=["谈话人"], max_length=60),
        Date("activist_on", gettext_lazy("Activist from"), synonyms=["确定积极分子日期"]),
        Choice(
            "recommended_by",
            gettext_lazy("Recommended by"),
            synonyms=["推荐方式"],
            choices=lambda: offered(Recommender, RECOMMENDER_WORDS),
        ),
        Choice(
            "decided_by",
            gettext_lazy("Decided by"),
            synonyms=["确定方式"],
            choices=lambda: offered(Decider, DECIDER_WORDS),
        ),
        Date(
            "activist_notice_from",
            gettext_lazy("Notice of the activist from"),
            synonyms=["积极分子公示起"],
        ),
        Date(
            "activist_notice_until",
            gettext_lazy("Notice of the activist until"),
            synonyms=["积极分子公示止"],
        ),
        Date("filed_on", gettext_lazy("Activist filed above on"), synonyms=["积极分子备案日期"]),
        Date("in_training_on", gettext_lazy("Training from"), synonyms=["培养开始日期"]),
        IdNumber("mentor", gettext_lazy("ID number of the mentor"), synonyms=["培养联系人身份证号"]),
        IdNumber(
            "mentor_2", gettext_lazy("ID number of the second mentor"), synonyms=["第二培养联系人身份证号"]
        ),
        Integer(
            "mentor_talks", gettext_lazy("Talks with a mentor"), synonyms=["培养谈话次数"], min=0, unit="次"
        ),
        Integer(
            "online_percent",
            gettext_lazy("Online lessons learnt (%)"),
            synonyms=["网上团课完成率"],
            min=0,
            max=100,
        ),
        Text(
            "former_school", gettext_lazy("Former school of training"), synonyms=["原培养学校"], max_length=80
        ),
        Date("former_since", gettext_lazy("Trained there from"), synonyms=["原学校培养开始日期"]),
        Decimal(
            "former_hours",
            gettext_lazy("Hours of lessons there"),
            synonyms=["原学校团课学时"],
            places=1,
            min=0,
            max=999,
            unit="学时",
        ),
        Text(
            "former_paper",
            gettext_lazy("Papers transferred"),
            synonyms=["转入培养材料存放处"],
            max_length=120,
        ),
        Date("target_on", gettext_lazy("Target from"), synonyms=["确定发展对象日期"]),
        Date("pre_examined_on", gettext_lazy("Pre-examined on"), synonyms=["预审日期"]),
        Text(
            "pre_examination", gettext_lazy("Written pre-examination"), synonyms=["预审文号"], max_length=120
        ),
        Date("notice_from", gettext_lazy("Notice of the target from"), synonyms=["发展对象公示起"]),
        Date("notice_until", gettext_lazy("Notice of the target until"), synonyms=["发展对象公示止"]),
        Text(
            "development_number",
            gettext_lazy("Development number"),
            synonyms=["发展团员编号"],
            code=True,
            max_length=16,
        ),
        Date("form_filled_on", gettext_lazy("Joining form on"), synonyms=["填写志愿书日期"]),
        IdNumber("sponsor", gettext_lazy("ID number of a sponsor"), synonyms=["介绍人身份证号"]),
        IdNumber(
            "sponsor_2", gettext_lazy("ID number of the other sponsor"), synonyms=["另一介绍人身份证号"]
        ),
        Date("sponsored_on", gettext_lazy("Opinions of the sponsors on"), synonyms=["介绍人意见日期"]),
        Date("voted_on", gettext_lazy("Branch meeting on"), synonyms=["支部大会日期"]),
        Integer("entitled", gettext_lazy("Entitled to vote"), synonyms=["有表决权人数"], min=0, unit="人"),
        Integer("present", gettext_lazy("Present"), synonyms=["到会人数"], min=0, unit="人"),
        Integer("ballots", gettext_lazy("Ballots returned"), synonyms=["收回票数"], min=0, unit="票"),
        Integer("in_favour", gettext_lazy("In favour"), synonyms=["赞成票数"], min=0, unit="票"),
        YesNo("secret", gettext_lazy("Secret ballot"), synonyms=["无记名投票"]),
        Date("approved_on", gettext_lazy("Approved on"), synonyms=["批准日期"]),
        YesNo("collectively", gettext_lazy("Decided together"), synonyms=["集体讨论"]),
        Text("document_number", gettext_lazy("Document number"), synonyms=["文号"], max_length=80),
        Date("county_filed_on", gettext_lazy("Filed with the county on"), synonyms=["县级备案日期"]),
        Date("member_notice_from", gettext_lazy("Notice of the member from"), synonyms=["新团员公示起"]),
        Date("member_notice_until", gettext_lazy("Notice of the member until"), synonyms=["新团员公示止"]),
        Date("sworn_on", gettext_lazy("Oath on"), synonyms=["宣誓日期"]),
        Text("form_kept_at", gettext_lazy("Joining form kept at"), synonyms=["志愿书存放处"], max_length=120),
        Date("in_system_on", gettext_lazy("In the national system on"), synonyms=["录入全国系统日期"]),
        Date("archived_on", gettext_lazy("Archived on"), synonyms=["归档日期"]),
    ]

    def happened_on(self, row: Row) -> dt.date:
        """The day of the branch meeting, which is the day of joining; before it, the application."""
        return row["voted_on"] or row["applied_on"]

    def own_facts(self, row: Row) -> dict[str, Any]:
        names = [name for name in ("development_number", "document_number") if name in row]
        return {name: row[name] or "" for name in names}

    def part(self, row: Row) -> tuple[Any, dict[str, Any]]:
        return Admission, told_of(row)

    def judged(self, rows: Sequence[Row]) -> dict[int, list[Fault]]:
        look = Beside(self, rows)
        return {row.number: self.faults_of(row, self._findings(row, look)) for row in rows}

    def _findings(self, row: Row, look: Beside) -> list[Any]:
        steps, found = self.steps_of(row), []
        whole = look.dossier(row, steps)
        for stage, on in steps.items():
            found += judge(whole, stage, on=on)
        return [one for one in found if not self._is_history(row, one, look)]

    def _is_history(self, row: Row, one: Any, look: Beside) -> bool:
        """A year for which no quota was ever kept cannot be held against a number."""
        number = row["development_number"] or ""
        return one.ruling.code == "admission_number_in_block" and not look.book.has(int(number[:4] or 0))

    def faults_of(self, row: Row, found: Any) -> list[Fault]:
        faults = []
        for one in found:
            young = one.ruling.code == "admission_age_least" and one.on.year < HISTORY_UNTIL
            for fault in super().faults_of(row, [one]):
                faults.append(fault._replace(stops=False) if young else fault)
        return faults

    def save_own(self, pairs: Sequence[tuple[Row, MemberCase]], by: Any, batch: Any) -> None:
        _save_helpers(pairs)
        _save_notices(pairs, by)


class Beside:
    """Everything that the dossiers of a file ask of the ledger, read once."""

    def __init__(self, sheet: AdmissionSheet, rows: Sequence[Row]) -> None:
        names = ["id_number", *(one for pair in HELPERS.values() for one in pair)]
        self.people = people_by_number({row[name] for row in rows for name in names if row[name]})
        applicants = {p.pk for row in rows if (p := self.people.get(row["id_number"]))}
        self.lessons = attended(applicants, part=LESSONS)
        self.service = attended(applicants, part=SERVICE)
        self.joined = joined_before(applicants)
        self.others = self._others(sheet, rows, applicants)
        numbers = {row["development_number"] for row in rows if row["development_number"]}
        self.holders = number_holders(numbers)
        self.in_file: dict[str, str] = {}
        for row in rows:
            if row["development_number"] and row["state"] != State.VOID:
                self.in_file.setdefault(row["development_number"], row["id_number"])
        self.book = QuotaBook({int(number[:4]) for number in numbers if number[:4].isdigit()})
        self.problems = standing_on(self._asked(rows))
        self.pairs = Counter(self._pair(row) for row in rows if row["voted_on"])

    def dossier(self, row: Row, steps: Mapping[str, dt.date]) -> Dossier:
        person = self.people.get(row["id_number"])
        key = person.pk if person else 0
        number = row["development_number"] or ""
        joining = row["voted_on"] or row["form_filled_on"]
        return Dossier(
            unit=row["unit"],
            person=key,
            born_on=born_in(row),
            steps=steps,
            duplicate=self._duplicate(row, key),
            notices=_hung(row),
            mentors=self._stand(row, Helper.Part.MENTOR, row["in_training_on"]),
            sponsors=self._stand(row, Helper.Part.SPONSOR, row["voted_on"]),
            lessons=self.lessons.get(key, ()),
            volunteered=self.service.get(key, ()),
            number=number,
            number_problem=self._number_problem(row, number, key, joining) if joining else "",
            block_problem=self._block_problem(row, number),
            quota_used=self._quota_used(row, number),
            same_pair=max(self.pairs[self._pair(row)] - 1, 0),
            document_number=row["document_number"] or "",
            **facts_of(Admission(**told_of(row))),
        )

    def _number_problem(self, row: Row, number: str, person: int, joining: dt.date) -> str:
        if not number:
            return ""
        if self.in_file.get(number, row["id_number"]) != row["id_number"]:
            return number_taken(joining)
        if self.holders.get(number, {person}) - {person}:
            return number_taken(joining)
        return number_problem(number, joining)

    def _block_problem(self, row: Row, number: str) -> str:
        if not number or not row["form_filled_on"]:
            return ""
        return self.book.problem(number, row["unit"], on=row["form_filled_on"])

    def _quota_used(self, row: Row, number: str) -> tuple[int, int] | None:
        if not number[:4].isdigit() or not row["form_filled_on"]:
            return None
        return quota_used(self.book, number, row["unit"], row["form_filled_on"])

    def _duplicate(self, row: Row, person: int) -> str:
        since = self.joined.get(person)
        if since is not None and since < row["applied_on"]:
            return already_member(since)
        other = self.others.get(person)
        return applied_already(other) if other else ""

    def _others(self, sheet: AdmissionSheet, rows: Sequence[Row], people: set[int]) -> dict[int, str]:
        """Admissions of these persons that are not rows of this file."""
        mine = {sheet.key_of(row) for row in rows}
        cases = MemberCase.objects.filter(person__in=people, kind__in=kinds_of_admission())
        told = cases.exclude(state=State.VOID).values_list("person", "number", "source_key")
        return {person: number for person, number, key in told if key not in mine}

    def _asked(self, rows: Sequence[Row]) -> set[tuple[int, dt.date]]:
        asked = set()
        for row in rows:
            for part, column in ((Helper.Part.MENTOR, "in_training_on"), (Helper.Part.SPONSOR, "voted_on")):
                if row[column]:
                    asked |= {(one.pk, row[column]) for one in self._named(row, part) if one}
        return asked

    def _named(self, row: Row, part: Helper.Part) -> list[Any]:
        return [self.people.get(row[name]) for name in HELPERS[part] if row[name]]

    def _stand(self, row: Row, part: Helper.Part, day: dt.date | None) -> list[Standing]:
        stand = []
        for person in self._named(row, part):
            if person is None:
                stand.append(Standing(0, "—", in_words("—", _("nobody on the register has this ID number"))))
            elif day is not None:
                because = self.problems.get((person.pk, day), "")
                stand.append(Standing(person.pk, person.name, in_words(person.name, because)))
        return stand

    def _pair(self, row: Row) -> tuple[Any, ...]:
        year = row["voted_on"].year if row["voted_on"] else 0
        return row["unit"].pk, year, frozenset(row[name] for name in HELPERS[Helper.Part.SPONSOR])


def told_of(row: Row) -> dict[str, Any]:
    """The facts of the part that the row tells; an empty cell empties a text."""
    told = {name: _or_empty(name, row[name]) for name in TOLD if name in row}
    if "in_system_on" in row:
        told["entered_on"] = row["in_system_on"]
    return told | {name: bool(row[name]) for name in ("secret", "collectively") if name in row}


def _or_empty(name: str, value: Any) -> Any:
    return "" if value is None and not Admission._meta.get_field(name).null else value


def _hung(row: Row) -> dict[str, Hung]:
    return {
        purpose: Hung(row[first], row[last])
        for purpose, (first, last) in NOTICES.items()
        if row[first] and row[last] and row[first] <= row[last]
    }


def _save_helpers(pairs: Sequence[tuple[Row, MemberCase]]) -> None:
    numbers = {row[name] for row, _case in pairs for names in HELPERS.values() for name in names if row[name]}
    people = people_by_number(numbers)
    held = set(
        Helper.objects.filter(member_case__in=[case.pk for _row, case in pairs]).values_list(
            "member_case", "part", "person"
        )
    )
    told = {
        (case.pk, str(part), people[row[name]].pk)
        for row, case in pairs
        for part, names in HELPERS.items()
        for name in names
        if row[name] and row[name] in people
    }
    named = {(case, part) for case, part, _person in told}
    gone = {one for one in held - told if one[:2] in named}
    for case, part, person in gone:
        Helper.objects.filter(member_case=case, part=part, person=person).delete()
    fresh = Gathering(Helper)
    for case, part, person in sorted(told - held):
        fresh.add(Helper(member_case_id=case, part=part, person_id=person))
    fresh.save()


def _save_notices(pairs: Sequence[tuple[Row, MemberCase]], by: Any) -> None:
    """One notice for all rows of a body that hung on the same days."""
    held = set(
        NoticeEntry.objects.filter(record__in=[case.number for _row, case in pairs]).values_list(
            "record", "notice__purpose", "notice__opens_on", "notice__closes_on"
        )
    )
    bodies = _bodies({row["unit"].pk for row, _case in pairs})
    sheets: dict[tuple[Unit, str, dt.date, dt.date], list[tuple[Row, MemberCase]]] = {}
    for row, case in pairs:
        for purpose, one in _hung(row).items():
            if (case.number, purpose, one.opens_on, one.closes_on) not in held:
                body = bodies.get(row["unit"].pk, row["unit"])
                sheets.setdefault((body, purpose, one.opens_on, one.closes_on), []).append((row, case))
    entries = Gathering(NoticeEntry)
    notices = Gathering(Notice)
    for body, purpose, first, last in sheets:
        notices.add(
            Notice(
                unit=body,
                purpose=purpose,
                title=str(TITLES[purpose]),
                opens_on=first,
                closes_on=last,
                put_up_by=by,
            )
        )
    notices.save()
    for notice, ((body, *_rest), those) in zip(notices.fresh, sheets.items(), strict=True):
        for row, case in those:
            school, class_name = school_and_class(row["unit"], body)
            entries.add(
                NoticeEntry(
                    notice=notice,
                    record=case.number,
                    name=row["title"],
                    school=school,
                    class_name=class_name,
                )
            )
    entries.save()


def _bodies(units: set[int]) -> dict[int, Unit]:
    """The body that each branch stands under."""
    placed = Placement.objects.filter(unit__in=units, parent__isnull=False).select_related("parent")
    return {one.unit_id: one.parent for one in placed.order_by("since") if one.parent}
