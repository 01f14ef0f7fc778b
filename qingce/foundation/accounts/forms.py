"""What is asked when signing in and when choosing a password."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.accounts.models import User
from qingce.foundation.accounts.phones import is_phone, plain
from qingce.foundation.privacy.fields import digest


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or phone")
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""


class NewPasswordForm(ChangePasswordForm):
    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("password1") and data["password1"] == data.get("oldpassword"):
            self.add_error("password1", _("This is the password you have; choose another one."))
        return data


class PhoneField(forms.CharField):
    """A mobile number, cleaned to its eleven digits."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Mobile phone"))
        super().__init__(**{"max_length": 20, **kwargs})
        self.widget.attrs |= {"inputmode": "tel", "autocomplete": "tel"}

    def clean(self, value: Any) -> str:
        said = plain(super().clean(value) or "")
        if said and not is_phone(said):
            raise ValidationError(_("A mobile number has 11 digits and begins with 1."))
        return said


class PhoneForm(forms.Form):
    """The phone that may be used instead of the user name."""

    phone = PhoneField(
        required=False, help_text=gettext_lazy("Leave it empty to sign in by user name alone.")
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_phone(self) -> str:
        return unused_phone(self.cleaned_data["phone"], but=self.user)


def unused_phone(phone: str, *, but: User | None = None) -> str:
    """`phone` itself when no other account signs in with it."""
    others = User.objects.filter(phone_digest=digest(phone))
    if but is not None:
        others = others.exclude(pk=but.pk)
    if phone and others.exists():
        raise ValidationError(_("This phone belongs to another account; ask the officer who invited you."))
    return phone


class PhoneOfVisitor(forms.Form):
    phone = PhoneField(help_text=gettext_lazy("We send a code of six digits to it."))


class CodeForm(forms.Form):
    code = forms.RegexField(
        r"^\s*\d{6}\s*$",
        label=gettext_lazy("Code of six digits"),
        error_messages={"invalid": gettext_lazy("The code has six digits.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 6}
        ),
    )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip()
