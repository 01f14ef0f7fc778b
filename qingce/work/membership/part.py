"""What the facts of an admission and of a recommendation have in common: they hang on their case."""

from __future__ import annotations

from typing import Any

from qingce.foundation.audit.guarded import Logged
from qingce.ledger.records.models import Facts


class PartOfCase(Logged):
    """What is known of one case beyond its dated steps; its primary key `member_case` is the case."""

    member_case: Any

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.member_case)

    @property
    def number(self) -> str:
        return str(self.member_case.number)

    @property
    def unit_id(self) -> int:
        return int(self.member_case.unit_id)

    def facts(self) -> Facts:
        """Label and value of whatever is filled in, for the page of the record."""
        shown: Facts = []
        for field in self._meta.concrete_fields[1:]:
            display = getattr(self, f"get_{field.name}_display", None)
            value = display() if display else getattr(self, field.attname)
            if value not in (None, "", False):
                shown.append((field.verbose_name, value))
        return shown
