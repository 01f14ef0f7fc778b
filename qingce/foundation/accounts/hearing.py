"""What django-allauth reports is told to the log of actions."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from qingce.foundation.accounts.actions import password_chosen
from qingce.foundation.accounts.models import User
from qingce.foundation.accounts.phones import is_phone, plain
from qingce.foundation.accounts.state import forget_second_factor
from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.privacy.fields import digest


@receiver(user_logged_in)
def signed_in(user: User, **_rest: Any) -> None:
    tell(Told.SIGNED_IN, by=user, about=user.name)


@receiver(user_login_failed)
def refused(credentials: dict[str, Any], **_rest: Any) -> None:
    """Told only of accounts there are: what else is typed there may be a password in the wrong field."""
    said = credentials.get("username") or ""
    wanted = {"phone_digest": digest(plain(said))} if is_phone(said) else {"username__iexact": said}
    account = User.objects.filter(**wanted).first()
    if account:
        tell(Told.SIGN_IN_REFUSED, by=None, about=account.username)


@receiver(password_changed)
def changed(user: User, **_rest: Any) -> None:
    password_chosen(user)


@receiver(authenticator_added)
def factor_added(user: User, authenticator: Any, **_rest: Any) -> None:
    tell(Told.SECOND_FACTOR_ADDED, by=user, about=authenticator.get_type_display())


@receiver(authenticator_removed)
def factor_removed(request: HttpRequest, user: User, authenticator: Any, **_rest: Any) -> None:
    forget_second_factor(request)
    tell(Told.SECOND_FACTOR_REMOVED, by=user, about=authenticator.get_type_display())


@receiver(social_account_added)
def connected(request: HttpRequest, sociallogin: Any, **_rest: Any) -> None:
    tell(Told.ACCOUNT_CONNECTED, by=sociallogin.user, about=sociallogin.provider.name)


@receiver(social_account_removed)
def disconnected(request: HttpRequest, socialaccount: Any, **_rest: Any) -> None:
    tell(Told.ACCOUNT_DISCONNECTED, by=socialaccount.user, about=socialaccount.get_provider().name)
