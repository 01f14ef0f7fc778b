"""The verbs: import what was examined, or rehearse it and leave nothing behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.exchange import mapping, references
from qingce.foundation.exchange.checking import check_rules
from qingce.foundation.exchange.examinations import Examination, FileExamination, SheetExamination
from qingce.foundation.exchange.memory import nothing_collected
from qingce.foundation.exchange.models import Batch, ColumnMapping
from qingce.foundation.exchange.sheets import Outcome, Sheet
from qingce.foundation.refusals import Refused

KEPT_DETAILS = 200


@dataclass
class FileResult:
    """What became of one file; `batch` is None when it was refused and nothing was written."""

    file: FileExamination
    batch: Batch | None = None
    outcomes: list[tuple[SheetExamination, Outcome]] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        return self.file.refused

    @property
    def total(self) -> Outcome:
        total = Outcome()
        for _part, outcome in self.outcomes:
            total.created += outcome.created
            total.updated += outcome.updated
            total.unchanged += outcome.unchanged
            total.details += outcome.details[: KEPT_DETAILS - len(total.details)]
        return total


@nothing_collected()
def carry_out(examination: Examination, *, by: Any) -> list[FileResult]:
    """Import each file whole or not at all; a file with any refusal is left out."""
    return [_carry_out_file(file, by) for file in examination.files]


def rehearse(examination: Examination, *, by: Any) -> list[FileResult]:
    """What `carry_out` would do, found by doing it and taking it back."""
    parts = [part for file in examination.files for part in file.sheets]
    unanswered = references.pending(parts)
    try:
        with transaction.atomic():
            results = carry_out(examination, by=by)
            raise _TakenBack
    except _TakenBack:
        for row, slot, pending in unanswered:
            row.values[slot] = pending
        return results


def remember_columns(sheet: Sheet, name: str, heads: dict[str, str]) -> ColumnMapping:
    """Keep what `heads` (head → field, “” for none) mean; the next file like it needs no asking."""
    mapped = {mapping.normalised(head): field_name for head, field_name in heads.items() if head}
    kept, _created = ColumnMapping.objects.update_or_create(
        signature=mapping.signature(sheet.code, heads),
        defaults={"sheet": sheet.code, "name": name[:120], "heads": mapped},
    )
    return kept


class _TakenBack(Exception):
    """Ends a rehearsal: the transaction around it is rolled back."""


class _Stopped(Exception):
    """Rolls one file back; the reasons are on its examination."""


def _carry_out_file(file: FileExamination, by: Any) -> FileResult:
    result = FileResult(file)
    if file.refused:
        return result
    try:
        with telling():
            batch = _begin_batch(file, by)
            for part in sorted(file.sheets, key=lambda one: one.judged_late):
                result.outcomes.append((part, _save(file, part, batch, by)))
            _close_batch(batch, result, by)
            result.batch = batch
    except _Stopped:
        result.outcomes.clear()
    return result


def _begin_batch(file: FileExamination, by: Any) -> Batch:
    return Batch.objects.create(file_name=file.name[:200], digest=file.digest, by=by, at=timezone.now())


def _save(file: FileExamination, part: SheetExamination, batch: Batch, by: Any) -> Outcome:
    references.resolve_pending(part, by=by)
    if part.judged_late:
        part.remarks.clear()
        check_rules(part, by)
    if part.refusals:
        raise _Stopped
    try:
        return part.sheet.save(part.rows, by=by, batch=batch)
    except Refused as refused:
        file.refuse(part.title, refused)
        raise _Stopped from None


def _close_batch(batch: Batch, result: FileResult, by: Any) -> None:
    total = result.total
    batch.created, batch.updated, batch.unchanged = total.created, total.updated, total.unchanged
    batch.sheets = [
        {
            "code": part.sheet.code,
            "title": part.title,
            "created": outcome.created,
            "updated": outcome.updated,
            "unchanged": outcome.unchanged,
        }
        for part, outcome in result.outcomes
    ]
    batch.save()
    tell(
        Told.FILE_IMPORTED,
        by=by,
        about=batch.file_name,
        reference=str(batch.pk),
        details={"sheets": batch.sheets, "digest": batch.digest},
    )
