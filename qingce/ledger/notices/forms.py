"""What is asked about a notice: an objection, what was found, why it is taken down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.widgets import Day, Pills
from qingce.ledger.notices.models import Notice, NoticeEntry, Objection


class ObjectionForm(forms.Form):
    entry = forms.ModelChoiceField(label=_("Against which line"), queryset=NoticeEntry.objects.none())
    received_on = forms.DateField(label=_("Received on"), widget=Day)
    about = forms.CharField(label=_("What is objected, without naming who objects"), max_length=200)
    kept_at = forms.CharField(label=_("Where the letter is kept"), max_length=120, required=False)

    def __init__(self, notice: Notice, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"].queryset = notice.entries.all()  # type: ignore[attr-defined]


class SettlementForm(forms.Form):
    objection = forms.ModelChoiceField(label=_("Objection"), queryset=Objection.objects.none())
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[one for one in Objection.Outcome.choices if one[0] != Objection.Outcome.OPEN],
        widget=Pills,
    )
    answer = forms.CharField(label=_("What was found"), max_length=200)
    on = forms.DateField(label=_("Settled on"), widget=Day)

    def __init__(self, notice: Notice, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unsettled = Objection.objects.filter(entry__notice=notice, outcome=Objection.Outcome.OPEN)
        self.fields["objection"].queryset = unsettled  # type: ignore[attr-defined]
