"""The export of the national system, read by the very code that imports a roster.

What the register says is no fault here but a difference, to be shown and decided; so of the roster's
rules only those stay that a row can break by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import Fault, Row
from qingce.league.organisations.roster import Look, RosterSheet, own_faults


class ExportSheet(RosterSheet):
    code = "national_export"
    label = gettext_lazy("Export of the national system")

    def prepare(self, rows: Sequence[Row], *, by: Any) -> Look:
        return Look.of_rules(rows, today=timezone.localdate())

    def check(self, row: Row, look: Look) -> Iterable[Fault]:
        return own_faults(row, look)
