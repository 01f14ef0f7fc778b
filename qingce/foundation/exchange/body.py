"""Reading the rows beneath the heads: one compiled reader for each column, one loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingce.foundation.exchange.cells import Misread
from qingce.foundation.exchange.columns import Reader
from qingce.foundation.exchange.mapping import Recognised
from qingce.foundation.exchange.passing import PassedOver
from qingce.foundation.exchange.sheets import Heads, Row, Sheet

KEPT_FAULTS = 20_000
TOLD_EVERY = 1000  # rows between two reports of progress

Plan = list[tuple[int, int, Reader, bool, str]]  # place in line, slot, reader, required, field
Faults = list[tuple[str, str]]  # field, sentence


@dataclass
class Body:
    """Rows that could be read, faults as (row, field, sentence), and what was noticed."""

    rows: list[Row] = field(default_factory=list)
    doubtful: list[Row] = field(default_factory=list)  # with faults, read as far as they go
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    uncounted: int = 0  # faults beyond KEPT_FAULTS
    notes: list[str] = field(default_factory=list)

    def refuse(self, number: int, faults: Faults) -> None:
        if len(self.faults) < KEPT_FAULTS:
            self.faults += [(number, name, because) for name, because in faults]
        else:
            self.uncounted += len(faults)


def read_body(found: Recognised, sheet: Sheet, progress: Callable[[int], None] | None) -> Body:
    """Every row of the worksheet that says something."""
    body = Body()
    names = [column.name for column in sheet.columns]
    heads = Heads(names, [column.name for column in found.fields.values()])
    nothing = [column.empty for column in sheet.columns]
    plan = _plan(found, heads)
    broken = _broken(found)
    passed = PassedOver(found, sheet)
    for number, line in _lines(found):
        if progress and number % TOLD_EVERY == 0:
            progress(number)
        if passed.over(number, line):
            continue
        values = nothing.copy()
        here = _repaired(plan, line, broken[number], found) if number in broken else plan
        faults = _read_line(line, here, values)
        if faults:
            body.refuse(number, faults)
            body.doubtful.append(Row(number, values, heads))
        elif faults is not None:
            body.rows.append(Row(number, values, heads))
    body.notes = [*_notes_of(found), *passed.notes()]
    return body


def _plan(found: Recognised, heads: Heads) -> Plan:
    return [
        (place, heads.at[column.name], column.reader(), column.required, column.name)
        for place, column in found.fields.items()
    ]


def _read_line(line: Sequence[Any], plan: Plan, values: list[Any]) -> Faults | None:
    """Fill `values` and give the faults; None when the line says nothing at all."""
    faults: Faults = []
    missing = []
    said = False
    for place, slot, read, required, name in plan:
        value = line[place]
        if value != "":
            try:
                value = read(value)
            except Misread as misread:
                faults.append((name, str(misread)))
                continue
            if value is not None:
                values[slot] = value
                said = True
                continue
        if required:
            missing.append(name)
    if not said and not faults:
        return None
    return faults + [(name, _("This must be filled in.")) for name in missing]


def _lines(found: Recognised) -> Iterator[tuple[int, Sequence[Any]]]:
    """Lines beneath the heads with the row number that the spreadsheet program shows."""
    width = len(found.heads)
    fills = _fills(found)
    carried: dict[int, Any] = {}
    lines = islice(found.grid.rows(), found.line + 1, None)
    for number, line in enumerate(lines, found.line + 2):
        if len(line) < width:
            line = [*line, *[""] * (width - len(line))]
        if fills:
            _fill(line, fills.get(number, {}), carried)
        yield number, line


def _fill(line: Any, here: dict[int, bool], carried: dict[int, Any]) -> None:
    """Write the value of a vertical merge, kept in its first cell, into the others."""
    for place, begins in here.items():
        if begins:
            carried[place] = line[place]
        else:
            line[place] = carried.get(place, "")


def _fills(found: Recognised) -> dict[int, dict[int, bool]]:
    """Row number → place → whether a vertical merge begins here."""
    fills: dict[int, dict[int, bool]] = {}
    for (first, left), (last, right) in found.grid.merges:
        place = left - found.grid.left
        if left == right and first > found.line and 0 <= place < len(found.heads):
            for row in range(first, last + 1):
                fills.setdefault(row + 1, {})[place] = row == first
    return fills


def _broken(found: Recognised) -> dict[int, dict[int, str]]:
    """Row number → place → the sentence for a cell that holds an error or no calculated value."""
    broken: dict[int, dict[int, str]] = {}
    for (row, column), error in found.grid.found.errors.items():
        sentence = _("The cell holds the error %s; mend its formula or type the value.") % error
        broken.setdefault(row + 1, {})[column - found.grid.left] = sentence
    for row, column in found.grid.found.uncalculated:
        sentence = _(
            "The cell holds a formula that was never calculated; copy the column and paste it as values."
        )
        broken.setdefault(row + 1, {})[column - found.grid.left] = sentence
    return broken


def _repaired(plan: Plan, line: Any, broken: dict[int, str], found: Recognised) -> Plan:
    """The plan for one line in which the broken cells refuse instead of reading as empty."""
    for place in broken:
        if place in found.fields:
            line[place] = None
    return [
        (place, slot, _refusing(broken[place]) if place in broken else read, required, name)
        for place, slot, read, required, name in plan
    ]


def _refusing(sentence: str) -> Reader:
    def refuse(value: Any) -> Any:
        raise Misread(sentence)

    return refuse


def _notes_of(found: Recognised) -> list[str]:
    notes = []
    if found.line:
        notes.append(_("The heads stand in row %d; the lines above were left out.") % (found.line + 1))
    hidden = sum(row > found.line and row < found.grid.height for row in found.grid.found.hidden)
    if hidden:
        notes.append(
            ngettext(
                "%d hidden row was read like the others.",
                "%d hidden rows were read like the others.",
                hidden,
            )
            % hidden
        )
    if _fills(found):
        notes.append(_("Cells merged downwards count for each of their rows."))
    return notes
