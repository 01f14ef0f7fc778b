"""The sheet of admissions (发展团员台账): a row tells one from application to archive; guards judge it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import Fault, Row
from qingce.work.membership.admission.guards import judge
from qingce.work.membership.admission.models import Admission
from qingce.work.membership.admission.sheet.beside import Beside
from qingce.work.membership.admission.sheet.columns import COLUMNS, DAYS, told_of
from qingce.work.membership.admission.sheet.saving import save_helpers, save_notices
from qingce.work.membership.models import MemberCase
from qingce.work.membership.procedure_sheet import ProcedureSheet

HISTORY_UNTIL = 2017  # who joined younger than 14 before then is history: flagged, not refused


class AdmissionSheet(ProcedureSheet):
    code = "admissions"
    label = gettext_lazy("Admissions to the League")
    order = 62
    waits_for = ("roster", "allotments", "activities", "sessions", "participations")
    parts_of_kind = ("admission",)
    stage_columns = DAYS
    own = COLUMNS

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
        save_helpers(pairs)
        save_notices(pairs, by)
