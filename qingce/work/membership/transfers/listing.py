"""Transfers within reach: what waits on whom and for how long. A list to act on, never a ranking."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from django import forms
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingce.foundation.words import folded
from qingce.league.access.reach import Reach
from qingce.ledger.records.models import State
from qingce.work.membership.finding import transfers
from qingce.work.membership.models import MemberCase, Reminder
from qingce.work.membership.transfers.guards import OPEN

WAITING, UNDER_WAY, CLOSED = "waiting", "open", "closed"
SHOWS = [(WAITING, _("Waits on us")), (UNDER_WAY, _("Under way")), (CLOSED, _("Closed"))]


class TransferFilter(forms.Form):
    """By how far they are, and by name or initials."""

    show = forms.ChoiceField(choices=SHOWS, required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=pgettext_lazy("person", "Name or initials"), required=False, max_length=60)

    def __init__(self, asked: QueryDict, reach: Reach) -> None:
        super().__init__(asked)
        self.reach = reach
        self.full_clean()

    @property
    def shown(self) -> str:
        return self.cleaned_data.get("show") or WAITING

    def rows(self) -> QuerySet[MemberCase]:
        """Those asked for, what has waited longest first."""
        rows = self._named(self.within.filter(self._shown()))
        order = "-last_on" if self.shown == CLOSED else "last_on"
        reminders = Reminder.objects.filter(member_case=OuterRef("pk"), unit__in=self.reach.units())
        dated = rows.annotate(last_on=Max("steps__on"), reminded=Exists(reminders))
        return dated.order_by(order, "pk")

    @cached_property
    def within(self) -> QuerySet[MemberCase]:
        units = self.reach.units("person.see")
        sides = Q(unit__in=units) | Q(to_unit__in=units)
        return transfers().filter(sides).exclude(state=State.VOID)

    def _shown(self) -> Q:
        if self.shown == WAITING:
            return waiting_on(self.reach)
        return Q(stage__in=OPEN) if self.shown == UNDER_WAY else ~Q(stage__in=OPEN)

    def _named(self, rows: QuerySet[MemberCase]) -> QuerySet[MemberCase]:
        words = folded(self.cleaned_data.get("q", ""))
        if not words:
            return rows
        said = Q(person__name__contains=words)
        return rows.filter(said | Q(person__initials__startswith=words.lower()) if words.isascii() else said)


def waiting_on(reach: Reach) -> Q:
    """Transfers whose next step is the reader's."""
    enters, approves = reach.units("record.enter"), reach.units("transfer.approve")
    outside = Q(to_unit=None) & Q(unit__in=approves)
    return (
        Q(stage__in=("drafted", "requested"), unit__in=enters)
        | Q(stage="submitted", unit__in=approves)
        | Q(stage__in=("sender_approved", "receiver_approved")) & (Q(to_unit__in=approves) | outside)
    )


def days_since(day: dt.date | None, *, on: dt.date) -> int:
    return max((on - day).days, 0) if day else 0
