"""The annex 数据来源表 of an issued report as a spreadsheet: every figure as it was frozen."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.exchange.exporting import export_csv, export_rows
from qingce.reports.issued.drift import figures_of
from qingce.reports.issued.standing import Said, said_last
from qingce.reports.models import Snapshot


def annex_file(snapshot: Snapshot, ending: str, *, made: dt.datetime | None = None) -> io.BytesIO:
    """The annex as .xlsx or .csv."""
    said = said_last(figures_of(snapshot))
    out = io.BytesIO()
    if ending == "csv":
        export_csv(annex_heads(), annex_rows(said), out)
    else:
        export_rows(annex_heads(), annex_rows(said), out, title=_("Where the figures come from"), made=made)
    out.seek(0)
    return out


def annex_heads() -> list[str]:
    return [
        _("No."), _("Figure"), _("Written in the report"), _("Value"), _("Exact"), _("Unit"), _("Period"),
        _("Definition"), _("Version"), _("Rows"), _("Digest of the list (SHA-256)"), _("Check code"),
        _("Why it is written otherwise"), _("Put right to"), _("Erratum"),
    ]  # fmt: skip


def annex_rows(said: list[Said]) -> Iterator[list[Any]]:
    for one in said:
        frozen, erratum = one.figure, one.erratum
        yield [
            frozen.place,
            frozen.label,
            frozen.display,
            frozen.value,
            frozen.exact,
            frozen.asked_unit.name,
            frozen.asked_period.label,
            frozen.definition,
            frozen.version,
            len(frozen.rows),
            frozen.list_digest,
            frozen.check_code,
            frozen.override,
            one.exact if erratum else "",
            erratum.number if erratum else "",
        ]
