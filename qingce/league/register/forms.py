"""Sending an export, deciding on differences, searching, merging."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingce.foundation.exchange.reading import FILE_LIMIT
from qingce.foundation.files.checking import SHEETS, accepted
from qingce.foundation.refusals import Refused
from qingce.foundation.ui.widgets import Day
from qingce.league.organisations.fields import UnitField
from qingce.league.organisations.models import UnitQuerySet
from qingce.league.people.models import Person


class ExportForm(forms.Form):
    unit = UnitField(label=_("Whose members the export holds"))
    file = forms.FileField(
        label=_("Export of the national system"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )

    def __init__(self, among: UnitQuerySet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].among = among  # type: ignore[attr-defined]

    def clean_file(self) -> File[Any]:
        try:
            return accepted(self.cleaned_data["file"], among=SHEETS, largest=FILE_LIMIT)[0]
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None


class DayForm(forms.Form):
    """The day on which a stay ends or begins; where nothing does, a question without a field."""

    on = forms.DateField(label=_("In force from"), widget=Day)

    def __init__(self, today: dt.date, needed: bool, said: Any = None) -> None:
        super().__init__(said, initial={"on": today})
        self.today = today
        if not needed:
            del self.fields["on"]

    @property
    def day(self) -> dt.date:
        return self.cleaned_data.get("on") or self.today


class BecauseForm(forms.Form):
    because = forms.CharField(label=_("Reason"), max_length=200)


class NoteForm(forms.Form):
    because = forms.CharField(label=_("How you know"), max_length=200, required=False)


class MergeForm(NoteForm):
    """Which of two entries stays."""

    keep = forms.TypedChoiceField(label=_("Which entry stays"), coerce=int, widget=forms.RadioSelect)
    field_order = ["keep", "because"]

    def __init__(self, both: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.both = both
        choices = [(person.pk, f"{person.name} · {_since(person)}") for person in both]
        self.fields["keep"].choices = choices  # type: ignore[attr-defined]
        self.fields["keep"].initial = max(both, key=lambda person: bool(person.id_digest)).pk

    def keep_and_drop(self) -> tuple[Person, Person]:
        one, other = self.both
        return (one, other) if self.cleaned_data["keep"] == one.pk else (other, one)


def _since(person: Person) -> str:
    """What tells two namesakes apart: branch, ID number as it is shown, and the number of the row."""
    stay = person.memberships.order_by("-since").select_related("unit").first()
    said = [str(stay.unit) if stay else "", str(person.id_number) or gettext("no ID number"), f"№{person.pk}"]
    return " · ".join(part for part in said if part)
