"""Sending an export, deciding on differences, searching, merging."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from qingce.foundation.exchange.reading import FILE_LIMIT
from qingce.foundation.files.checking import SHEETS, accepted
from qingce.foundation.refusals import Refused
from qingce.foundation.ui.widgets import Day
from qingce.league.organisations.fields import UnitField
from qingce.league.organisations.models import UnitQuerySet


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
    on = forms.DateField(label=_("In force from"), widget=Day)


class BecauseForm(forms.Form):
    because = forms.CharField(label=_("Reason"), max_length=200)
