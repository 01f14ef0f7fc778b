"""What an examination found: files, their worksheets, the rows to save and what stands against."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.exchange.mapping import Recognised
from qingce.foundation.exchange.models import Batch
from qingce.foundation.exchange.sheets import Row, Sheet

KEPT_REFUSALS = 5000  # a wrong file has as many as it has cells; the rest is only counted


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not imported: where, and the sentence. Row 0 means the whole worksheet."""

    worksheet: str
    row: int
    column: str
    reason: str
    place: int | None = None  # of the cell, counting columns from 0

    def __str__(self) -> str:
        where = [_("Worksheet “%s”") % self.worksheet] if self.worksheet else []
        where += [_("row %d") % self.row] if self.row else []
        where += [f"“{self.column}”"] if self.column else []
        separator, colon = _(", "), _(": ")
        return f"{separator.join(where)}{colon}{self.reason}" if where else self.reason


@dataclass
class SheetExamination:
    """One worksheet taken for `sheet`: the rows that may be saved and what stands against others."""

    sheet: Sheet
    title: str
    recognised: Recognised
    rows: list[Row] = field(default_factory=list)
    doubtful: list[Row] = field(default_factory=list)  # refused rows, checked on for more faults
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused_rows: set[int] = field(default_factory=set)
    unlisted: int = 0  # refusals beyond KEPT_REFUSALS
    judged_late: bool = False  # its rules are asked when the sheets it waits for have been saved

    def refuse(self, row: int, column: str | None, because: Any) -> None:
        if row:
            self.refused_rows.add(row)
        if len(self.refusals) >= KEPT_REFUSALS:
            self.unlisted += 1
        else:
            self.refusals.append(self._told(row, column, because))

    @property
    def every_row(self) -> list[Row]:
        """Rows and doubtful rows, as they stand in the file."""
        if not self.doubtful:
            return self.rows
        return sorted([*self.rows, *self.doubtful], key=lambda row: row.number)

    def set_refused_aside(self) -> None:
        """Move rows that were refused meanwhile from `rows` to `doubtful`."""
        if self.refused_rows:
            refused = self.refused_rows
            self.doubtful += [row for row in self.rows if row.number in refused]
            self.rows = [row for row in self.rows if row.number not in refused]

    def remark(self, row: int, column: str | None, because: Any) -> None:
        if len(self.remarks) < KEPT_REFUSALS:
            self.remarks.append(self._told(row, column, because))

    def _told(self, row: int, column: str | None, because: Any) -> Refusal:
        place = self._place(column)
        label = str(self.sheet.column(column).label) if column else ""
        return Refusal(self.title, row, label, str(because), place)

    def _place(self, name: str | None) -> int | None:
        for place, column in self.recognised.fields.items():
            if column.name == name:
                return place + self.recognised.grid.left
        return None


@dataclass
class FileExamination:
    """One file. It is imported whole or, when anything at all is refused, not at all."""

    path: Path
    digest: str = ""
    sheets: list[SheetExamination] = field(default_factory=list)
    unmapped: list[Recognised] = field(default_factory=list)
    own_refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    earlier: Batch | None = None

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def refusals(self) -> list[Refusal]:
        return [
            *self.own_refusals,
            *(refusal for part in self.sheets for refusal in part.refusals),
        ]

    @property
    def refusal_count(self) -> int:
        return len(self.refusals) + sum(part.unlisted for part in self.sheets)

    @property
    def refused(self) -> bool:
        return bool(self.own_refusals) or any(part.refusals for part in self.sheets)

    @property
    def row_count(self) -> int:
        return sum(len(part.rows) for part in self.sheets)

    def refuse(self, worksheet: str, because: Any) -> None:
        self.own_refusals.append(Refusal(worksheet, 0, "", str(because)))


@dataclass
class Examination:
    """Several files, in the order in which they will be taken."""

    files: list[FileExamination]

    @property
    def refused(self) -> bool:
        return any(file.refused for file in self.files)
