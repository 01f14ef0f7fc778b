"""Questions that every request puts: the ORM takes far longer to write one down than to ask it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# They stand for an account, a day and a place in the tree until a question is asked.
NOBODY, NEVER = -1, dt.date.min
ANYWHERE, BEYOND = "9998", "9999"


class Prepared:
    """A question for tuples, written down once; `ask` fills in what its stand-ins stand for."""

    def __init__(self, question: QuerySet[Any, Any]) -> None:
        self._compiler = question.query.get_compiler(connection=connection)
        self._statement, self._words = self._compiler.as_sql()
        self._converters = self._compiler.get_converters([one for one, *_sql in self._compiler.select or ()])

    def ask(self, said: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        """The rows of the answer; `said` gives the value of each stand-in."""
        values = {_adapted(stand_in): _adapted(value) for stand_in, value in said.items()}
        with connection.cursor() as cursor:
            cursor.execute(self._statement, [values.get(word, word) for word in self._words])
            rows = cursor.fetchall()
        return list(self._compiler.apply_converters(rows, self._converters))


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
