"""What unit events may be counted by: the units founded, re-elected, merged, dissolved."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from qingce.league.organisations.models import BRANCHES, Domain
from qingce.ledger.periods import Period
from qingce.ledger.records.models import State
from qingce.ledger.sources.dimensions import Asked, Column, Flag, kinds_of, stages
from qingce.ledger.sources.measures import ROWS, different
from qingce.ledger.sources.source import Flow, Source, Stock, register
from qingce.work.organising.models import Delegate, DelegateLink, UnitEvent


def _still_active(asked: bool, period: Period) -> Q:
    active = Q(subject_unit__dissolved_on__isnull=True) | Q(subject_unit__dissolved_on__gt=period.last)
    return active if asked else ~active


def _linked(asked: bool, period: Period) -> Q:
    """Whether a delegate keeps in touch with at least one branch on the last day."""
    links = DelegateLink.objects.on(period.last).filter(branch__isnull=False, delegate=OuterRef("pk"))
    return Q(Exists(links)) if asked else ~Q(Exists(links))


def register_sources() -> None:
    register(
        Source(
            code="organising.event",
            label="组织建设事项",
            label_en="Unit events",
            rows=lambda: UnitEvent.objects.counted(),
            when=Flow("happened_on"),
            describe=lambda event: event.title,
            related=("unit",),
            measures={"events": ROWS, "units": different("subject_unit")},
            dimensions={
                "kind": Column("kind", kinds_of("organising")),
                "stage": Column("stage", stages),
                "subject_active": Asked(_still_active),
                "subject_domain": Column("subject_unit__domain", lambda: Domain.values),
                "subject_is_branch": Flag(Q(subject_unit__kind__in=BRANCHES)),
            },
        ),
        Source(
            code="organising.delegate",
            label="团代表",
            label_en="Delegates",
            rows=lambda: Delegate.objects.exclude(event__state=State.VOID),
            when=Stock(unit="unit"),
            root=None,
            describe=lambda delegate: delegate.person.name,
            personal=True,
            related=("person", "unit"),
            measures={"delegates": ROWS, "people": different("person")},
            dimensions={"linked": Asked(_linked)},
        ),
    )
