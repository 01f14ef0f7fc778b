"""Personal facts are kept no longer than they are needed; records and figures stay.

The rules stand in `catalogue/retention/`. Each names an event that some app knows, and the columns
that are emptied when the years since then have gone by.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.dates import years_before
from qingce.foundation.stanzas import CatalogueRefused, Labelled, Stanza, stanzas
from qingce.league.people.models import Erasure, Guardian, Person, Request
from qingce.league.people.traces import traces

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

BATCH = 500
GUARDIANS = Guardian._meta.label_lower


@dataclass(frozen=True)
class Event:
    """Something after which time runs: the rows for which it lay before a day."""

    model: type[Model]
    before: Callable[[dt.date], QuerySet[Any]]
    reference: Callable[[Any], str]


_events: dict[str, Event] = {}


def add_event(code: str, event: Event) -> None:
    """Called by each app that knows an event, when it is ready."""
    _events[code] = event


@dataclass(frozen=True)
class Rule(Labelled):
    """What is erased, after which event, how many years later, and why so."""

    after: str
    years: int
    erase: tuple[str, ...]
    basis: str

    @property
    def event(self) -> Event:
        return _events[self.after]

    @property
    def columns(self) -> list[str]:
        """Columns of the event's own table."""
        table = f"{self.event.model._meta.label_lower}."
        return [fact.removeprefix(table) for fact in self.erase if fact.startswith(table)]

    def due(self, *, today: dt.date) -> QuerySet[Any]:
        """Rows whose time is over and that still hold something to erase."""
        rows = self.event.before(years_before(today, self.years))
        holds = reduce(or_, [~Q(**{column: ""}) for column in self.columns])
        if GUARDIANS in self.erase:
            holds |= Q(Exists(Guardian.objects.filter(person=OuterRef("pk"))))
        return rows.filter(holds)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its code; stops the program when the catalogue cannot be understood."""
    return read_rules(settings.CATALOGUE)


def read_rules(catalogue: Path) -> Mapping[str, Rule]:
    complaints: list[str] = []
    found = {one.name: _rule(one) for one in stanzas(catalogue, "retention", complaints)}
    if complaints:
        raise CatalogueRefused(complaints)
    return found


def due(*, today: dt.date) -> Iterator[tuple[Rule, QuerySet[Any]]]:
    for rule in rules().values():
        yield rule, rule.due(today=today)


def erase(
    rule: Rule, *, today: dt.date, by: User | None, moved: Callable[[int], None] = lambda n: None
) -> int:
    """Empty what is due, batch by batch, and note what was emptied; the number of rows."""
    done = 0
    while rows := list(rule.due(today=today).order_by("pk")[:BATCH]):
        _erase(rule, rows, by)
        done += len(rows)
        moved(len(rows))
    return done


@telling()
def _erase(rule: Rule, rows: Sequence[Any], by: User | None) -> None:
    Erasure.objects.bulk_create(_noted(rule, row, by) for row in rows)
    _empty(rule, [row.pk for row in rows])
    tell(Told.FACTS_ERASED, by=by, about=str(rule), details={"rule": rule.code, "rows": len(rows)})


def _noted(rule: Rule, row: Any, by: User | None) -> Erasure:
    held = [column for column in rule.columns if getattr(row, column)]
    held += ["guardian"] if GUARDIANS in rule.erase else []
    table = row._meta.label_lower
    reference = rule.event.reference(row)
    return Erasure(rule=rule.code, table=table, reference=reference, fields=", ".join(held), by=by)


def _empty(rule: Rule, pks: list[Any]) -> None:
    # A plain query set: registers' own refuse bulk changes that leave no trace; this one leaves its own.
    QuerySet(rule.event.model).filter(pk__in=pks).update(**dict.fromkeys(rule.columns, ""))
    fields: list[Any] = [rule.event.model._meta.get_field(column) for column in rule.columns]
    found_by = [field.found_by for field in fields if getattr(field, "found_by", "")]
    if found_by:
        QuerySet(rule.event.model).filter(pk__in=pks).update(**dict.fromkeys(found_by, ""))
    if GUARDIANS in rule.erase:
        Guardian.objects.filter(person__in=pks).delete()


def _rule(stanza: Stanza) -> Rule:
    rule = Rule(
        code=stanza.name,
        label=stanza.text("label"),
        label_en=stanza.text("label_en"),
        after=stanza.word("after", among=_events),
        years=stanza.number("years"),
        erase=stanza.words("erase"),
        basis=stanza.text("basis"),
    )
    if rule.after in _events:
        known = _erasable(rule.event.model)
        for fact in rule.erase:
            stanza.check_word("erase", fact, known)
    stanza.finish()
    return rule


def _erasable(model: type[Model]) -> list[str]:
    """What may be erased after an event of `model`: its texts, and for people their guardians."""
    texts = [
        f"{model._meta.label_lower}.{field.name}"
        for field in model._meta.concrete_fields
        if field.empty_strings_allowed and not field.unique
    ]
    return [*texts, GUARDIANS] if model is Person else texts


def _last_seen(day: dt.date) -> QuerySet[Any]:
    """People of no branch and without a post, in whose records nothing happened since `day`."""
    people = Person.objects.filter(memberships=None, posts=None, user=None)
    seen = [_rows_of(trace) for trace in traces() if trace.day]
    since = [rows.filter(**{f"{way}__gte": day}) for rows, way in seen]
    known = reduce(or_, [Q(Exists(rows)) for rows, _way in seen])
    return people.filter(known).exclude(reduce(or_, [Q(Exists(rows)) for rows in since]))


def _rows_of(trace: Any) -> tuple[QuerySet[Any], str]:
    return QuerySet(trace.model).filter(**{trace.column: OuterRef("pk")}), trace.day


def _membership_ended(day: dt.date) -> QuerySet[Any]:
    """People who were members, and whose last stay ended before `day`."""
    people = Person.objects.filter(posts=None, user=None)
    stays = Person._meta.get_field("memberships").related_model
    held: QuerySet[Any] = QuerySet(stays).filter(person=OuterRef("pk"))
    still = held.filter(Q(until=None) | Q(until__gte=day))
    return people.filter(Exists(held)).exclude(Exists(still))


def _person(row: Any) -> str:
    return str(row.reference)


add_event("last_seen", Event(Person, _last_seen, _person))
add_event("membership_ended", Event(Person, _membership_ended, _person))


def _answered(day: dt.date) -> QuerySet[Any]:
    return Request.objects.filter(answered_at__date__lt=day)


add_event("request_answered", Event(Request, _answered, lambda one: f"request:{one.pk}"))
