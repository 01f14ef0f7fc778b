"""What an auditor asks of the log."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.told import Told
from qingce.foundation.ui.widgets import Day


class Question(forms.Form):
    q = forms.CharField(label=_("Words"), required=False, max_length=80)
    who = forms.CharField(label=_("Who"), required=False, max_length=60)
    told = forms.ChoiceField(label=_("What"), required=False)
    reference = forms.CharField(label=_("Number"), required=False, max_length=80)
    origin = forms.CharField(label=_("From where"), required=False, max_length=60)
    since = forms.DateField(label=_("From"), required=False, widget=Day)
    until = forms.DateField(label=_("Until"), required=False, widget=Day)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [(told.value, told.label.format(by="…", about="…")) for told in Told]
        self.fields["told"].choices = [("", _("Everything")), *said]  # type: ignore[attr-defined]

    @cached_property
    def found(self) -> QuerySet[Any]:
        """The entries asked for, the newest first; none when the question cannot be understood."""
        if not self.is_valid():
            return Entry.objects.none()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return (
            Entry.objects.filter(*map(_condition, asked, asked.values()))
            .select_related("by")
            .order_by("-number")
        )


def _condition(name: str, value: Any) -> Q:
    match name:
        case "q":
            return Q(about__icontains=value) | Q(reference__istartswith=value)
        case "who":
            return Q(by__name__icontains=value) | Q(by__username__iexact=value)
        case "told" | "reference":
            return Q(**{name: value})
        case "origin":
            return Q(origin__startswith=value)
        case "since":
            return Q(at__date__gte=value)
        case _:
            return Q(at__date__lt=value + dt.timedelta(days=1))
