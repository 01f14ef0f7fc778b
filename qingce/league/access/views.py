"""My access tokens: make one, see its key once, revoke it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access import actions
from qingce.league.access.doors import page
from qingce.league.access.forms import TokenForm
from qingce.league.access.models import Token
from qingce.league.access.reach import Reach


def tokens_of(reach: Reach) -> QuerySet[Token]:
    return Token.objects.filter(user__in=[reach.user.pk])


def own_token(reach: Reach, *, pk: int) -> Token | None:
    """A token of the reader's own; nobody else's can be named."""
    return tokens_of(reach).filter(pk=pk, revoked_at=None).first()


@page("token.make")
def tokens(request: HttpRequest) -> HttpResponse:
    reach: Reach = request.reach  # type: ignore[attr-defined]
    form = TokenForm(reach, request.POST or None)
    key = ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, key = actions.make_token(**form.cleaned_data, by=reach.user, today=reach.on)  # type: ignore[arg-type]
            form = TokenForm(reach)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    mine = {"form": form, "tokens": tokens_of(reach), "key": key}
    return render(request, "access/tokens.html", mine)


@page("token.make", on=own_token, own=True)
def revocation(request: HttpRequest, token: Token) -> HttpResponse:
    if request.method == "POST":
        actions.revoke_token(token, by=token.user)
        messages.success(request, _("The token is revoked; its key opens nothing any more."))
        return redirect("tokens")
    return render(request, "access/revocation.html", {"token": token})
