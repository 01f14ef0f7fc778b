"""The numbers that a branch is asked for, because nobody else knows them."""

from __future__ import annotations

from typing import Any

from django import forms

from qingce.league.organisations.models import Membership


class NumberForm(forms.Form):
    """Development numbers that are missing; those left empty stay missing."""

    def __init__(self, stays: list[Membership], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stays = stays
        for stay in stays:
            name = stay.person.name
            self.fields[f"number_{stay.pk}"] = forms.CharField(label=name, max_length=16, required=False)

    @property
    def given(self) -> list[tuple[Membership, str]]:
        said = [(stay, self.cleaned_data[f"number_{stay.pk}"].strip()) for stay in self.stays]
        return [(stay, number) for stay, number in said if number]
