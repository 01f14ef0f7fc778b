"""Ordering another value for a unit and everything beneath it, and ending such an order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.widgets import Day
from qingce.league.organisations.fields import UnitField
from qingce.league.organisations.models import UnitQuerySet


class OrderForm(forms.Form):
    unit = UnitField(label=_("For this unit and everything beneath it"))
    value = forms.CharField(label=_("Value"), max_length=60)
    since = forms.DateField(label=_("In force from"), widget=Day)
    until = forms.DateField(label=_("Until, when it is to end"), required=False, widget=Day)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    basis = forms.CharField(label=_("Paper it rests on"), max_length=200)
    switched_on = forms.BooleanField(
        label=_("Refuse what breaks the rule, instead of only warning"), required=False
    )

    def __init__(self, among: UnitQuerySet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].among = among  # type: ignore[attr-defined]


class EndingForm(forms.Form):
    on = forms.DateField(label=_("First day on which it no longer holds"), widget=Day)
