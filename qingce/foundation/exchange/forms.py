"""Sending a file, and saying what its columns mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from qingce.foundation.exchange import sheets
from qingce.foundation.exchange.mapping import Recognised, normalised, words_of
from qingce.foundation.exchange.reading import FILE_LIMIT
from qingce.foundation.exchange.sheets import Sheet
from qingce.foundation.files.checking import SHEETS, accepted
from qingce.foundation.refusals import Refused


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        help_text=_("A workbook (.xlsx, .xls, .ods) or a text table (.csv)."),
    )
    kind = forms.ChoiceField(
        label=_("Sheet"),
        required=False,
        help_text=_("Leave this open and each worksheet is recognised by its columns."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(sheet.code, str(sheet.label)) for sheet in sheets.sheets()]
        self.fields["kind"].choices = [("", _("Recognise by columns")), *kinds]  # type: ignore[attr-defined]

    def clean_file(self) -> File[Any]:
        try:
            return accepted(self.cleaned_data["file"], among=SHEETS, largest=FILE_LIMIT)[0]
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None


class MappingForm(forms.Form):
    """One choice for each head of a worksheet: which field it is, or none."""

    name = forms.CharField(
        label=_("Name of this layout"),
        max_length=120,
        help_text=_("Files with the same heads are read the same way from now on."),
    )

    def __init__(self, found: Recognised, sheet: Sheet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.heads = [head for head in found.heads if head]
        self.fields["name"].initial = found.grid.title
        for place, head in enumerate(self.heads):
            self.fields[f"head{place}"] = forms.ChoiceField(
                label=head,
                choices=[("", _("leave out")), *_choices(sheet)],
                required=False,
                initial=_guess(head, sheet),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [name for name in self.mapped().values() if name]
        missing = [
            str(column.label)
            for column in self.sheet.columns
            if column.required and column.name not in chosen
        ]
        if missing:
            self.add_error(None, _("Still without a column: %s.") % "、".join(missing))
        for label in _doubled(chosen, self.sheet):
            self.add_error(None, _("“%s” is chosen for several columns; keep one.") % label)
        return data

    def mapped(self) -> dict[str, str]:
        """Head → field, “” for a head that is left out."""
        return {head: self.cleaned_data.get(f"head{place}", "") for place, head in enumerate(self.heads)}


def _choices(sheet: Sheet) -> list[tuple[str, str]]:
    return [
        (column.name, f"{column.label}*" if column.required else str(column.label))
        for column in sheet.columns
    ]


def _guess(head: str, sheet: Sheet) -> str:
    word = normalised(head)
    return next((column.name for column in sheet.columns if word in words_of(column)), "")


def _doubled(chosen: Sequence[str], sheet: Sheet) -> list[str]:
    return [str(sheet.column(name).label) for name in dict.fromkeys(chosen) if chosen.count(name) > 1]
