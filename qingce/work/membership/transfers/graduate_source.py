"""Graduates as they may be counted: members whose day of graduation lies in the period (学社衔接)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from qingce.foundation.dates import in_force
from qingce.league.organisations.models import Domain, Membership, Placement
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.periods import Period
from qingce.ledger.records.models import counts
from qingce.ledger.sources.dimensions import Asked, Column
from qingce.ledger.sources.measures import different
from qingce.ledger.sources.source import Flow, Source
from qingce.work.membership.models import MemberCase


def graduates() -> Source:
    """One row for each stay that ends with graduation, at the place the class had on that day."""
    return Source(
        code="membership.graduates",
        label="毕业团员",
        label_en="Graduates",
        rows=_rows,
        when=Flow("graduates_on"),
        root=None,
        describe=lambda stay: stay.person.name,
        personal=True,
        related=("person", "unit"),
        measures={"people": different("person")},
        dimensions={
            "handed_over": Asked(_handed_over),
            "domain": Column("unit__domain", lambda: Domain.values),
        },
    )


def _rows() -> QuerySet[Any]:
    on_that_day = Placement.objects.filter(in_force(OuterRef("graduates_on")), unit=OuterRef("unit"))  # type: ignore[arg-type]
    place = Subquery(on_that_day.values("path")[:1])
    return Membership.objects.filter(graduates_on__isnull=False).annotate(place=place)


def _handed_over(asked: bool, period: Period) -> Q:
    """The stay was over by the period's end, otherwise than by leaving; or it is marked to go on."""
    leaving = [kind.label for kind in taxonomy().with_part("leaving")]
    moved = Q(until__isnull=False, until__lte=period.last) & ~Q(ended_because__in=leaving)
    kept = MemberCase.objects.filter(
        counts(), stage="kept", person=OuterRef("person"), unit=OuterRef("unit"), happened_on__lte=period.last
    )
    done = moved | Q(Exists(kept))
    return done if asked else ~done
