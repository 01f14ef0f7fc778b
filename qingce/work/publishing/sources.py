"""What publications may be counted by: items, first placements, job openings, policies in force."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from qingce.ledger.periods import Period
from qingce.ledger.sources.dimensions import (
    Asked,
    Column,
    Dimension,
    Flag,
    Tagged,
    kinds_of,
    series,
    words_of,
)
from qingce.ledger.sources.measures import ROWS, different, once
from qingce.ledger.sources.source import Flow, Source, register
from qingce.work.publishing.models import Position, Publication, Tag

PUBLISHED = "published"
FACETS = ["theme", "subject", "partner", "audience"]


def published() -> QuerySet[Publication]:
    """Items made public and confirmed; drafts and withdrawn items do not count."""
    return Publication.objects.counted().filter(stage=PUBLISHED)


def _dimensions(root: str) -> dict[str, Dimension]:
    at = f"{root}__" if root else ""
    dimensions: dict[str, Dimension] = {
        "kind": Column(f"{at}kind", kinds_of("publishing")),
        "series": Column(f"{at}series", series),
        "original": Flag(Q(**{f"{at}original": True})),
        "first_placement": Flag(Q(**{f"{at}reprint_of__isnull": True})),
        "outlet": Column(f"{at}outlet", words_of("outlet")),
    }
    for facet in FACETS:
        dimensions[facet] = Tagged(Tag, "publication", facet, f"{root}_id" if root else "pk")
    return dimensions


def _in_force(asked: bool, period: Period) -> Q:
    valid = Q(valid_until__isnull=True) | Q(valid_until__gte=period.last)
    return valid if asked else ~valid


def _partnered(asked: bool, period: Period) -> Q:
    """Issued together with at least one other department."""
    partners = Q(Exists(Tag.objects.filter(publication=OuterRef("pk"), facet="partner")))
    return partners if asked else ~partners


def register_sources() -> None:
    register(
        Source(
            code="publishing.publication",
            label="发布内容",
            label_en="Items published",
            rows=published,
            when=Flow("happened_on"),
            describe=lambda item: item.title,
            related=("unit",),
            measures={
                "items": ROWS,
                "issues": different("issue_number"),
                "departments": different("author", text=True),
            },
            dimensions={
                **_dimensions(""),
                "in_force": Asked(_in_force),
                "partnered": Asked(_partnered),
            },
        ),
        Source(
            code="publishing.position",
            label="就业岗位",
            label_en="Job openings",
            rows=lambda: Position.objects.filter(publication__in=published()),
            when=Flow("publication__happened_on", place="publication__place"),
            root="publication",
            describe=lambda position: f"{position.employer} · {position.post}",
            related=("publication", "publication__unit"),
            measures={
                "posts": different("fingerprint"),
                "listings": ROWS,
                "openings": once("fingerprint", amount="openings"),
                "employers": different("employer"),
            },
            dimensions=_dimensions("publication"),
        ),
    )
