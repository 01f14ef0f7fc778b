"""What is asked of a table: indicators by chapter, or a list of records."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingce.figures.indicators.definitions import indicators
from qingce.foundation.ui.widgets import Pills
from qingce.reports.writing.drawing import facts
from qingce.reports.writing.runs import Piece
from qingce.reports.writing.tabled import COLUMN, TABLE

ROWS = [
    ("figures", _("a figure, against last year")),
    ("units", _("a unit beneath")),
    ("months", _("a month")),
    ("records", _("a record")),
]


class TableForm(forms.Form):
    sort = forms.ChoiceField(label=_("Each row is"), choices=ROWS, widget=Pills)
    caption = forms.CharField(label=_("Caption"), required=False, max_length=60)
    codes = forms.MultipleChoiceField(label=_("Figures"), required=False)
    fact = forms.ChoiceField(label=_("Records listed"), required=False)
    column = forms.CharField(label=_("Name of the column"), required=False, max_length=20)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, piece: Piece, version: int, data: Any = None) -> None:
        listed = piece.code == "records"
        self.held = [] if listed else piece.codes.split()
        initial = {
            "sort": piece.code,
            "caption": piece.text,
            "codes": self.held,
            "fact": piece.codes if listed else "",
            "column": piece.otherwise or COLUMN,
            "version": version,
        }
        super().__init__(data, initial=initial)
        self.fields["codes"].choices = [(code, str(one)) for code, one in indicators().items()]  # type: ignore[attr-defined]
        self.fields["fact"].choices = [("", "—"), *((code, str(one)) for code, one in facts().items())]  # type: ignore[attr-defined]

    @property
    def chapters(self) -> Iterator[tuple[str, list[tuple[str, str, bool]], int]]:
        """Each chapter with its indicators (code, name, whether chosen) and how many are chosen."""
        chosen = set(self["codes"].value() or ())
        for label, held in groupby(indicators().values(), key=lambda one: str(one.chapter_label)):
            listed = [(one.code, str(one), one.code in chosen) for one in held]
            yield label, listed, sum(one[2] for one in listed)

    @property
    def piece(self) -> Piece:
        """The table as it was chosen; figures chosen before keep their order."""
        said = self.cleaned_data
        if said["sort"] == "records":
            return Piece(TABLE, said["caption"], code="records", codes=said["fact"], otherwise=said["column"])
        kept = [code for code in self.held if code in said["codes"]]
        codes = [*kept, *(code for code in said["codes"] if code not in kept)]
        return Piece(TABLE, said["caption"], code=said["sort"], codes=" ".join(codes))
