"""Examining files: every row read and every rule checked, and nothing written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.exchange import reading, references, sheets
from qingce.foundation.exchange.body import Body, read_body
from qingce.foundation.exchange.examinations import (
    Examination,
    FileExamination,
    SheetExamination,
)
from qingce.foundation.exchange.mapping import (
    Mapped,
    Recognised,
    explain_unknown,
    is_notes,
    normalised,
    recognise,
)
from qingce.foundation.exchange.memory import nothing_collected
from qingce.foundation.exchange.models import Batch, ColumnMapping
from qingce.foundation.exchange.sheets import Fault, Row, Sheet
from qingce.foundation.refusals import Refused

Progress = Callable[[int, int], None]  # rows done, rows in all


@nothing_collected()
def examine(
    files: Sequence[Path],
    kind: str | None = None,
    mapping: Mapping[str, Mapped] | None = None,
    *,
    by: Any = None,
    progress: Progress | None = None,
) -> Examination:
    """Read and check `files`; `kind` is a sheet's code, `mapping` gives heads → field by sheet code."""
    among = [_known_sheet(kind)] if kind else sheets.sheets()
    given = {
        code: {normalised(head): name for head, name in heads.items()}
        for code, heads in (mapping or {}).items()
    }
    coming = references.Coming()
    examined = [_examine_file(path, among, given, coming, by, progress) for path in files]
    judge_waiting(examined, by)
    _let_doubtful_go(examined)
    return Examination(examined)


@nothing_collected()
def examine_as(path: Path, sheet: Sheet, *, by: Any, progress: Progress | None = None) -> FileExamination:
    """Read and check one file as `sheet`, which need not be offered for import; doubtful rows are kept."""
    file = _examine_file(path, [sheet], {}, references.Coming(), by, progress, keep_doubtful=True)
    judge_waiting([file], by)
    return file


def digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _known_sheet(code: str) -> Sheet:
    found = sheets.sheet(code)
    if found is None:
        known = "、".join(sheet.code for sheet in sheets.sheets())
        raise Refused(
            _("There is no sheet “%(code)s”; known are: %(known)s.") % {"code": code, "known": known}
        )
    return found


def _examine_file(
    path: Path,
    among: Sequence[Sheet],
    given: Mapping[str, Mapped],
    coming: references.Coming,
    by: Any,
    progress: Progress | None,
    *,
    keep_doubtful: bool = False,
) -> FileExamination:
    file = FileExamination(path)
    try:
        file.digest = digest_of(path)
        opened = reading.grids(path)
    except Refused as refused:
        file.refuse("", refused)
        return file
    except OSError as problem:
        file.refuse("", _not_to_be_opened(path, problem))
        return file
    _say_if_known(file)
    _recognise_all(file, opened, among, given)
    file.sheets.sort(key=lambda part: part.sheet.order)
    _check_all(file, coming, by, progress)
    if not keep_doubtful:
        _let_doubtful_go([file])
    return file


def _not_to_be_opened(path: Path, problem: OSError) -> str:
    if isinstance(problem, FileNotFoundError):
        return _("There is no such file; check its name and folder.")
    if path.is_dir():
        return _("This is a folder; name the files in it.")
    if isinstance(problem, PermissionError):
        return _("The file may not be read; close it in other programs or ask for the right to read it.")
    return _("The file cannot be read: %s.") % problem.strerror


def _let_doubtful_go(files: Sequence[FileExamination]) -> None:
    for file in files:
        for part in file.sheets:
            part.doubtful.clear()


def _say_if_known(file: FileExamination) -> None:
    file.earlier = Batch.objects.filter(digest=file.digest).order_by("-at").first()
    if file.earlier:
        file.notes.append(
            _("This very file was imported on %s; rows that are the same stay as they are.")
            % file.earlier.at.astimezone().strftime("%Y-%m-%d %H:%M")
        )


def _recognise_all(
    file: FileExamination,
    opened: Sequence[reading.Grid],
    among: Sequence[Sheet],
    given: Mapping[str, Mapped],
) -> None:
    saved = ColumnMapping.by_signature()
    strange = []
    for grid in opened:
        if _set_aside(file, grid):
            continue
        found = recognise(grid, among, saved, given)
        if found.sheet is None:
            strange.append(found)
        else:
            file.sheets.append(_begun(file, found, found.sheet))
    _judge_strange(file, strange, among)


def _set_aside(file: FileExamination, grid: reading.Grid) -> bool:
    if not grid.visible:
        if not grid.title.startswith("_"):
            file.notes.append(_("The hidden worksheet “%s” was left out.") % grid.title)
        return True
    if is_notes(grid):
        file.notes.append(_("The worksheet “%s” holds notes and was left out.") % grid.title)
        return True
    return not any(any(row) for row in grid.rows())


def _begun(file: FileExamination, found: Recognised, sheet: Sheet) -> SheetExamination:
    part = SheetExamination(sheet, found.grid.title, found)
    if found.missing:
        file.unmapped.append(found)
        part.refuse(
            0,
            None,
            _(
                "The required column %(columns)s was not found; add it, or say which of these "
                "columns it is: %(heads)s."
            )
            % {
                "columns": "、".join(f"“{column.label}”" for column in found.missing),
                "heads": "、".join(head for head in found.heads if head)[:200],
            },
        )
    for label, heads in found.doubled:
        part.refuse(
            0,
            None,
            _("Several columns (%(heads)s) mean “%(label)s”; keep one of them.")
            % {"heads": "、".join(heads), "label": label},
        )
    if found.unknown:
        part.notes.append(
            _("These columns have no place here and were left out: %s.") % "、".join(found.unknown)
        )
    return part


