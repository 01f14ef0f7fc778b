"""The doors of django-allauth that are used here; who wires them in hands over the lock for an account.

What is left out stays shut: signing up, mail addresses, passwords by mail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from qingce.foundation.accounts import portal, views

Lock = Callable[[Callable[..., Any]], Callable[..., Any]]


def urlpatterns(lock: Lock) -> list[URLPattern | URLResolver]:
    """All routes; those that need an account have their view wrapped by `lock`."""
    return [
        path("accounts/login/", account.login, name="account_login"),
        path("accounts/logout/", account.logout, name="account_logout"),
        path("accounts/inactive/", account.account_inactive, name="account_inactive"),
        path("accounts/second-factor/", mfa.authenticate, name="mfa_authenticate"),
        path("accounts/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
        path("me/", portal.mine, name="visitor"),
        path("me/code/", portal.code, name="visitor-code"),
        path("me/sign-out/", portal.sign_out, name="visitor-sign-out"),
        *(path(address, lock(view), name=name) for address, view, name in _own()),
        *providers(settings.SOCIALACCOUNT_PROVIDERS, lock),
    ]


def _own() -> list[tuple[str, Any, str]]:
    """What a signed-in person does with the own account."""
    return [
        ("account/phone/", views.phone, "account-phone"),
        ("account/password/", account.password_change, "account_change_password"),
        ("account/confirmation/", account.reauthenticate, "account_reauthenticate"),
        ("account/sessions/", sessions.list_usersessions, "usersessions_list"),
        ("account/second-factor/", mfa.index, "mfa_index"),
        ("account/second-factor/confirmation/", mfa.reauthenticate, "mfa_reauthenticate"),
        ("account/second-factor/app/", totp.activate_totp, "mfa_activate_totp"),
        ("account/second-factor/app/removal/", totp.deactivate_totp, "mfa_deactivate_totp"),
        ("account/second-factor/codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
        ("account/second-factor/codes/new/", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"),
        (
            "account/second-factor/codes/file/",
            recovery.download_recovery_codes,
            "mfa_download_recovery_codes",
        ),
        ("account/passkeys/", webauthn.list_webauthn, "mfa_list_webauthn"),
        ("account/passkeys/new/", webauthn.add_webauthn, "mfa_add_webauthn"),
        ("account/passkeys/confirmation/", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
        ("account/passkeys/<int:pk>/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
        ("account/passkeys/<int:pk>/removal/", webauthn.remove_webauthn, "mfa_remove_webauthn"),
    ]


def providers(names: Iterable[str], lock: Lock) -> list[URLPattern | URLResolver]:
    """Signing in with WeChat, WeCom or DingTalk: no door at all while none of them is switched on."""
    names = list(names)
    if not names:
        return []
    from allauth.socialaccount import views as outside

    return [
        path("accounts/cancelled/", outside.login_cancelled, name="socialaccount_login_cancelled"),
        path("accounts/failed/", outside.login_error, name="socialaccount_login_error"),
        path("account/connections/", lock(outside.connections), name="socialaccount_connections"),
        *(path("accounts/", include(_routes_of(name))) for name in names),
    ]


def _routes_of(name: str) -> Any:
    return import_module(f"{settings.PROVIDER_APPS[name]}.urls").urlpatterns
