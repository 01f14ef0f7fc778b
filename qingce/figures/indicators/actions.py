"""Stating a figure by hand, and taking the statement back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.figures.indicators.definitions import Indicator
from qingce.figures.indicators.models import Statement
from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@telling()
def state(
    indicator: Indicator,
    unit: Unit,
    period: Period,
    *,
    value: Decimal,
    because: str,
    paper: str,
    by: User,
) -> Statement:
    """State what a figure is according to a paper from outside; what is counted stays beside it."""
    _check(indicator, value, because, paper)
    if Statement.objects.standing().filter(code=indicator.code, unit=unit, period=period.code).exists():
        raise Refused(_("It is stated already: void that statement with a reason, then state it anew."))
    stated = Statement.objects.create(
        code=indicator.code,
        unit=unit,
        period=period.code,
        value=value,
        because=because.strip(),
        paper=paper.strip(),
        by=by,
        at=timezone.now(),
    )
    tell(
        Told.FIGURE_STATED,
        by=by,
        about=str(stated),
        reference=_reference(stated),
        details={"unit": unit.code, "because": stated.because, "paper": stated.paper},
    )
    return stated


@telling()
def void(statement: Statement, *, because: str, by: User) -> None:
    """Take a statement back: the figure is again what is counted; the statement stays to be read."""
    if not because.strip():
        raise Refused(_("Please give the reason: it is kept with the statement."))
    standing = Statement.objects.standing().filter(pk=statement.pk)
    if not standing.take_back(voided_at=timezone.now(), voided_by=by, voided_because=because.strip()):
        raise Refused(_("This statement is void already."))
    tell(
        Told.STATEMENT_VOIDED,
        by=by,
        about=str(statement),
        reference=_reference(statement),
        details={"because": because.strip()},
    )


def _check(indicator: Indicator, value: Decimal, because: str, paper: str) -> None:
    if not indicator.stated:
        raise Refused(
            _("“%s” is worked out from the records: record what is missing, and it follows.") % indicator
        )
    if not because.strip() or not paper.strip():
        raise Refused(_("Say why it is stated by hand, and which paper bears it out."))
    if value < 0 or (indicator.form == "rank" and (value < 1 or value != int(value))):
        raise Refused(
            _("%(value)s cannot be the value of “%(figure)s”.") % {"value": value, "figure": indicator}
        )


def _reference(statement: Statement) -> str:
    return f"statement-{statement.pk}"
