"""Whose turn it is in one branch: what the register and the procedures ask of it today, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingce.league.organisations.models import Membership, Unit, UnitKind
from qingce.league.rules import ruling, rulings_held_still
from qingce.ledger.records.models import State
from qingce.work.membership.dues.statement import Line, Statement
from qingce.work.membership.leaving.actions import leavers
from qingce.work.membership.models import MemberCase
from qingce.work.membership.reviews.reading import asked_of
from qingce.work.membership.stepping import kind_with
from qingce.work.membership.transfers.guards import OPEN
from qingce.work.membership.transfers.listing import days_since

NAMES = 3
KEPT = ("transfer_kept_by_school_months", "transfer_kept_by_school_months_most")


@dataclass(frozen=True)
class Turn:
    """One thing to do: what, about whom, where it is done, by when."""

    what: str
    href: str
    about: str = ""
    by: dt.date | None = None
    late: bool = False
    people: list[int] = field(default_factory=list)


def turns(unit: Unit, *, on: dt.date) -> list[Turn]:
    """Everything that waits in the branch, what is due first on top."""
    with rulings_held_still():
        found = [
            *_reviews(unit, on),
            *_transfers(unit, on),
            *_requests(unit, on),
            *_leavers(unit, on),
            *_matters(unit),
            *_numbers(unit, on),
            *_kept(unit, on),
            *_dues(unit, on),
        ]
    return sorted(found, key=lambda turn: (turn.by or dt.date.max, turn.what))


def _reviews(unit: Unit, on: dt.date) -> Iterator[Turn]:
    for issue in asked_of(unit, on=on):
        href = reverse("review-answer", args=[issue.pk, unit.code])
        late = bool(issue.due_on and issue.due_on < on)
        yield Turn(_("Yearly review %d") % issue.year, href, by=issue.due_on, late=late)


def _transfers(unit: Unit, on: dt.date) -> Iterator[Turn]:
    """What the branch began and what is still on its way, with the days it has waited."""
    rows = MemberCase.objects.filter(unit=unit, transfer__isnull=False, stage__in=OPEN)
    related = ("person", "transfer", "to_unit")
    rows = rows.exclude(state=State.VOID).select_related(*related).prefetch_related("steps")
    for case in rows:
        href = reverse("transfer", args=[case.number])
        last = max((step.on for step in case.steps.all()), default=case.happened_on)
        days = days_since(last, on=on)
        what = _("Transfer of %s") % case.person.name
        if case.stage == "requested":
            due = case.transfer.due_on
            about = _("asked for by %s: agree or decline") % case.to_unit
            yield Turn(what, href, about, due, bool(due and due < on), people=[case.person_id])
        elif case.stage == "drafted":
            yield Turn(what, href, _("still to be handed up"), people=[case.person_id])
        else:
            about = _("%(stage)s, waiting for %(days)d days") % {"stage": case.stage_label, "days": days}
            yield Turn(what, href, about, people=[case.person_id])


def _requests(unit: Unit, on: dt.date) -> Iterator[Turn]:
    """Members of other branches for whom this one has asked."""
    rows = MemberCase.objects.filter(to_unit=unit, transfer__isnull=False, stage="requested")
    for case in rows.exclude(state=State.VOID).select_related("person", "transfer"):
        what, due = _("Transfer of %s") % case.person.name, case.transfer.due_on
        late, href = bool(due and due < on), reverse("transfer", args=[case.number])
        yield Turn(what, href, _("the branch of the member has been asked"), due, late)


def _leavers(unit: Unit, on: dt.date) -> Iterator[Turn]:
    end = (on.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    for one in leavers([unit.pk], until=end):
        if not one.keeps:
            about = _("reaches the age of leaving on %s") % date_format(one.day, "DATE_FORMAT")
            yield Turn(one.stay.person.name, reverse("leaving"), about, one.day, people=[one.stay.person_id])


def _matters(unit: Unit) -> Iterator[Turn]:
    rows = MemberCase.objects.filter(unit=unit, matter__isnull=False, state=State.SUBMITTED)
    for case in rows.exclude(stage="voted").select_related("person"):
        yield Turn(case.title, reverse("matter", args=[case.number]), case.stage_label)


def _numbers(unit: Unit, on: dt.date) -> Iterator[Turn]:
    """Members who joined when a number was demanded, and have none."""
    lacking = without_number(unit, on=on)
    if lacking:
        said = ngettext("%d member lacks a development number", "%d members lack a development number",
                        len(lacking)) % len(lacking)  # fmt: skip
        names = "、".join(stay.person.name for stay in lacking[:NAMES])
        people = [stay.person_id for stay in lacking]
        yield Turn(said, reverse("branch-numbers", args=[unit.code]), names, people=people)


def without_number(unit: Unit, *, on: dt.date) -> list[Membership]:
    """Members whose joining fell under the rule that demands a number."""
    rows = Membership.objects.on(on).filter(unit=unit, development_number="", joined_on__isnull=False)
    stays = rows.select_related("person").order_by("person__initials", "pk")
    return [stay for stay in stays if ruling("development_number_required", on=stay.joined_on).value]


def _dues(unit: Unit, on: dt.date) -> Iterator[Turn]:
    """Months that are open, in a branch that keeps its dues here; one that never began is not pressed to."""
    if not unit.dues.exists():
        return
    lines = [line for line in Statement(unit, year=on.year, on=on).lines if line.open_months]
    if lines:
        said = ngettext("Dues of %d member are open", "Dues of %d members are open", len(lines)) % len(lines)
        people = [line.person.pk for line in lines]
        yield Turn(said, reverse("dues-payment", args=[unit.code]), people=people)
    yield from _lapsing(unit, lines, on)


def _lapsing(unit: Unit, lines: list[Line], on: dt.date) -> Iterator[Turn]:
    """Who has paid nothing for so long that the membership may lapse: the meeting looks into it."""
    months = ruling("lapse_months", on=on, unit=unit).value or 0
    kind = kind_with("lapse")
    for line in lines:
        if months and line.running >= months:
            href = f"{reverse('matter-new', args=[unit.code])}?kind={kind.code}&member={line.person.pk}"
            about = _("no dues for %d months running") % line.running
            yield Turn(line.person.name, href, about, people=[line.person.pk])


def _kept(unit: Unit, on: dt.date) -> Iterator[Turn]:
    """Graduates in the mobile members' branch, when the time for which they may stay runs out."""
    if unit.kind != UnitKind.MOBILE_BRANCH:
        return
    usual, most = (ruling(code, on=on, unit=unit) for code in KEPT)
    stays = Membership.objects.on(on).filter(unit=unit).select_related("person").order_by("since")
    for stay in stays:
        if usual.holds and usual.after(stay.since) <= on:
            ends = most.after(stay.since) if most.holds else None
            href = f"{reverse('transfer-new', args=[unit.code])}?member={stay.person_id}"
            about = _("kept here since %s") % date_format(stay.since, "DATE_FORMAT")
            late = bool(ends and ends <= on)
            yield Turn(stay.person.name, href, about, ends, late, people=[stay.person_id])
