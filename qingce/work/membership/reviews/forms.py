"""What is asked of a branch in the yearly review: the day, how many came, and the exceptions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.widgets import Day, Pills, Stepper
from qingce.league.organisations.models import Membership
from qingce.work.membership.models import Grade
from qingce.work.membership.reviews.guards import Meeting
from qingce.work.membership.reviews.reading import usual_grade


class ReviewForm(forms.Form):
    """Everybody stands at “qualified”; only exceptions are touched."""

    held_on = forms.DateField(label=_("Day of the meeting"), widget=Day)
    present = forms.IntegerField(label=_("How many came"), min_value=0, max_value=2000, widget=Stepper)
    opinions = forms.CharField(
        label=_("Opinions and suggestions"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        stays: list[Membership],
        *args: Any,
        given: Mapping[int, tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stays = stays
        for stay in stays:
            usual = usual_grade(stay)
            offered = [one for one in Grade if one != Grade.WITHOUT or usual == Grade.WITHOUT]
            grade, note = (given or {}).get(stay.person_id, (usual, ""))
            self.fields[f"grade_{stay.person_id}"] = forms.ChoiceField(
                label=stay.person.name,
                choices=[(one.value, one.label) for one in offered],
                widget=Pills,
                initial=grade,
            )
            self.fields[f"note_{stay.person_id}"] = forms.CharField(
                label=_("Why not reviewed"), max_length=120, required=False, initial=note
            )

    @property
    def lines(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """For each member: the grade, and the note that a member not reviewed needs."""
        for stay in self.stays:
            yield self[f"grade_{stay.person_id}"], self[f"note_{stay.person_id}"]

    def meeting(self) -> Meeting:
        """What the branch says; who came to the branch after the meeting is no part of it."""
        said = self.cleaned_data
        there = [stay.person_id for stay in self.stays if stay.since <= said["held_on"]]
        return Meeting(
            held_on=said["held_on"],
            present=said["present"],
            grades={person: said[f"grade_{person}"] for person in there},
            notes={person: said[f"note_{person}"] for person in there},
            opinions=said["opinions"],
        )


class OpeningForm(forms.Form):
    """A yearly review for all branches beneath the reader's unit."""

    opens_on = forms.DateField(label=_("Opens on"), widget=Day)
    due_on = forms.DateField(label=_("Due on"), widget=Day)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opens_on"].initial = today
        self.fields["due_on"].initial = today + dt.timedelta(days=60)
