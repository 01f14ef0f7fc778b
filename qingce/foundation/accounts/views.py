"""My phone for signing in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qingce.foundation.accounts import actions
from qingce.foundation.accounts.forms import PhoneForm


def phone(request: HttpRequest) -> HttpResponse:
    """Change the phone, or sign in by user name alone."""
    form = PhoneForm(request.user, request.POST or None)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        actions.change_phone(form.user, form.cleaned_data["phone"])
        messages.success(request, _("The phone is changed; use it from your next sign-in on."))
        return redirect("account")
    return render(request, "account/phone.html", {"form": form})
