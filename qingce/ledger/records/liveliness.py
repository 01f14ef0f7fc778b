"""Which branches were silent: no record of an activity of their own for months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import Max
from django.utils.translation import gettext as _

from qingce.foundation.dates import months_after
from qingce.foundation.ui.numbers import short_day
from qingce.league.organisations.models import Unit
from qingce.league.rules import ruling
from qingce.ledger.records import families
from qingce.ledger.records.models import State

ATTENDED = "activities"  # the family of anything people attend


def silent(units: list[Unit], day: dt.date) -> Mapping[int, str]:
    """Branches without organised life for longer than the rule says, each with a sentence."""
    limit = ruling("branch_silent_months_most", on=day)
    if not limit.holds:
        return {}
    from_day = months_after(day, -limit.value)
    old = {unit.pk: unit for unit in units if unit.is_branch and unit.founded_on < from_day}
    last = _last_days(list(old), day) if old else {}
    return {pk: _sentence(last.get(pk)) for pk in old if last.get(pk, dt.date.min) < from_day}


def _last_days(units: list[int], day: dt.date) -> dict[int, dt.date]:
    family = next(one for one in families.families() if one.code == ATTENDED)
    rows = family.model._default_manager.filter(happened_on__lte=day, unit__in=units)
    said = rows.exclude(state__in=[State.VOID, State.DRAFT]).order_by().values_list("unit")
    return dict(said.annotate(last=Max("happened_on")))


def _sentence(last: dt.date | None) -> str:
    if last is None:
        return _("No organised life is recorded: hold a branch meeting or a theme day, or see what is wrong.")
    return _(
        "No organised life since %s: hold a branch meeting or a theme day, or see what is wrong."
    ) % short_day(last)
