"""What is asked for a change of the tree; each form knows its part and says it as `Parts`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingce.foundation.dates import in_force
from qingce.foundation.ui.widgets import Day, Pills
from qingce.league.access.reach import Reach
from qingce.league.organisations.fields import UnitField
from qingce.league.organisations.models import BRANCHES, Domain, Unit, UnitKind
from qingce.league.people.models import Person
from qingce.work.organising import foresight
from qingce.work.organising.actions import Parts

FOUNDED = [one for one in UnitKind if one != UnitKind.DISTRICT_COMMITTEE]
MOST_OFFSHOOTS = 3


class ActForm(forms.Form):
    """The head of every paper, after what the single act asks."""

    field_order: list[str] = []

    def __init__(self, unit: Unit, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.reach = reach
        self.fields["on"] = forms.DateField(label=_("From which day"), widget=Day, initial=reach.on)
        self.fields["document_number"] = forms.CharField(
            label=_("Document number"),
            required=False,
            max_length=80,
            help_text=_("Of the paper that approves it; leave it empty to submit it for approval."),
        )
        self.fields["approved_by"] = forms.CharField(label=_("Approved by"), required=False, max_length=80)
        self.fields["note"] = forms.CharField(
            label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
        )
        self.ready()

    def ready(self) -> None:
        """What depends on the unit."""

    @property
    def day(self) -> dt.date:
        return getattr(self, "cleaned_data", {}).get("on") or self.reach.on

    @property
    def subject(self) -> Unit | None:
        return self.unit

    @property
    def owner(self) -> Unit:
        """The unit whose record it is."""
        return self.unit

    def parts(self) -> Parts:
        raise NotImplementedError

    def foresight(self) -> list[str]:
        """What follows, as far as it is known yet."""
        return []

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields as the page shows them: a title, and the fields that stand side by side under it."""
        return [("", [self[name]]) for name in self.fields]

    folded: list[tuple[str, list[forms.BoundField]]] = []  # further rows, opened when they are needed

    def tail(self) -> list[tuple[str, list[forms.BoundField]]]:
        """What stands after the further rows."""
        return []


class FoundingForm(ActForm):
    """A unit beneath `unit`."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        help_text=_("No abbreviations; a class by its year, subject and number."),
    )
    short_name = forms.CharField(label=_("Short name"), max_length=60)
    unit_kind = forms.ChoiceField(
        label=_("Kind of unit"), choices=[(one.value, one.label) for one in FOUNDED], initial=UnitKind.BRANCH
    )
    domain = forms.ChoiceField(label=_("Field"), choices=Domain)
    members = forms.IntegerField(label=_("Members at the beginning"), min_value=0, max_value=99999)
    party_body = forms.CharField(label=_("Party body above"), required=False, max_length=120)
    until = forms.DateField(
        label=_("Set up until"), required=False, widget=Day, help_text=_("Of a temporary branch only.")
    )
    partners = forms.CharField(
        label=_("Shared by"),
        required=False,
        max_length=200,
        help_text=_("Of a joint branch only: the units that share it, one after the other."),
    )

    def ready(self) -> None:
        self.fields["domain"].initial = self.unit.domain

    @property
    def subject(self) -> Unit | None:
        return None

    def parts(self) -> Parts:
        names = ("name", "short_name", "unit_kind", "domain", "members", "party_body", "until", "partners")
        return Parts(change={**{one: self.cleaned_data[one] for one in names}, "to": self.unit})

    def foresight(self) -> list[str]:
        return [
            gettext("It stands under %s and gets a code of its own, which it keeps for ever.") % self.unit
        ]


class RenamingForm(ActForm):
    name = forms.CharField(label=_("New full name"), max_length=120)
    short_name = forms.CharField(label=_("New short name"), max_length=60)

    def ready(self) -> None:
        self.fields["name"].initial, self.fields["short_name"].initial = self.unit.name, self.unit.short_name

    def parts(self) -> Parts:
        return Parts(change={one: self.cleaned_data[one] for one in ("name", "short_name")})

    def foresight(self) -> list[str]:
        name = getattr(self, "cleaned_data", {}).get("name")
        return foresight.of_renaming(self.unit, name, self.day) if name else []


class _TowardsForm(ActForm):
    """An act that names a second unit; `?to=` names it beforehand."""

    to = UnitField(label=_("To which unit"), help_text=_("Name, initials or code."))

    def ready(self) -> None:
        self.fields["to"].among = self.among()  # type: ignore[attr-defined]

    def among(self) -> Any:
        active = self.reach.units("unit.see").active(self.reach.on)
        return active.exclude(pk=self.unit.pk)

    def parts(self) -> Parts:
        return Parts(change={"to": self.cleaned_data["to"]})

    @property
    def target(self) -> Unit | None:
        """The second unit, from the form or, before it is sent, from what it begins with."""
        said = getattr(self, "cleaned_data", {}).get("to") or self.initial.get("to")
        return said if isinstance(said, Unit) else None


class RelocationForm(_TowardsForm):
    def among(self) -> Any:
        return super().among().exclude(kind__in=BRANCHES)

    def foresight(self) -> list[str]:
        return foresight.of_relocation(self.unit, self.target, self.day) if self.target else []


class MergingForm(_TowardsForm):
    def among(self) -> Any:
        return super().among().filter(kind__in=BRANCHES) if self.unit.is_branch else super().among()

    def foresight(self) -> list[str]:
        return foresight.of_merging(self.unit, self.target, self.day) if self.target else []


class SplitForm(ActForm):
    """Up to three new units; for every member, where the member goes."""

    goes_on = forms.BooleanField(label=_("The unit itself goes on"), required=False)

    def ready(self) -> None:
        head = {name: self.fields.pop(name) for name in list(self.fields)}
        for n in range(1, MOST_OFFSHOOTS + 1):
            label = gettext("Full name of new unit %d") % n
            self.fields[f"name_{n}"] = forms.CharField(label=label, max_length=120, required=n == 1)
        self.fields |= head
        choices = [(str(n), str(n)) for n in range(1, MOST_OFFSHOOTS + 1)] + [("", gettext("stays"))]
        staying = in_force(self.reach.on, since="memberships__since", until="memberships__until")
        self.people = list(
            Person.objects.filter(staying, memberships__unit=self.unit).order_by("initials", "pk")
        )
        named = self.reach.may("person.see", self.unit)
        for place, person in enumerate(self.people):
            self.fields[f"member_{person.pk}"] = forms.ChoiceField(
                label=person.name if named else person.masked_name,
                choices=choices,
                required=False,
                widget=Pills,
                initial="1" if place < len(self.people) / 2 else "2",
            )

    def parts(self) -> Parts:
        said = self.cleaned_data
        offshoots = [
            (
                {"name": said[f"name_{n}"], "kind": self.unit.kind},
                [one for one in self.people if said.get(f"member_{one.pk}") == str(n)],
            )
            for n in range(1, MOST_OFFSHOOTS + 1)
            if said.get(f"name_{n}")
        ]
        return Parts(change={"goes_on": said["goes_on"]}, offshoots=offshoots)


class DissolutionForm(ActForm):
    def parts(self) -> Parts:
        return Parts(change={})

    def foresight(self) -> list[str]:
        return foresight.of_dissolution(self.unit, self.day)


class DeferralForm(ActForm):
    until = forms.DateField(label=_("Put off until"), widget=Day)
    party_paper = forms.CharField(label=_("Paper of the Party body"), max_length=120, required=False)

    def parts(self) -> Parts:
        return Parts(change={one: self.cleaned_data[one] for one in ("until", "party_paper")})
