"""The one short form: only what the system cannot know."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.widgets import Day, Pills, Stepper
from qingce.league.access.reach import Reach
from qingce.league.organisations.fields import UnitField
from qingce.league.organisations.models import Unit, UnitQuerySet
from qingce.ledger.kinds.catalogue import Kind, taxonomy


class ActivityForm(forms.Form):
    """When, how many, about what; the rest is known or folded away."""

    happened_on = forms.DateField(label=_("Which day"), widget=Day)
    attendance = forms.IntegerField(
        label=_("How many came"), min_value=0, max_value=2_000_000, required=False, widget=Stepper
    )
    theme = forms.MultipleChoiceField(label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple)
    title = forms.CharField(label=_("Title"), max_length=160, required=False)
    unit = UnitField(label=_("Unit"))
    venue = forms.CharField(label=_("Place"), max_length=80, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    MORE = ("title", "venue", "note")

    def __init__(self, kind: Kind, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].initial = reach.on
        self.fields["happened_on"].widget.attrs["max"] = reach.on.isoformat()
        self.fields["title"].widget.attrs["placeholder"] = str(kind)
        own = reach.units("record.enter")
        self.fields["unit"].among = own  # type: ignore[attr-defined]
        self.fields["unit"].initial = reach.home
        if own[:2].count() == 1:
            self.fields["unit"].widget = forms.HiddenInput()
        if "tags" in kind.parts:
            words = taxonomy().facets["theme"].words
            self.fields["theme"].choices = [(code, str(one)) for code, one in words.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["theme"]

    def facts(self) -> dict[str, Any]:
        """What the verb is told."""
        said = dict(self.cleaned_data)
        themes = said.pop("theme", [])
        return {**said, "words": {"theme": themes} if themes else {}}


class BodyForm(forms.Form):
    """Coverage of one body's branches alone, or of all within reach."""

    unit = UnitField(label=_("Body"), required=False)

    def __init__(self, asked: QueryDict, reach: Reach) -> None:
        super().__init__(asked)
        self.reach = reach
        self.fields["unit"].among = reach.units("record.see")  # type: ignore[attr-defined]

    def units(self) -> UnitQuerySet:
        """The units within reach that are asked about."""
        reached = self.reach.units("record.see")
        body = self.cleaned_data["unit"] if self.is_valid() else None
        if body is None:
            return reached
        return reached.filter(pk__in=Unit.objects.beneath(body, day=self.reach.on).values("pk"))


class AnswerForm(forms.Form):
    """A branch's answer to an issue: was it held, when, how many."""

    stage = forms.ChoiceField(label=_("Did it take place"), widget=Pills)
    happened_on = forms.DateField(label=_("Which day"), widget=Day)
    attendance = forms.IntegerField(
        label=_("How many came"), min_value=0, max_value=100_000, required=False, widget=Stepper
    )
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, kind: Kind, *args: Any, today: dt.date, members: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [code for code in kind.stages if code != "planned"]
        words = [(code, taxonomy().word("stage", code)) for code in stages]
        self.fields["stage"].choices = words  # type: ignore[attr-defined]
        self.fields["stage"].initial = kind.done
        self.fields["happened_on"].initial = today
        self.fields["attendance"].initial = members
