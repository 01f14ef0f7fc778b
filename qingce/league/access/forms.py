"""What is asked when a token is made."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.widgets import Day
from qingce.league.access.reach import Reach
from qingce.league.access.roles import permission_labels

USUAL_TERM = dt.timedelta(days=90)


class TokenForm(forms.Form):
    name = forms.CharField(label=_("What it is for"), max_length=60)
    scopes = forms.MultipleChoiceField(label=_("May"), widget=forms.CheckboxSelectMultiple)
    expires_on = forms.DateField(label=_("Valid until"), widget=Day())

    def __init__(self, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = permission_labels()
        held = [(code, label) for code, label in labels.items() if code in reach.permissions]
        self.fields["scopes"].choices = held  # type: ignore[attr-defined]
        self.fields["expires_on"].initial = reach.on + USUAL_TERM
