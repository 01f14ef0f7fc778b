"""Branches of mobile members that keep somebody longer than the rule allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import Min
from django.utils.translation import gettext as _

from qingce.foundation.ui.numbers import short_day
from qingce.league.organisations.models import Membership, Unit, UnitKind
from qingce.league.rules import ruling

KEPT_MOST = "transfer_kept_by_school_months_most"


def kept_too_long(units: list[Unit], day: dt.date) -> Mapping[int, str]:
    """Branches of mobile members with a stay beyond the time, each with a sentence."""
    mobile = {unit.pk: unit for unit in units if unit.kind == UnitKind.MOBILE_BRANCH}
    stays = Membership.objects.on(day).filter(unit__in=mobile).order_by().values_list("unit")
    found = {}
    for key, since in stays.annotate(first=Min("since")):
        rule = ruling(KEPT_MOST, on=day, unit=mobile[key])
        if rule.holds and rule.after(since) <= day:
            sentence = _("Somebody is kept here since %(since)s, longer than %(most)s: transfer on.")
            found[key] = sentence % {"since": short_day(since), "most": rule.shown}
    return found
