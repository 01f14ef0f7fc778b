"""What a source can be asked for: how many rows, how many different things, how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, DecimalField, IntegerField, Min, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce


@dataclass(frozen=True)
class Measure:
    """A way to take a value from rows.

    With `key`, each different value of that column counts once: the row that stands for it is the
    first one entered, and rows that leave the column open stand for nothing. With `amount`, that
    column is summed; otherwise rows are counted. With `latest`, only the newest row is read (a rank
    is looked up, never added).
    """

    key: str = ""
    amount: str = ""
    latest: str = ""
    text: bool = False  # the key is a text, and an empty text leaves it open

    def counted_rows(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """The rows whose number or sum is the value: one for each thing that counts."""
        if self.latest:
            newest = records.order_by(f"-{self.latest}", "-pk").values("pk")[:1]
            return records.filter(pk__in=newest)
        if not self.key:
            return records
        firsts = self.known(records).order_by().values(self.key).annotate(first=Min("pk")).values("first")
        # What the source works out for each row, such as its place, stays with the row.
        every = records if records.query.annotations else records.model._default_manager
        return every.filter(pk__in=firsts)

    def known(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Those of `records` that say which thing they count for."""
        said = {f"{self.key}__gt": ""} if self.text else {f"{self.key}__isnull": False}
        return records.filter(**said) if self.key else records

    def aggregate(self) -> Any:
        """The expression that gives the value over `counted_rows`."""
        if self.amount:
            return Cast(Coalesce(Sum(self.amount), Value(0), output_field=DECIMAL), output_field=DECIMAL)
        return Cast(Count("pk"), output_field=DECIMAL)

    def aggregate_of_part(self) -> Any:
        """The same over one part of a split, where a thing may stand in several parts."""
        if self.key and not self.amount:
            return Cast(Count(self.key, distinct=True), output_field=DECIMAL)
        return self.aggregate()


DECIMAL: DecimalField[Any, Any] = DecimalField(max_digits=20, decimal_places=2)
WHOLE: IntegerField[Any, Any] = IntegerField()

ROWS = Measure()


def total(column: str) -> Measure:
    return Measure(amount=column)


def different(column: str, *, text: bool = False) -> Measure:
    return Measure(key=column, text=text)


def once(column: str, *, amount: str) -> Measure:
    return Measure(key=column, amount=amount)


def latest(amount: str, *, by: str) -> Measure:
    return Measure(amount=amount, latest=by)