def _judge_strange(file: FileExamination, strange: Sequence[Recognised], among: Sequence[Sheet]) -> None:
    for found in strange:
        file.unmapped.append(found)
        if file.sheets:
            file.notes.append(_("The worksheet “%s” was not recognised and was left out.") % found.grid.title)
        else:
            file.refuse(found.grid.title, explain_unknown(found, among))
    if not file.sheets and not strange:
        file.refuse("", _("The file holds no table; fill in the template and send that."))


def _check_all(file: FileExamination, coming: references.Coming, by: Any, progress: Progress | None) -> None:
    total = sum(part.recognised.grid.height for part in file.sheets)
    seen: dict[str, dict[Any, tuple[str, int]]] = {}
    done = 0
    for part in file.sheets:
        if not part.refusals:
            body = read_body(part.recognised, part.sheet, _shifted(progress, done, total))
            _take(part, body)
            coming.add(part)
            references.resolve(part, coming, by=by)
            _refuse_doubles(part, seen.setdefault(part.sheet.code, {}))
            if not part.sheet.waits_for:
                check_rules(part, by)
        part.refusals.sort(key=lambda refusal: refusal.row)
        part.recognised.grid.let_go()
        done += part.recognised.grid.height
    if file.sheets and not file.row_count and not file.refused:
        file.refuse("", _("There is no row beneath the heads; fill some in."))


def _shifted(progress: Progress | None, done: int, total: int) -> Callable[[int], None] | None:
    return None if progress is None else lambda rows: progress(done + rows, total)


def _take(part: SheetExamination, body: Body) -> None:
    part.rows, part.doubtful = body.rows, body.doubtful
    part.notes += body.notes
    for number, name, because in body.faults:
        part.refuse(number, name, because)
    part.unlisted += body.uncounted


def _refuse_doubles(part: SheetExamination, seen: dict[Any, tuple[str, int]]) -> None:
    key = part.sheet.key
    if not key:
        return
    labels = "、".join(f"“{part.sheet.column(name).label}”" for name in key)
    for row, value in _keyed(part, key):
        first = seen.setdefault(value, (part.title, row.number))
        if first != (part.title, row.number):
            part.refuse(row.number, key[0], _double_of(first, part.title, labels))
    part.set_refused_aside()


def _keyed(part: SheetExamination, key: Sequence[str]) -> Iterator[tuple[Row, Any]]:
    """Rows with what their key says; a doubtful row only when its key is complete."""
    for row in part.every_row:
        value = tuple(row[name] for name in key)
        if all(value) or (any(value) and row.number not in part.refused_rows):
            yield row, value


def _double_of(first: tuple[str, int], here: str, labels: str) -> str:
    title, number = first
    if title == here:
        return _("%(labels)s says the same as row %(row)d; keep one of the two rows.") % {
            "labels": labels,
            "row": number,
        }
    return _("%(labels)s says the same as row %(row)d of the worksheet “%(title)s”; keep one of the two.") % {
        "labels": labels,
        "row": number,
        "title": title,
    }


def judge_waiting(files: Sequence[FileExamination], by: Any) -> None:
    """Sheets that look at others: judged now, or once those of the same upload have been saved.

    Files are saved in the order in which they are sent; what comes later is not there yet, and this is said.
    """
    before: set[str] = set()
    for place, file in enumerate(files):
        before |= {part.sheet.code for part in file.sheets}
        later = {part.sheet.code for one in files[place + 1 :] for part in one.sheets}
        for part in file.sheets:
            if part.sheet.waits_for and not part.refusals:
                _judge_or_wait(part, before, later - before, by)


def _judge_or_wait(part: SheetExamination, before: set[str], later: set[str], by: Any) -> None:
    waits = set(part.sheet.waits_for)
    if waits & before:
        part.judged_late = True
        said = _("Judged once “%s” of the same upload has been saved.")
        part.notes.append(said % _labels(waits & before))
    else:
        check_rules(part, by)
    if waits & later:
        said = _("“%s” comes in a later file and is not looked at yet; send that file first.")
        part.notes.append(said % _labels(waits & later))


def _labels(codes: set[str]) -> str:
    return "、".join(str(one.label) for one in sheets.sheets() if one.code in codes)


def check_rules(part: SheetExamination, by: Any) -> None:
    """Ask the sheet's rules of every row; what is refused is set aside."""
    sheet = part.sheet
    if type(sheet).check is Sheet.check or not part.rows:
        return
    look = sheet.prepare(part.rows, by=by)
    for row in part.rows:
        for fault in sheet.check(row, look):
            _note_fault(part, row, fault)
    part.set_refused_aside()


def _note_fault(part: SheetExamination, row: Row, fault: Fault) -> None:
    if fault.stops:
        part.refuse(row.number, fault.column, fault.because)
    else:
        part.remark(row.number, fault.column, fault.because)
