"""Recording an activity: the one verb behind the short form, the branch's answer and the API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from qingce.foundation.audit.telling import telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from qingce.ledger.records import actions as ledger
from qingce.ledger.records.models import Grade, Issue, State
from qingce.work.activities.models import Activity, Tag

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@telling()
def record_activity(
    *,
    kind: str,
    unit: Unit,
    happened_on: dt.date,
    today: dt.date,
    by: User,
    title: str = "",
    stage: str = "",
    attendance: int | None = None,
    venue: str = "",
    note: str = "",
    series: str = "",
    issue: Issue | None = None,
    words: Mapping[str, Collection[str]] | None = None,
) -> Activity:
    """Record once what took place: a draft of `unit`, with the words (facet → codes) it carries.

    Refused when the kind is not one of activities, the day lies in the future, the unit did not
    exist then, a word is unknown, or the unit has answered the issue already.
    """
    chosen = _kind(kind)
    stage = stage or chosen.done
    _check(chosen, unit, happened_on, today, stage)
    if issue is not None and issue.answers.filter(unit=unit).exclude(state="void").exists():
        raise Refused(_("%(unit)s has answered this issue already.") % {"unit": unit})
    activity = Activity(
        kind=kind,
        stage=stage,
        unit=unit,
        happened_on=happened_on,
        title=title.strip() or _title(chosen, issue),
        attendance=attendance,
        venue=venue,
        note=note,
        series=issue.series if issue else series,
        issue=issue,
        grade=Grade.HAND,
        paper_missing=bool(chosen.evidence),
    )
    ledger.enter(activity, by=by)
    Tag.objects.bulk_create(_tags(activity, words or {}))
    return activity


@telling()
def amend(activity: Activity, *, today: dt.date, by: User, **facts: Any) -> Activity:
    """Change an activity that nobody has confirmed yet; what was handed up is taken back first."""
    if activity.state == State.SUBMITTED:
        ledger.withdraw(activity, by=by)
    stage, day = facts.get("stage", activity.stage), facts.get("happened_on", activity.happened_on)
    _check(activity.kind_of_work, activity.unit, day, today, stage)
    ledger.amend(activity, by=by, **facts)
    return activity


def _kind(code: str) -> Kind:
    kind = taxonomy().kinds.get(code)
    if kind is None or kind.family != "activities" or kind.retired:
        raise Refused(_("“%s” is not a kind of activity.") % code)
    return kind


def _check(kind: Kind, unit: Unit, day: dt.date, today: dt.date, stage: str) -> None:
    if stage not in kind.stages:
        raise Refused(_("“%(stage)s” is not a stage of %(kind)s.") % {"stage": stage, "kind": kind})
    if stage == kind.done and day > today:
        raise Refused(_("%s lies in the future; record it when it has taken place.") % day)
    if day < unit.founded_on or (unit.dissolved_on and day >= unit.dissolved_on):
        raise Refused(_("%(unit)s did not exist on %(day)s.") % {"unit": unit, "day": day})


def _title(kind: Kind, issue: Issue | None) -> str:
    with override("zh-hans"):  # what is kept is read by everybody, whoever writes it
        return str(issue or kind)


def _tags(activity: Activity, words: Mapping[str, Collection[str]]) -> list[Tag]:
    facets = taxonomy().facets
    for facet, codes in words.items():
        for code in codes:
            if facet not in facets or code not in facets[facet].words:
                raise Refused(_("“%s” is not a word of the catalogue.") % f"{facet}.{code}")
    return [
        Tag(activity=activity, facet=facet, word=code)
        for facet, codes in words.items()
        for code in dict.fromkeys(codes)
    ]
