"""What is asked for dues: who has not paid, a decision, a receipt; amounts follow from the rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.widgets import Day, Pills
from qingce.league.organisations.models import Membership
from qingce.work.membership.dues.statement import Line
from qingce.work.membership.models import Band


class PaymentForm(forms.Form):
    """Who has paid, up to which month; all who owe are ticked, those who did not pay are unticked."""

    until = forms.ChoiceField(label=_("Paid up to and including"))
    people = forms.MultipleChoiceField(label=_("Have paid"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, lines: list[Line], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = sorted({month for line in lines for month in line.open_months})
        owing = [line for line in lines if line.open_months]
        labels = [(month.isoformat(), date_format(month, "YEAR_MONTH_FORMAT")) for month in months]
        self.fields["until"].choices = labels  # type: ignore[attr-defined]
        self.fields["until"].initial = months[-1].isoformat() if months else ""
        names = [(str(line.person.pk), line.person.name) for line in owing]
        self.fields["people"].choices = names  # type: ignore[attr-defined]
        self.fields["people"].initial = [key for key, _name in names]
        self.months, self.lines = months, {str(line.person.pk): line for line in owing}

    @property
    def chosen(self) -> tuple[list[Any], list[dt.date]]:
        """Persons, and the months up to the one chosen."""
        last = dt.date.fromisoformat(self.cleaned_data["until"])
        people = [self.lines[key].person for key in self.cleaned_data["people"]]
        return people, [month for month in self.months if month <= last]


class WaiverForm(forms.Form):
    """One member, from a month to a month, by a decision of the branch meeting."""

    member = forms.ChoiceField(label=_("Member"))
    first = forms.ChoiceField(label=_("From the month"))
    last = forms.ChoiceField(label=_("To the month"))
    decision = forms.CharField(label=_("Decision of the branch meeting"), max_length=120)

    def __init__(self, lines: list[Line], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {str(line.person.pk): line for line in lines if line.open_months}
        months = sorted({month for line in lines for month in line.open_months})
        labels = [(month.isoformat(), date_format(month, "YEAR_MONTH_FORMAT")) for month in months]
        names = [(key, line.person.name) for key, line in self.lines.items()]
        self.fields["member"].choices = names  # type: ignore[attr-defined]
        for name in ("first", "last"):
            self.fields[name].choices = labels  # type: ignore[attr-defined]
        self.months = months

    @property
    def chosen(self) -> tuple[Any, list[dt.date]]:
        first, last = (dt.date.fromisoformat(self.cleaned_data[name]) for name in ("first", "last"))
        person = self.lines[self.cleaned_data["member"]].person
        return person, [month for month in self.months if first <= month <= last]


class HandingUpForm(forms.Form):
    amount = forms.DecimalField(label=_("Amount in yuan"), max_digits=9, decimal_places=2, min_value=0)
    paper = forms.CharField(label=_("Receipt"), max_length=120)


class TermsForm(forms.Form):
    """By what a member's dues follow; the wage is used for the sum and not kept."""

    member = forms.ChoiceField(label=_("Member"))
    band = forms.ChoiceField(label=_("Dues by"), choices=Band.choices, widget=Pills)
    wage = forms.DecimalField(
        label=_("Monthly wage after tax (wage earners)"), max_digits=9, decimal_places=2, required=False
    )
    since = forms.DateField(label=_("From the month of"), widget=Day)

    def __init__(self, stays: list[Membership], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stays = {str(stay.person_id): stay for stay in stays}
        names = [(key, stay.person.name) for key, stay in self.stays.items()]
        self.fields["member"].choices = names  # type: ignore[attr-defined]
