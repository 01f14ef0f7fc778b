"""What the dossiers of a file ask of the ledger, read once for all of its rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.exchange import Row
from qingce.league.organisations.numbers import number_problem
from qingce.ledger.attending import attended
from qingce.ledger.records.models import State
from qingce.work.membership.admission.dossier import Dossier, Standing
from qingce.work.membership.admission.models import Admission, Helper
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
from qingce.work.membership.admission.sheet.columns import HELPERS, hung, told_of
from qingce.work.membership.models import MemberCase
from qingce.work.membership.procedure_sheet import ProcedureSheet, born_in, people_by_number
from qingce.work.membership.quota.book import QuotaBook


class Beside:
    """Everything that the dossiers of a file ask of the ledger, read once."""

    def __init__(self, sheet: ProcedureSheet, rows: Sequence[Row]) -> None:
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
            notices=hung(row),
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

    def _others(self, sheet: ProcedureSheet, rows: Sequence[Row], people: set[int]) -> dict[int, str]:
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
