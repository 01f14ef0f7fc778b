"""What is asked when posts are given and accounts are opened."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.accounts.forms import PhoneField, unused_phone
from qingce.foundation.accounts.models import User
from qingce.foundation.ui.widgets import Day
from qingce.foundation.words import folded
from qingce.league.access.reach import Reach
from qingce.league.access.roles import roles
from qingce.league.organisations.fields import UnitField


class RoleField(forms.ChoiceField):
    """The roles that the reader may give."""

    def offer(self, reach: Reach) -> None:
        given = [role for role in roles().values() if role.code in reach.appoints]
        self.choices = [(role.code, str(role)) for role in given]


class _PostForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    role = RoleField(label=gettext_lazy("Role"))
    title = forms.CharField(label=gettext_lazy("Title of the post"), max_length=40, required=False)
    since = forms.DateField(label=gettext_lazy("In post from"), widget=Day)
    until = forms.DateField(
        label=gettext_lazy("In post until"),
        widget=Day,
        required=False,
        help_text=gettext_lazy("The first day on which the post is no longer held; open when empty."),
    )

    def __init__(self, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].offer(reach)  # type: ignore[attr-defined]
        self.fields["since"].initial = reach.on

    def clean_name(self) -> str:
        return folded(self.cleaned_data["name"])


class AppointmentForm(_PostForm):
    """Somebody of the unit, or within reach, gets a post here."""


class InvitationForm(_PostForm):
    unit = UnitField(
        label=gettext_lazy("Unit"), help_text=gettext_lazy("Name, short name, code or pinyin initials.")
    )
    phone = PhoneField(required=False)
    field_order = ("unit", "name", "role", "title", "phone", "since", "until")

    def __init__(self, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(reach, *args, **kwargs)
        self.fields["unit"].among = reach.units("account.invite")  # type: ignore[attr-defined]


class EndForm(forms.Form):
    on = forms.DateField(
        label=gettext_lazy("First day without the post"),
        widget=Day,
        help_text=gettext_lazy("From this day on nothing opens any more; what was recorded stays."),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class StandInForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    since = forms.DateField(label=gettext_lazy("From"), widget=Day)
    until = forms.DateField(
        label=gettext_lazy("Until"), widget=Day, help_text=gettext_lazy("The first day without the stand-in.")
    )
    because = forms.CharField(label=gettext_lazy("Reason"), max_length=120)

    def clean_name(self) -> str:
        return folded(self.cleaned_data["name"])


class InvitationCodeForm(forms.Form):
    code = forms.RegexField(
        r"^\d{8}$",
        label=gettext_lazy("Invitation code"),
        error_messages={"invalid": gettext_lazy("The code has eight digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        if data is not None and "code" in data:
            data = data.copy()
            data["code"] = folded(data["code"]).replace(" ", "").replace("-", "")
        super().__init__(data, **kwargs)


class OpeningForm(forms.Form):
    """User name and password of the account that an invitation opens."""

    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password1 = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Eight characters or more, not only digits, not a common word."),
    )
    password2 = forms.CharField(
        label=gettext_lazy("Password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    phone = PhoneField(
        required=False, help_text=gettext_lazy("With it you may sign in by phone instead of user name.")
    )

    def clean_username(self) -> str:
        name = str(get_adapter().clean_username(folded(self.cleaned_data["username"])))
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("This user name belongs to somebody else; choose another."))
        return name

    def clean_phone(self) -> str:
        return unused_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("password1") != data.get("password2") and "password1" in data:
            self.add_error("password2", _("The two passwords differ; type the second once more."))
        return data
