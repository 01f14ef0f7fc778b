"""What is asked before a figure is put right, an issue replaced, a package taken."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingce.reports.issued.explained import Explained


class BecauseForm(forms.Form):
    because = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )


class ErratumForm(BecauseForm):
    """Which of the figures that moved are put right, and why."""

    figures = forms.MultipleChoiceField(label=_("Figures to put right"), widget=forms.CheckboxSelectMultiple)

    field_order = ("figures", "because")

    def __init__(self, moved: list[Explained], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.drift.frozen.key, one.in_words) for one in moved if one.drift.live is not None]
        self.fields["figures"].choices = choices  # type: ignore[attr-defined]
        self.fields["figures"].initial = [key for key, _label in choices]
        self.fields["because"].help_text = _(
            "Printed in the erratum, for example: one lecture was recorded twice."
        )


class PackageForm(forms.Form):
    """Whether names are wanted in full, and then why."""

    names = forms.BooleanField(label=_("Personal names in full"), required=False)
    because = forms.CharField(label=_("What do you need the names for?"), required=False, max_length=200)
