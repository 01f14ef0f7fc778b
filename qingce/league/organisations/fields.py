"""A form field in which a unit is named as people name it: code, name, short name, or initials."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingce.foundation.words import folded
from qingce.league.organisations.models import Unit, UnitQuerySet


class UnitField(forms.CharField):
    """Cleans to the unit meant, among `among`; None when left empty."""

    among: UnitQuerySet = Unit.objects.none()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 120, **kwargs})

    def clean(self, value: Any) -> Any:
        said = folded(super().clean(value) or "")
        if not said:
            return None
        found = unit_called(self.among, said)
        if found is None:
            raise forms.ValidationError(_("No unit within your reach is called so."))
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Unit) else value


def unit_called(units: UnitQuerySet, said: str) -> Unit | None:
    """The unit that `said` names: exactly if it can, else the first whose name or initials hold it."""
    return (
        units.filter(code=said).first()
        or units.filter(Q(name=said) | Q(short_name=said)).first()
        or units.filter(name__contains=said).first()
        or (units.filter(initials__contains=said.lower()).first() if said.isascii() else None)
    )
