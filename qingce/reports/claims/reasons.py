"""Why a number was judged as it was, in one clause."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "date": _("a date or a span of time"),
    "name": _("part of a name, a code or a fixed expression"),
    "ordinal": _("a place in a series (第…), nothing was counted"),
    "grade": _("a grade or a class"),
    "level": _("levels of administration"),
    "enumeration": _("points of what is being said"),
    "duration": _("how long something lasts"),
    "criterion": _("a condition or an age"),
    "per_unit": _("an amount for each one"),
    "vague": _("no definite number"),
    "figurative": _("a figure of speech"),
    "plan": _("a target, not yet a result"),
    "annex": _("part of the table of sources"),
    "context": _("a fact of the surroundings, not of the work"),
    "no_indicator": _("the ledger has no indicator for this"),
    "not_asked": _("no unit and year were given, so the ledger was not asked"),
    "covered": _("so few that the number is closed to you"),
    "no_value": _("the ledger has no value for this period"),
    "agrees": _("true of the ledger's value"),
    "differs": _("not true of the ledger's value"),
}


def reason_for(code: str) -> str:
    return str(REASONS[code])
