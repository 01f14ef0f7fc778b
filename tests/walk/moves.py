"""Transfers, matters, reviews and dues at every position of the ground.

Nothing of the neighbour's is addressed to the street: its transfer goes up, the street's stay within.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from qingce.foundation.accounts.models import User
from qingce.foundation.audit.telling import Told, tell, telling
from qingce.league.organisations.models import Membership, Unit
from qingce.ledger.records.models import Issue
from qingce.work.membership.discipline import actions as discipline
from qingce.work.membership.finding import AskedBranch, ReviewIssue, transfers
from qingce.work.membership.models import DuesEntry, MemberCase
from qingce.work.membership.reviews.actions import open_review
from qingce.work.membership.reviews.reading import review_series
from qingce.work.membership.transfers import actions as transfer
from qingce.work.membership.transfers import guards as transfer_guards
from qingce.work.membership.transfers.reasons import reasons

SORTS = ("Departure", "Arrival", "Moving", "MatterAt", "ReviewIssue", "AskedBranch", "DuesEntry")
TO = {"own": "beneath", "beneath": "own", "neighbour": "above", "above": "neighbour"}


def furnish(units: dict[str, Unit], *, by: User) -> None:
    """One of each at every unit; the review is put to all by the district."""
    today = timezone.localdate()
    for position, unit in units.items():
        staying = Membership.objects.on(today).filter(unit=unit)
        stay = staying.select_related("person", "unit").order_by("pk")[0]
        cause = next(iter(reasons().values()))
        plan = transfer_guards.Plan(cause.code, cause.goals[0], units[TO[position]])
        transfer.submit(transfer.start(stay, plan, on=today, by=by), on=today, by=by)
        removal = next(kind for kind in discipline.matter_kinds() if "struck_off" in kind.parts)
        discipline.propose(stay, removal, discipline.Proposal("某事"), on=today, by=by)
        with telling():
            DuesEntry.objects.create(
                unit=unit,
                person=stay.person,
                sort="paid",
                month=today.replace(day=1),
                amount=3,
                on=today,
                by=by,
            )
            tell(Told.DUES_RECORDED, by=by, about=str(unit))
    for unit in units.values():
        month = dt.timedelta(days=30)
        open_review(unit, year=today.year, opens_on=today - month, due_on=today + month, by=by)


def example(sort: str, unit: Unit) -> Any:
    """The thing of this sort at `unit`; a door captures its number, key or code."""
    if sort in ("Departure", "Moving"):
        return transfers().filter(unit=unit).first()
    if sort == "Arrival":
        return transfers().filter(to_unit=unit).first()
    if sort == "MatterAt":
        return MemberCase.objects.filter(unit=unit, matter__isnull=False).first()
    if sort == "DuesEntry":
        return DuesEntry.objects.filter(unit=unit).first()
    issue = Issue.objects.get(series=review_series(), issued_by=unit, year=timezone.localdate().year)
    if sort == "ReviewIssue":
        return ReviewIssue(issue)
    return AskedBranch(issue, unit) if unit.is_branch else None
