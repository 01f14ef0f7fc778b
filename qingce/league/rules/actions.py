"""The verbs: a body orders a stricter value for itself and everything beneath it, or ends its order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.league.rules.catalogue import Rule
from qingce.league.rules.models import RuleOverride
from qingce.league.rules.rulings import Ruling, binds, forget, ruling
from qingce.league.rules.values import WrongSort, loosens, read_value, shown_value, write_value

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@telling()
def order(
    rule: Rule,
    unit: Unit,
    value: str,
    *,
    since: dt.date,
    until: dt.date | None = None,
    reason: str,
    basis: str,
    switched_on: bool = False,
    by: User | None,
) -> RuleOverride:
    """From `since`, `value` holds at `unit` and beneath it; `switched_on` lets a warning block."""
    said = ruling(rule.code, on=since, unit=unit)
    wanted = _read(rule, value)
    _demand_dates(rule, unit, since, until)
    _demand_lawful(said, wanted, since)
    if wanted == said.value and switched_on == said.switched_on:
        raise Refused(_("This is what the rule says already; nothing needs to be ordered."))
    made = RuleOverride.objects.create(
        rule=rule.code,
        unit=unit,
        value=write_value(wanted),
        since=since,
        until=until,
        reason=_said(reason, _("the reason")),
        basis=_said(basis, _("the paper it rests on")),
        switched_on=switched_on,
        by=by,
    )
    forget()
    changes = {"value": (said.shown, replace(said, value=wanted).shown)}
    details = {"unit": str(unit), "since": since, "until": until, "because": reason, "basis": basis}
    tell(Told.RULE_ORDERED, by=by, about=str(rule), reference=rule.code, details=details, changes=changes)
    return made


@telling()
def end_order(made: RuleOverride, *, on: dt.date, by: User | None) -> RuleOverride:
    """From `on` the order no longer holds; what it decided before stays decided."""
    if made.until is not None and made.until <= on:
        raise Refused(_("The order ended already on %s.") % date_format(made.until))
    if on < made.since:
        raise Refused(_("The order cannot end before it begins, on %s.") % date_format(made.since))
    before, made.until = made.until, on
    made.save(update_fields=["until"])
    forget()
    tell(
        Told.RULE_ORDER_ENDED,
        by=by,
        about=made.label,
        reference=made.rule,
        details={"unit": str(made.unit)},
        changes={"until": (before, on)},
    )
    return made


def _read(rule: Rule, value: str) -> Any:
    try:
        return read_value(rule.sort, value.strip())
    except WrongSort:
        raise Refused(
            _("“%(said)s” is not a value of this rule; write it like %(like)s.")
            % {"said": value, "like": shown_value(rule.sort, rule.versions[-1].value)}
        ) from None


def _demand_dates(rule: Rule, unit: Unit, since: dt.date, until: dt.date | None) -> None:
    if until is not None and until <= since:
        raise Refused(_("The last day must come after the first."))
    going_on = Q(until=None) | Q(until__gt=since)
    meanwhile = going_on & Q(since__lt=until) if until else going_on
    if other := RuleOverride.objects.filter(meanwhile, rule=rule.code, unit=unit).first():
        raise Refused(
            _("“%(unit)s” has ordered this rule from %(since)s on; end that order first.")
            % {"unit": unit, "since": date_format(other.since)}
        )


def _demand_lawful(said: Ruling, wanted: Any, since: dt.date) -> None:
    if not said.holds:
        raise Refused(
            _("The rule “%(rule)s” is not in force on %(day)s, so nobody may order it.")
            % {"rule": said.label, "day": date_format(since)}
        )
    if binds(said) and loosens(said.rule.bound, said.value, wanted):
        raise Refused(said.refusal(_("A body may order more than the law asks for, never less.")))


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise Refused(_("Say %s; it is shown wherever the order is.") % what)
    return text.strip()
