"""What every step of an admission or a recommendation asks: its day, and why it is recorded late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.widgets import Day
from qingce.league.organisations.models import Unit
from qingce.work.membership.models import MemberCase


class StepForm(forms.Form):
    """The day of a step of one case or of several; what more a step asks, its own form adds."""

    on = forms.DateField(label=_("Day"), widget=Day)
    because = forms.CharField(
        label=_("Why it is recorded late"),
        max_length=200,
        required=False,
        help_text=_("Only when the day lies more than half a month back."),
    )

    def __init__(self, cases: Sequence[MemberCase], today: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases, self.today = cases, today
        self.fields["on"].initial = self.usual_day()
        self.order_fields(["on", *(name for name in self.fields if name not in ("on", "because")), "because"])
        self.ask()

    @property
    def branch(self) -> Unit | None:
        return self.cases[0].unit if self.cases else None

    def usual_day(self) -> dt.date:
        return self.today

    def ask(self) -> None:
        """Fill in what is known already, and offer what can be chosen."""

    def facts(self) -> dict[str, Any]:
        """What the verb is told."""
        return dict(self.cleaned_data)
