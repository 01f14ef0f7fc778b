"""What activities may be counted by: sessions, attendances, people, class hours, coverage."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from qingce.league.organisations.models import BRANCHES, Membership, Unit
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.periods import Period
from qingce.ledger.records.models import RecordQuerySet, counts
from qingce.ledger.sources.dimensions import (
    Asked,
    Column,
    Condition,
    Dimension,
    Flag,
    Tagged,
    kinds_of,
    series,
    words_of,
)
from qingce.ledger.sources.measures import ROWS, different, total
from qingce.ledger.sources.registers import school_body
from qingce.ledger.sources.source import Flow, Source, Stock, register
from qingce.work.activities.models import Activity, Participation, Session, Tag

HELD = "held"
FACETS = [
    "theme",
    "form",
    "body",
    "team",
    "audience",
    "service",
    "partner",
    "training_topic",
    "contest_form",
    "inspection_source",
    "mechanism",
]


def held() -> RecordQuerySet[Activity]:
    """Activities that took place and are confirmed."""
    return Activity.objects.filter(_took_place())


def _took_place(activity: str = "") -> Q:
    """The same, for rows whose path to the activity is `activity`."""
    return counts(activity) & Q(**{f"{activity}__stage" if activity else "stage": HELD})


def _dimensions(root: str) -> dict[str, Dimension]:
    """The dimensions of an activity, seen from a row whose path to it is `root`."""
    at = f"{root}__" if root else ""
    common: dict[str, Dimension] = {
        "kind": Column(f"{at}kind", kinds_of("activities")),
        "series": Column(f"{at}series", series),
        "on_cloud": Flag(Q(**{f"{at}hosting__cloud_number__gt": ""})),
        "host_sort": Column(f"{at}hosting__site__sort", lambda: ["youth_home", "delegate_station"]),
        "by_branch": Flag(Q(**{f"{at}unit__kind__in": BRANCHES})),
        "unit_in_being": Asked(lambda asked, period: _in_being(asked, period, f"{at}unit__")),
        "of_schools": Flag(school_body(f"{at}unit__")),
    }
    for facet in FACETS:
        common[facet] = Tagged(Tag, "activity", facet, f"{root}_id" if root else "pk")
    return common


def _in_being(asked: bool, period: Period, unit: str) -> Q:
    """Held by a unit that still stands on the period's last day."""
    standing = Q(**{f"{unit}dissolved_on__isnull": True}) | Q(**{f"{unit}dissolved_on__gt": period.last})
    return standing if asked else ~standing


def _took_part(theme: Collection[str], period: Period, unit: str) -> Condition:
    """Units with at least one confirmed activity on one of the themes within the period."""
    about = Tag.objects.filter(activity=OuterRef("pk"), facet="theme", word__in=list(theme))
    active = held().during(period).filter(Exists(about))
    return Q(**{f"{unit}__in": active.values("unit")})


def _theme_words() -> Collection[str]:
    return taxonomy().facets["theme"].words


def register_sources() -> None:
    register(
        Source(
            code="activities.activity",
            label="活动场次",
            label_en="Activities held",
            rows=held,
            when=Flow("happened_on"),
            describe=lambda activity: activity.title,
            related=("unit",),
            measures={
                "activities": ROWS,
                "attendances": total("attendance"),
                "expected": total("expected"),
                "issues": different("issue"),
                "units": different("unit"),
                "sites": different("hosting__site"),
                "sales": total("broadcast__sales"),
                "viewers": total("broadcast__viewers"),
                "lecturers": different("talk__lecturer"),
            },
            dimensions=_dimensions(""),
        ),
        Source(
            code="activities.session",
            label="课次",
            label_en="Sessions of courses and classes",
            rows=lambda: Session.objects.filter(_took_place("activity")),
            when=Flow("held_on", place="activity__place"),
            root="activity",
            describe=lambda session: str(session.activity),
            related=("activity", "activity__unit"),
            measures={
                "sessions": ROWS,
                "class_hours": total("hours"),
                "attendances": total("attendance"),
            },
            dimensions=_dimensions("activity"),
        ),
        Source(
            code="activities.participation",
            label="参加情况",
            label_en="People taking part",
            rows=lambda: Participation.objects.filter(_took_place("activity"), attended=True),
            when=Flow("activity__happened_on", place="activity__place"),
            root="activity",
            describe=lambda part: part.person.name,
            personal=True,
            person="person",
            related=("person", "activity", "activity__unit"),
            measures={
                "attendances": ROWS,
                "people": different("person"),
                "volunteer_hours": total("hours"),
            },
            dimensions={
                **_dimensions("activity"),
                "group": Column("group", words_of("group")),
                "consent_on_file": Flag(Q(guardian_consent_on__isnull=False)),
            },
        ),
        Source(
            code="activities.covered_units",
            label="有活动记录的团组织",
            label_en="Units with activities on a theme",
            rows=lambda: Unit.objects.all(),
            when=Stock(unit="pk", since="founded_on", until="dissolved_on"),
            root=None,
            describe=lambda unit: unit.name,
            measures={"units": ROWS},
            dimensions={
                "is_branch": Flag(Q(kind__in=BRANCHES)),
                "theme": Asked(lambda asked, period: _took_part(asked, period, "pk"), _theme_words),
            },
        ),
        Source(
            code="activities.covered_members",
            label="所在支部有活动记录的团员",
            label_en="Members of branches with activities on a theme",
            rows=lambda: Membership.objects.all(),
            when=Stock(unit="unit"),
            root=None,
            describe=lambda stay: stay.person.name,
            personal=True,
            related=("person", "unit"),
            measures={"members": ROWS},
            dimensions={
                "theme": Asked(lambda asked, period: _took_part(asked, period, "unit"), _theme_words),
            },
        ),
    )
