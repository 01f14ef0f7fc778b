"""Where a written document meets the verb that issues: one function, easy to join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.reports import actions
from qingce.reports.document import Document
from qingce.reports.models import Snapshot

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


def issued(document: Document, *, unit: Unit, period: Period, by: User) -> Snapshot:
    """Issue the document as it stands."""
    return actions.issue(document, unit=unit, period=period, by=by)
