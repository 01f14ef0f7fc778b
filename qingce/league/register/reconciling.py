"""The verb that holds an export against the register and keeps what differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.exchange import Row
from qingce.foundation.exchange.checking import Progress, examine_as
from qingce.foundation.exchange.examinations import SheetExamination
from qingce.foundation.exchange.memory import nothing_collected
from qingce.foundation.exchange.saving import blank, pour_rows
from qingce.foundation.privacy.fields import digest
from qingce.foundation.privacy.resealing import demand_comparable
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.league.people.models import Person
from qingce.league.register.comparing import Compared, Found, comparable, of_faults
from qingce.league.register.export_sheet import ExportSheet
from qingce.league.register.models import Difference, Reconciliation

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

POURED = 2000  # differences written together


@nothing_collected()
def reconcile(
    path: Path, unit: Unit, *, on: dt.date, by: User | None, progress: Progress | None = None
) -> Reconciliation:
    """Compare the export in `path` with the members beneath `unit` on a day; the register stays as it is."""
    file = examine_as(path, ExportSheet(), by=by, progress=progress)
    if not file.sheets or any(not part.recognised.fields for part in file.sheets):
        raise Refused(next(iter(map(str, file.refusals)), _("The file holds no table of members.")))
    demand_comparable(Person)
    with telling():
        made = Reconciliation.objects.create(
            unit=unit,
            file_name=file.name[:200],
            digest=file.digest,
            as_of=on,
            rows=sum(len(part.every_row) for part in file.sheets),
            notes=[*file.notes, *(note for part in file.sheets for note in part.notes)],
            by=by,
        )
        count = _keep(made, _differences(file.sheets, unit, on))
        tell(
            Told.EXPORT_COMPARED,
            by=by,
            about=made.file_name,
            reference=f"reconciliation:{made.pk}",
            details={"unit": str(unit), "rows": made.rows, "differences": count},
        )
    return made


def _differences(parts: Sequence[SheetExamination], unit: Unit, day: dt.date) -> Iterator[Found]:
    if structural := [one for part in parts for one in part.refusals if not one.row]:
        raise Refused(str(structural[0]))
    faults = {one.row: f"{one.column}：{one.reason}"[:300] for part in parts for one in part.refusals}
    compared = Compared(unit, day, faults)
    rows: list[Row] = [row for part in parts for row in part.rows]
    for part in parts:
        part.rows = []
    doubtful = [row for part in parts for row in part.doubtful]
    rows += comparable(doubtful)
    compared.seen |= _known([row["id_number"] for row in doubtful if row["id_number"]])
    yield from compared.differences(rows)
    for part in parts:
        yield from of_faults(part.refusals)


def _known(numbers: Sequence[str]) -> set[int]:
    """Persons whom a doubtful row names: the export does speak of them."""
    if not numbers:
        return set()
    marks = [digest(number) for number in numbers]
    return set(Person.objects.filter(id_digest__in=marks).values_list("pk", flat=True))


def _keep(made: Reconciliation, found: Iterable[Found]) -> int:
    """Write differences in bulk as they are found; nobody holds all of them at once."""
    nothing: dict[str, Any] = {**blank(Difference), "reconciliation_id": made.pk}
    count = 0
    stream = iter(found)
    while some := [{**nothing, **one} for one in islice(stream, POURED)]:
        pour_rows(Difference, some)
        count += len(some)
    return count
