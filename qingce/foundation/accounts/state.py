"""What still stands between an account and its work: a password to choose, a second factor to set up."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from qingce.foundation.accounts.models import User

REMEMBERED = "second_factor"  # in the session, so that the question is put once
OF_ITS_OWN = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes come with these


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user.pk, type__in=OF_ITS_OWN).exists()


def second_factor_seen(request: HttpRequest) -> bool:
    """Whether the account behind the request has a second factor; asked until the answer is yes."""
    if not request.session.get(REMEMBERED) and has_second_factor(request.user):  # type: ignore[arg-type]
        request.session[REMEMBERED] = True
    return bool(request.session.get(REMEMBERED))


def forget_second_factor(request: HttpRequest) -> None:
    request.session.pop(REMEMBERED, None)
