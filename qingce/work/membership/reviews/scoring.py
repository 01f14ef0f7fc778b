"""Scoring a member for the yearly review: points by the sheet of the field; a negative item overrides them.

A score helps the meeting to find a grade; it is never published and never ranked. Which item of the
negative list it was stays in the minutes: here is kept only that there was one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Unit
from qingce.ledger.records.models import Issue
from qingce.work.membership.reviews.models import Scoring
from qingce.work.membership.reviews.scoring_sheets import ScoringSheet, sheet_for

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@telling()
def score(
    issue: Issue,
    stay: Membership,
    points: Mapping[str, int],
    negative: Collection[str],
    *,
    on: dt.date,
    by: User,
) -> Scoring:
    """Keep the points of one member; scored again, the last sheet holds."""
    sheet = sheet_for(stay.unit)
    _demand_fitting(sheet, points, negative)
    facts = {"unit": stay.unit, "sheet": sheet.code, "points": dict(points), "overridden": bool(negative)}
    kept, _made = Scoring.objects.update_or_create(
        issue=issue, person=stay.person, defaults={**facts, "scored_on": on, "scored_by": by}
    )
    tell(Told.REVIEW_SCORED, by=by, about=str(stay.unit), reference=stay.unit.code)
    return kept


def scores_of(issue: Issue, unit: Unit) -> dict[int, Scoring]:
    """The sheets filled in for members of a branch, by person."""
    rows = Scoring.objects.filter(issue=issue, unit=unit).select_related("person")
    return {one.person_id: one for one in rows}


def _demand_fitting(sheet: ScoringSheet, points: Mapping[str, int], negative: Collection[str]) -> None:
    strange = {*points} - {*sheet.items} | {*negative} - {*sheet.negative}
    if strange or {*points} != {*sheet.items}:
        raise Refused(_("The sheet of “%s” asks other items; open it anew.") % sheet)
    for code, number in points.items():
        item = sheet.items[code]
        if not 0 <= number <= item.most:
            said = {"item": item, "most": item.most}
            raise Refused(_("“%(item)s” has at most %(most)d points.") % said)
