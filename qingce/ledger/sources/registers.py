"""Sources that read the league's own registers: units, members, officers, sites."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from qingce.foundation.dates import years_before
from qingce.league.organisations.models import (
    BRANCHES,
    SCHOOLS,
    Domain,
    Engagement,
    Membership,
    Post,
    Unit,
    UnitKind,
)
from qingce.league.organisations.past import FormerTerm
from qingce.league.people.models import Sex
from qingce.league.places.models import Site
from qingce.ledger.periods import Period
from qingce.ledger.sources.dimensions import Asked, Column, Flag
from qingce.ledger.sources.measures import ROWS, different
from qingce.ledger.sources.source import Source, Stock, register

AGE_BANDS = {"under_14": (0, 14), "14_17": (14, 18), "18_22": (18, 23), "23_27": (23, 28)}
AGE_BANDS_OPEN = {"28_up": 28}


def _age_band(asked: Collection[str], period: Period) -> Q:
    """Born so that the age on the period's last day lies in one of the bands."""
    chosen = Q(pk__in=[])
    for band in asked:
        oldest, youngest = AGE_BANDS.get(band, (AGE_BANDS_OPEN.get(band, 0), None))
        in_band = Q(person__born_on__lte=years_before(period.last, oldest))
        if youngest is not None:
            in_band &= Q(person__born_on__gt=years_before(period.last, youngest))
        chosen |= in_band
    return chosen


def _age_bands() -> Collection[str]:
    return [*AGE_BANDS, *AGE_BANDS_OPEN]


def _without_secretary(asked: bool, period: Period) -> Q:
    secretaries = Post.objects.on(period.last).filter(role="branch_secretary")
    held = Q(Exists(secretaries.filter(unit=OuterRef("pk"))))
    return ~held if asked else held


def _size(asked: Collection[str], period: Period) -> Q:
    counted = Membership.objects.on(period.last).order_by().values("unit").annotate(members=Count("pk"))
    chosen = Q(pk__in=[])
    if "below_3" in asked:
        chosen |= ~Q(pk__in=counted.filter(members__gte=3).values("unit"))
    if "above_50" in asked:
        chosen |= Q(pk__in=counted.filter(members__gt=50).values("unit"))
    if "3_to_50" in asked:
        chosen |= Q(pk__in=counted.filter(members__gte=3, members__lte=50).values("unit"))
    return chosen


def _overdue(asked: bool, period: Period) -> Q:
    """By the term in force on the period's last day: a later election does not mend an earlier year."""
    day = period.last
    former = FormerTerm.objects.on(day).filter(unit=OuterRef("pk"))
    due = Coalesce("deferred_to", "ends_on")
    late_then = Q(Exists(former.annotate(due=due).filter(due__lt=day)))
    now = Q(deferred_to__lt=day) | Q(deferred_to__isnull=True, term_end__lt=day)
    late = late_then | (~Q(Exists(former)) & now)
    return late if asked else ~late


def school_body(unit: str = "") -> Q:
    """One body for each school: its committee, or the staff branch of a primary school."""
    of_school = Q(**{f"{unit}domain__in": SCHOOLS, f"{unit}kind": UnitKind.COMMITTEE})
    return of_school | Q(**{f"{unit}domain": Domain.PRIMARY, f"{unit}kind": UnitKind.BRANCH})


def _founded_within(asked: bool, period: Period) -> Q:
    founded = Q(founded_on__gte=period.first, founded_on__lte=period.last)
    return founded if asked else ~founded


def register_registers() -> None:
    register(
        Source(
            code="league.units",
            label="团组织",
            label_en="Units",
            rows=lambda: Unit.objects.all(),
            when=Stock(unit="pk", since="founded_on", until="dissolved_on"),
            root=None,
            describe=lambda unit: unit.name,
            measures={"units": ROWS},
            dimensions={
                "kind": Column("kind", lambda: UnitKind.values),
                "is_branch": Flag(Q(kind__in=BRANCHES)),
                "domain": Column("domain", lambda: Domain.values),
                "election_overdue": Asked(_overdue),
                "without_secretary": Asked(_without_secretary),
                "size": Asked(_size, lambda: ["below_3", "3_to_50", "above_50"]),
                "founded_in_period": Asked(_founded_within),
                "school_body": Flag(school_body()),
            },
        ),
        Source(
            code="league.members",
            label="团员",
            label_en="Members",
            rows=lambda: Membership.objects.all(),
            when=Stock(unit="unit"),
            root=None,
            describe=lambda stay: stay.person.name,
            personal=True,
            related=("person", "unit"),
            measures={"members": ROWS, "branches": different("unit")},
            dimensions={
                "age_band": Asked(_age_band, _age_bands),
                "sex": Column("person__sex", lambda: Sex.values),
                "domain": Column("unit__domain", lambda: Domain.values),
                "ethnic_minority": Flag(~Q(person__ethnicity__in=["", "汉族", "汉"])),
                "party_member": Flag(Q(person__political_status__in=["中共党员", "中共预备党员"])),
                "has_development_number": Flag(~Q(development_number="")),
                "joined_in_period": Asked(_joined_within),
                "graduating_in_period": Asked(_graduating_within),
                "has_volunteer_number": Flag(~Q(volunteer_number="")),
            },
        ),
        Source(
            code="league.officers",
            label="团干部",
            label_en="Officers",
            rows=lambda: Post.objects.all(),
            when=Stock(unit="unit"),
            root=None,
            describe=lambda post: post.person.name,
            personal=True,
            related=("person", "unit"),
            measures={"posts": ROWS, "officers": different("person")},
            dimensions={
                "engagement": Column("engagement", lambda: Engagement.values),
                "secretary": Flag(Q(role="branch_secretary")),
                "of_branch": Flag(Q(unit__kind__in=BRANCHES)),
            },
        ),
        Source(
            code="league.sites",
            label="阵地",
            label_en="Sites",
            rows=lambda: Site.objects.all(),
            when=Stock(unit="unit", since="opened_on", until="closed_on"),
            root=None,
            describe=lambda site: site.name,
            related=("unit",),
            measures={"sites": ROWS},
            dimensions={
                "sort": Column(
                    "sort", lambda: ["youth_home", "delegate_station", "community", "shop", "space"]
                ),
                "on_cloud": Flag(~Q(cloud_code="")),
            },
        ),
    )


def _joined_within(asked: bool, period: Period) -> Q:
    joined = Q(joined_on__gte=period.first, joined_on__lte=period.last)
    return joined if asked else ~joined


def _graduating_within(asked: bool, period: Period) -> Q:
    leaving = Q(graduates_on__gte=period.first, graduates_on__lte=period.last)
    return leaving if asked else ~leaving
