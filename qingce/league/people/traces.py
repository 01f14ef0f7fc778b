"""Where a person stands in the register and in the records: which tables, which rows, which units.

Found by walking the foreign keys to `Person`, so that a table made tomorrow is walked tomorrow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, ForeignKey, Model, OuterRef, Q, QuerySet

from qingce.foundation.dates import in_force
from qingce.league.organisations.models import Unit
from qingce.league.people.models import Person

if TYPE_CHECKING:
    from qingce.league.access.reach import Reach


@dataclass(frozen=True)
class Trace:
    """One table that names persons, and the path from its rows to their unit."""

    model: type[Model]
    column: str
    unit: str

    def rows(self, person: Person) -> QuerySet[Any]:
        return QuerySet(self.model).filter(**{self.column: person})

    @property
    def day(self) -> str:
        """The path to the day on which a row's matter happened; empty where there is none."""
        root = self.unit.removesuffix("unit")
        names = {field.name for field in _end_of(self.model, root)._meta.concrete_fields}
        return f"{root}happened_on" if "happened_on" in names else ""

    def standing(self, day: dt.date) -> Q:
        """Rows that still stand on `day`: a stay that is over opens no door any more."""
        names = {field.name for field in self.model._meta.get_fields()}
        return in_force(day) if {"since", "until"} <= names else Q()


def traces() -> Iterator[Trace]:
    """Every table with a foreign key to a person whose rows belong to a unit."""
    for relation in Person._meta.related_objects:
        model: Any = relation.related_model
        if unit := _way_to_unit(model):
            yield Trace(model, relation.field.name, unit)


def units_knowing(person: Person, *, on: dt.date) -> list[int]:
    """Units that hold something about `person` today."""
    queries = [
        trace.rows(person).filter(trace.standing(on)).order_by().values_list(trace.unit, flat=True)
        for trace in traces()
    ]
    first, *rest = queries
    return sorted(set(first.union(*rest)))


def dated_rows(person: Person) -> Iterator[tuple[Trace, Any]]:
    """Every row about `person` with its unit at hand."""
    for trace in traces():
        hops = {trace.column, trace.unit.split("__")[0]}
        keys = [hop for hop in hops if not trace.model._meta.get_field(hop).many_to_many]
        rows = trace.rows(person).select_related(*keys)
        for row in rows.annotate(of_unit=F(f"{trace.unit}__short_name")):
            yield trace, row


def persons_known_at(units: Any, *, on: dt.date | None = None) -> QuerySet[Person]:
    """Persons about whom one of `units` holds anything; with `on`, anything that still stands that day."""
    named = [
        Q(
            Exists(
                QuerySet(trace.model).filter(
                    trace.standing(on) if on else Q(),
                    **{trace.column: OuterRef("pk"), f"{trace.unit}__in": units},
                )
            )
        )
        for trace in traces()
    ]
    return Person.objects.filter(reduce(or_, named))


class Known:
    """A person as some unit within reach knows him or her; a door asks for rights at that unit."""

    def __init__(self, person: Person, unit_id: int) -> None:
        self.person = person
        self.unit_id = unit_id


def person_within_reach(reach: Reach, *, pk: int) -> Known | None:
    return known_to(reach, Person.objects.filter(pk=pk).first())


def known_to(reach: Reach, person: Person | None, permission: str = "person.see") -> Known | None:
    """`person` at a unit where the reader may see persons, else at any unit within reach, else None."""
    if person is None:
        return None
    knowing = units_knowing(person, on=reach.on)
    reached = Unit.objects.filter(pk__in=knowing) & reach.units()
    named = Unit.objects.filter(pk__in=knowing) & reach.units(permission)
    unit = named.values_list("pk", flat=True).first() or reached.values_list("pk", flat=True).first()
    return Known(person, unit) if unit else None


def _way_to_unit(model: type[Model]) -> str:
    """`unit`, or the foreign key whose table has one; empty when there is none."""
    if _has_unit(model):
        return "unit"
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and _has_unit(field.related_model):
            return f"{field.name}__unit"
    return ""


def _end_of(model: Any, root: str) -> Any:
    return model._meta.get_field(root.removesuffix("__")).related_model if root else model


def _has_unit(model: Any) -> bool:
    return any(
        field.name == "unit" and getattr(field, "related_model", None) is Unit
        for field in model._meta.concrete_fields
    )
