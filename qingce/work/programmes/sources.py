"""What programmes may be counted by: applications at a stage, steps taken, payments, results."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from qingce.ledger.periods import Period
from qingce.ledger.records.models import counts
from qingce.ledger.sources.dimensions import (
    Asked,
    Column,
    Dimension,
    Flag,
    kinds_of,
    series,
    stages,
    words_of,
)
from qingce.ledger.sources.measures import ROWS, different, latest, total
from qingce.ledger.sources.source import Flow, Source, register
from qingce.work.programmes.models import Application, Payment, Placement, Step, Tier


def _dimensions(root: str) -> dict[str, Dimension]:
    at = f"{root}__" if root else ""
    return {
        "kind": Column(f"{at}kind", kinds_of("programmes")),
        "series": Column(f"{at}series", series),
        "tier": Column(f"{at}tier", lambda: Tier.values),
        "reached": Asked(lambda asked, period: _reached(asked, f"{root}_id" if root else "pk"), stages),
    }


def _reached(asked: list[str], root: str) -> Exists:
    """Applications that have reached one of the stages, on whatever day."""
    return Exists(Step.objects.filter(application=OuterRef(root), stage__in=list(asked)))


def _by_deadline(asked: bool, period: Period) -> Q:
    expired = Q(valid_until__isnull=False, valid_until__lt=period.last)
    return expired if asked else ~expired


def register_sources() -> None:
    register(
        Source(
            code="programmes.application",
            label="申请与荣誉",
            label_en="Applications",
            rows=lambda: Application.objects.counted(),
            when=Flow("happened_on"),
            describe=lambda application: application.title,
            personal=True,
            person="person",
            related=("person", "unit"),
            measures={
                "applications": ROWS,
                "people": different("person"),
                "sites": different("site"),
                "units": different("subject_unit"),
                "rank": latest("verdict__rank", by="happened_on"),
            },
            dimensions={
                **_dimensions(""),
                "stage": Column("stage", stages),
                "expired": Asked(_by_deadline),
                "ranked": Flag(Q(verdict__rank__isnull=False)),
            },
        ),
        Source(
            code="programmes.step",
            label="申请进展",
            label_en="Steps of applications",
            rows=lambda: Step.objects.filter(counts("application")),
            when=Flow("on", place="application__place"),
            root="application",
            describe=lambda step: str(step.application),
            personal=True,
            person="application__person",
            related=("application__person", "application__unit"),
            measures={
                "applications": different("application"),
                "people": different("application__person"),
                "sites": different("application__site"),
                "units": different("application__subject_unit"),
            },
            dimensions={
                **_dimensions("application"),
                "stage": Column("stage", stages),
            },
        ),
        Source(
            code="programmes.placement",
            label="实习实践上岗",
            label_en="Students on duty",
            rows=lambda: Placement.objects.filter(counts("application")),
            when=Flow("began_on", place="application__place"),
            root="application",
            describe=lambda placement: str(placement.application.person),
            personal=True,
            person="application__person",
            related=("application__person", "application__unit"),
            measures={
                "placements": ROWS,
                "people": different("application__person"),
                "hosts": different("host"),
            },
            dimensions={
                **_dimensions("application"),
                "season": Column("season", words_of("season")),
                "stage": Column("application__stage", stages),
            },
        ),
        Source(
            code="programmes.payment",
            label="资助发放",
            label_en="Payments",
            rows=lambda: Payment.objects.filter(counts("application"), result=Payment.Result.PAID),
            when=Flow("paid_on", place="application__place"),
            root="application",
            describe=lambda payment: str(payment.application.person),
            personal=True,
            person="application__person",
            related=("application__person", "application__unit"),
            measures={
                "payments": ROWS,
                "people": different("application__person"),
                "amount": total("amount"),
            },
            dimensions=_dimensions("application"),
        ),
    )
