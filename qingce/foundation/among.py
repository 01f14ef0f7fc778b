"""The question “is it one of these?”, asked of the database with one parameter however many these are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Lookup


class Among(Lookup):
    """`filter(Among("id_digest", digests))`; None is left out. `__in` binds each value by itself."""

    prepare_rhs = False

    def __init__(self, column: str, values: Iterable[Any]) -> None:
        super().__init__(F(column), [value for value in values if value is not None])

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, parameters = self.process_lhs(compiler, connection)
        asked = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 (a column's name)
        return asked, (*parameters, json.dumps(self.rhs))

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*parameters, self.rhs)
