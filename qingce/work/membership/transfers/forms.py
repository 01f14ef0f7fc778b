"""What is asked for a transfer: who, why and where to; and what the one or the other side adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingce.foundation.exchange.cells import Misread, id_number
from qingce.foundation.ui.widgets import Day
from qingce.league.organisations.fields import UnitField
from qingce.league.organisations.models import Membership, Unit, UnitKind, UnitQuerySet
from qingce.work.membership.transfers.guards import Plan
from qingce.work.membership.transfers.reasons import BEYOND, MOBILE, STAYS, Reason, goal_label, reasons

Choices = list[tuple[str, Any]]


def ways(offered: Iterable[Reason]) -> Choices:
    """Every reason with the destinations it allows, so that no wrong pair can be chosen."""
    return [
        (str(reason), [(f"{reason.code}:{goal}", f"{reason} → {goal_label(goal)}") for goal in reason.goals])
        for reason in offered
    ]


class WayForm(forms.Form):
    """Why and where to; the receiving body is named as people name it."""

    way = forms.ChoiceField(label=_("Reason and destination"))
    to_unit = UnitField(label=_("Receiving body in the county"), required=False)
    elsewhere = forms.CharField(label=_("Receiving body outside the county"), max_length=120, required=False)

    def __init__(self, *args: Any, today: dt.date, graduates: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [reason for reason in reasons().values() if reason.graduates or not graduates]
        self.fields["way"].choices = ways(offered)  # type: ignore[attr-defined]
        self.fields["to_unit"].among = Unit.objects.active(today)  # type: ignore[attr-defined]
        self.graduates = graduates

    def plan(self) -> Plan:
        said = self.cleaned_data
        cause, _colon, goal = said["way"].partition(":")
        return Plan(cause, goal, said["to_unit"], said["elsewhere"], graduate=self.graduates)


class TransferForm(WayForm):
    """One member of a branch."""

    member = forms.ChoiceField(label=_("Member"))
    field_order = ("member", "way", "to_unit", "elsewhere")

    def __init__(self, stays: list[Membership], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stays = {str(stay.person_id): stay for stay in stays}
        names = [(key, stay.person.name) for key, stay in self.stays.items()]
        self.fields["member"].choices = names  # type: ignore[attr-defined]

    @property
    def stay(self) -> Membership:
        return self.stays[self.cleaned_data["member"]]


class GraduatesForm(WayForm):
    """The members of a class who go the same way; all are ticked, exceptions are unticked."""

    who = forms.MultipleChoiceField(label=_("Members"), widget=forms.CheckboxSelectMultiple)
    field_order = ("way", "to_unit", "elsewhere", "who")

    def __init__(self, stays: list[Membership], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, graduates=True, **kwargs)
        self.stays = {str(stay.person_id): stay for stay in stays}
        names = [(key, stay.person.name) for key, stay in self.stays.items()]
        self.fields["who"].choices = names  # type: ignore[attr-defined]
        self.fields["who"].initial = list(self.stays)

    @property
    def chosen(self) -> list[Membership]:
        return [self.stays[key] for key in self.cleaned_data["who"]]


class ReceptionForm(forms.Form):
    """A member who comes from another county."""

    name = forms.CharField(label=_("Name"), max_length=60)
    id_number = forms.CharField(label=_("ID number"), max_length=18, min_length=18)
    cause = forms.ChoiceField(label=_("Reason"))
    elsewhere = forms.CharField(label=_("Comes from"), max_length=120)
    development_number = forms.CharField(label=_("Development number"), max_length=16, required=False)
    document = forms.CharField(label=_("Letter or number of the transfer"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moving = [(one.code, str(one)) for one in reasons().values() if not one.keeps]
        self.fields["cause"].choices = moving  # type: ignore[attr-defined]

    def clean_id_number(self) -> str:
        try:
            return id_number(self.cleaned_data["id_number"]) or ""
        except Misread as problem:
            raise forms.ValidationError(str(problem)) from None


class RequestForm(forms.Form):
    """A member of another branch of the county: who, and why; where to is the branch that asks."""

    name = forms.CharField(label=_("Name"), max_length=60)
    id_number = forms.CharField(label=_("ID number"), max_length=18, min_length=18)
    way = forms.ChoiceField(label=_("Reason and destination"))
    note = forms.CharField(label=_("Note to the branch"), max_length=200, required=False)

    clean_id_number = ReceptionForm.clean_id_number

    def __init__(self, unit: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.fields["way"].choices = ways_into(unit)  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        cause, _colon, goal = self.cleaned_data["way"].partition(":")
        return Plan(cause, goal, self.unit)


def ways_into(unit: Unit) -> Choices:
    """Reasons and destinations that may lead to this unit."""
    closed = {*BEYOND, STAYS, *(() if unit.kind == UnitKind.MOBILE_BRANCH else (MOBILE,))}
    offered = []
    for reason in reasons().values():
        goals = [one for one in reason.goals if one not in closed]
        if goals and not reason.keeps:
            offered.append(
                (str(reason), [(f"{reason.code}:{one}", f"{reason} → {goal_label(one)}") for one in goals])
            )
    return offered


class DayForm(forms.Form):
    on = forms.DateField(label=_("Which day"), widget=Day)


class PlacingForm(forms.Form):
    """The branch in which the member is placed; asked only where the receiving body has several."""

    branch = UnitField(label=_("Branch"))

    def __init__(self, among: UnitQuerySet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].among = among  # type: ignore[attr-defined]
