"""What is asked for a congress: the seats of each delegation, its delegates, and their links."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingce.foundation.dates import in_force
from qingce.foundation.ui.widgets import Day
from qingce.foundation.words import folded
from qingce.league.access.reach import Reach
from qingce.league.organisations.fields import UnitField
from qingce.league.organisations.models import BRANCHES, Unit
from qingce.league.people.models import Person
from qingce.work.organising.congress_actions import proportional
from qingce.work.organising.congresses import Delegate, SeatAllotment
from qingce.work.organising.models import UnitEvent


class SeatsForm(forms.Form):
    """A number for every unit directly beneath; proposed by members until somebody changes it."""

    def __init__(self, event: UnitEvent, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = list(event.subject_unit.children(day=event.happened_on).active(event.happened_on))
        known = dict(event.allotments.values_list("unit", "seats"))
        planned = event.congress.delegates_planned if hasattr(event, "congress") else len(self.units)
        proposed = {} if known else proportional(event, self.units, planned)
        for unit in self.units:
            self.fields[f"seats_{unit.pk}"] = forms.IntegerField(
                label=str(unit),
                min_value=0,
                max_value=300,
                initial=known.get(unit.pk, proposed.get(unit, 0)),
            )

    def seats(self) -> dict[Unit, int]:
        said = {unit: self.cleaned_data[f"seats_{unit.pk}"] for unit in self.units}
        return {unit: number for unit, number in said.items() if number}


class DelegatesForm(forms.Form):
    """Names of those elected, one a line: members and officers of the unit and of all beneath it."""

    names = forms.CharField(
        label=_("Names, one a line"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000
    )
    on = forms.DateField(label=_("Elected on"), widget=Day)

    def __init__(self, allotment: SeatAllotment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allotment = allotment
        self.fields["on"].initial = allotment.event.happened_on
        self.people: list[Person] = []

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        names = [folded(line) for line in said["names"].splitlines() if folded(line)]
        for name in names:
            found = list(called(name, self.allotment.unit, said["on"])[:2])
            if len(found) == 1:
                self.people.append(found[0])
                continue
            none = gettext("Nobody called %s is a member here on that day.")
            many = gettext(
                "Several members are called %s; have one of them told apart in the register first."
            )
            self.add_error("names", (many if found else none) % name)
        return said


class LinkForm(forms.Form):
    branch = UnitField(label=_("Branch"), required=False, help_text=_("Name, initials or code."))
    name = forms.CharField(label=_("Or a young person"), required=False, max_length=40)
    since = forms.DateField(label=_("From"), widget=Day)

    def __init__(self, delegate: Delegate, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.delegate = delegate
        self.reach = reach
        units = reach.units("unit.see").active(reach.on).filter(kind__in=BRANCHES)
        self.fields["branch"].among = units  # type: ignore[attr-defined]
        self.fields["since"].initial = reach.on

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        name = folded(said.get("name") or "")
        said["person"] = None
        if name and not self.errors:
            found = list(called(name, self.delegate.unit, said["since"])[:2])
            if len(found) != 1:
                none = gettext("Nobody called %s is a member here on that day.")
                many = gettext(
                    "Several members are called %s; have one of them told apart in the register first."
                )
                raise forms.ValidationError((many if found else none) % name)
            said["person"] = found[0]
        return said


class MandateEndForm(forms.Form):
    on = forms.DateField(label=_("From which day"), widget=Day)
    because = forms.CharField(label=_("Reason"), max_length=80)


def called(name: str, unit: Unit, day: Any) -> Any:
    """Members and officers of this name at the unit or beneath it on the day."""
    beneath = Unit.objects.beneath(unit, day=day)
    staying = in_force(day, since="memberships__since", until="memberships__until")
    serving = in_force(day, since="posts__since", until="posts__until")
    members = Person.objects.filter(staying, memberships__unit__in=beneath, name=name).values("pk")
    officers = Person.objects.filter(serving, posts__unit__in=beneath, name=name).values("pk")
    return Person.objects.filter(Q(pk__in=members) | Q(pk__in=officers), name=name)
