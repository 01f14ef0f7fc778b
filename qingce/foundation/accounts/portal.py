"""The page of a young person or a guardian: signing in with a phone; other apps put panels on it."""

from __future__ import annotations

from allauth.core.ratelimit import consume
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qingce.foundation.accounts import visiting
from qingce.foundation.accounts.forms import CodeForm, PhoneOfVisitor
from qingce.foundation.privacy.fields import digest
from qingce.foundation.privacy.sealing import seal, unseal
from qingce.foundation.refusals import Refused

PHONE = "visitor_phone"  # in the session, sealed: the phone that a code was sent to


@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Who visits, or the way to sign in."""
    if request.visitor:  # type: ignore[attr-defined]
        return render(request, "visitor/mine.html", {"visitor": request.visitor})  # type: ignore[attr-defined]
    form = PhoneOfVisitor(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        try:
            _once(request, "code_sent", digest(phone))
            visiting.send_code(phone, now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session[PHONE] = seal(phone)
            return redirect("visitor-code")
    return render(request, "visitor/phone.html", {"form": form})


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """The code that was sent."""
    sealed = request.session.get(PHONE)
    if sealed is None:
        return redirect("visitor")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _once(request, "code_tried")
            visitor = visiting.confirm(unseal(sealed), form.cleaned_data["code"], now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            visiting.enter(request, visitor)
            return redirect("visitor")
    return render(request, "visitor/code.html", {"form": form})


def sign_out(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        visiting.leave(request)
    return redirect("visitor")


def _once(request: HttpRequest, action: str, key: str | None = None) -> None:
    """Refused when this was asked too often, from one address or for one phone."""
    if not consume(request, action=action, key=key):
        raise Refused(_("This was asked too often. Wait a while and try again."))
