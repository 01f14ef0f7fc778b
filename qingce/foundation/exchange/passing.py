"""Lines that a careful clerk passes over: totals, signatures, repeated heads, the sample row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.exchange import cells
from qingce.foundation.exchange.columns import Choice
from qingce.foundation.exchange.mapping import Recognised
from qingce.foundation.exchange.sheets import Sheet

TOTALS = frozenset({"合计", "总计", "小计", "共计", "累计", "total"})
FOOTERS = (
    *("填表人", "审核人", "制表人", "负责人签", "填报人", "填报单位", "填报时间", "填表说明"),
    *("备注：", "备注:", "注：", "注:", "说明：", "说明:"),
)
FOOTER_CELLS = 4  # a line of signatures has few filled cells
TOLD = 5  # row numbers named in a note


class PassedOver:
    """Decides line by line, and remembers what to say about it."""

    def __init__(self, found: Recognised, sheet: Sheet) -> None:
        self._heads = found.heads
        self._first_head = next((head for head in found.heads if head), "")
        self._sample = {
            place: cells.text(column.example)
            for place, column in found.fields.items()
            # A word of a dictionary is written in the language of the template, whichever that was.
            if column.example != "" and (column.sample != "" or not isinstance(column, Choice))
        }
        self._wide = {
            first + 1
            for (first, left), (last, right) in found.grid.merges
            if first == last > found.line and (right - left + 1) * 2 > len(found.fields)
        }
        self._told: dict[str, list[int]] = {}

    def over(self, number: int, line: Sequence[Any]) -> bool:
        """Whether to pass over this line; a line without any value is passed over in silence."""
        first = next((value for value in line if value != ""), None)
        if first is None:
            return True
        if reason := self._reason(number, line, first):
            self._told.setdefault(reason, []).append(number)
        return bool(reason)

    def notes(self) -> list[str]:
        return [
            sentence % ("、".join(map(str, rows[:TOLD])) + ("…" if len(rows) > TOLD else ""))
            for sentence, rows in self._told.items()
        ]

    def _reason(self, number: int, line: Sequence[Any], first: Any) -> str:
        if self._is_sample(line):
            return _("Row %s is the sample row of the template and was left out.")
        if number in self._wide and _filled(line) == 1:
            return _("Row %s is a heading across the columns and was left out.")
        if first.__class__ is not str:
            return ""
        if first.startswith(FOOTERS) and _filled(line) <= FOOTER_CELLS:
            return _("Row %s holds a remark or signatures and was left out.")
        if first.replace(" ", "").lower() in TOTALS:
            return _("Row %s is a total and was left out.")
        if first.strip() == self._first_head and self._repeats_heads(line):
            return _("Row %s repeats the heads and was left out.")
        return ""

    def _repeats_heads(self, line: Sequence[Any]) -> bool:
        pairs = zip(line, self._heads, strict=False)
        return all(cells.text(value) == head for value, head in pairs)

    def _is_sample(self, line: Sequence[Any]) -> bool:
        if len(self._sample) < 2:
            return False
        return all(cells.text(line[place]) == said for place, said in self._sample.items())


def _filled(line: Sequence[Any]) -> int:
    return sum(value != "" for value in line)
