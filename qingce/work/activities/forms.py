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
from qingce.ledger.records.forms import PaperField
from qingce.work.activities.models import Activity


class ActivityForm(forms.Form):
    """When, how many, about what; the rest is known or folded away."""

    happened_on = forms.DateField(label=_("Which day"), widget=Day)
    attendance = forms.IntegerField(
        label=_("How many came"), min_value=0, max_value=2_000_000, required=False, widget=Stepper
    )
    title = forms.CharField(label=_("Title"), max_length=160, required=False)
    unit = UnitField(label=_("Unit"))
    venue = forms.CharField(label=_("Place"), max_length=80, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    paper = PaperField(required=False)

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
        self.facets = kind.facets
        for facet in kind.facets:
            self.fields[facet] = _words(facet)

    @property
    def word_fields(self) -> list[forms.BoundField]:
        """The lists of words that this kind offers."""
        return [self[facet] for facet in self.facets]

    @property
    def word_labels(self) -> str:
        return "、".join(str(field.label) for field in self.word_fields)

    @property
    def words_are_chosen(self) -> bool:
        return any(field.data for field in self.word_fields)

    def facts(self) -> dict[str, Any]:
        """What the verb is told."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "paper"}
        words = {facet: said.pop(facet) for facet in self.facets}
        return {**said, "words": {facet: chosen for facet, chosen in words.items() if chosen}}


def _words(facet: str) -> forms.MultipleChoiceField:
    offered = taxonomy().facets[facet]
    return forms.MultipleChoiceField(
        label=str(offered),
        choices=[(code, str(word)) for code, word in offered.words.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


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
    """A branch's answer to an issue: was it held, when, how many; or the answer it gave, to be amended."""

    FACTS = ("stage", "happened_on", "attendance", "note")

    stage = forms.ChoiceField(label=_("Did it take place"), widget=Pills)
    happened_on = forms.DateField(label=_("Which day"), widget=Day)
    attendance = forms.IntegerField(
        label=_("How many came"), min_value=0, max_value=100_000, required=False, widget=Stepper
    )
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    paper = PaperField(required=False)

    def __init__(
        self, kind: Kind, *args: Any, given: Activity | None, today: dt.date, members: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        stages = [code for code in kind.stages if code != "planned"]
        words = [(code, taxonomy().word("stage", code)) for code in stages]
        self.fields["stage"].choices = words  # type: ignore[attr-defined]
        self.fields["stage"].initial = kind.done
        self.fields["happened_on"].initial = today
        self.fields["attendance"].initial = members
        if given is not None:
            self.initial = {name: getattr(given, name) for name in self.FACTS}

    def facts(self) -> dict[str, Any]:
        """What the verb is told."""
        return {name: self.cleaned_data[name] for name in self.FACTS}
