"""What cases may be counted by: taken up, steps taken, people helped."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Subquery

from qingce.ledger.periods import Period
from qingce.ledger.records.models import counts
from qingce.ledger.sources.dimensions import Asked, Column, Dimension, Tagged, kinds_of, stages
from qingce.ledger.sources.measures import ROWS, different
from qingce.ledger.sources.source import Flow, Source, register
from qingce.work.cases.models import Case, Contact, Step, Tag

FACETS = ["inspection_source", "case_sort", "opinion_field"]


def _dimensions(root: str) -> dict[str, Dimension]:
    at = f"{root}__" if root else ""
    dimensions: dict[str, Dimension] = {"kind": Column(f"{at}kind", kinds_of("cases"))}
    for facet in FACETS:
        dimensions[facet] = Tagged(Tag, "case", facet, f"{root}_id" if root else "pk")
    return dimensions


def _stood_at(asked: Collection[str], period: Period) -> Exists:
    """Cases that stood at one of the stages on the period's last day; one reopened is not closed."""
    known = Step.objects.filter(case=OuterRef(OuterRef("pk")), on__lte=period.last)
    last = known.order_by("-on", "-pk").values("pk")[:1]
    return Exists(Step.objects.filter(pk=Subquery(last), stage__in=list(asked)))


def register_sources() -> None:
    register(
        Source(
            code="cases.case",
            label="事项",
            label_en="Cases taken up",
            rows=lambda: Case.objects.counted(),
            when=Flow("happened_on"),
            describe=lambda case: case.title,
            personal=True,
            person="person",
            related=("person", "unit"),
            measures={
                "cases": ROWS,
                "people": different("person"),
                "helpers": different("helper"),
            },
            dimensions={
                **_dimensions(""),
                "stage": Column("stage", stages),
                "stood_at": Asked(_stood_at, stages),
            },
        ),
        Source(
            code="cases.step",
            label="事项进展",
            label_en="Steps of cases",
            rows=lambda: Step.objects.filter(counts("case")),
            when=Flow("on", place="case__place"),
            root="case",
            describe=lambda step: str(step.case),
            personal=True,
            person="case__person",
            related=("case__person", "case__unit"),
            measures={"cases": different("case")},
            dimensions={**_dimensions("case"), "stage": Column("stage", stages)},
        ),
        Source(
            code="cases.contact",
            label="帮扶联系",
            label_en="Contacts with people helped",
            rows=lambda: Contact.objects.filter(counts("case")),
            when=Flow("on", place="case__place"),
            root="case",
            describe=lambda contact: str(contact.case),
            personal=True,
            person="case__person",
            related=("case__person", "case__unit"),
            measures={"contacts": ROWS},
            dimensions=_dimensions("case"),
        ),
    )
