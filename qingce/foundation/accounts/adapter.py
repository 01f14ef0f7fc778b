"""How django-allauth behaves here: staff accounts are made by invitation, never by signing up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from qingce.foundation.accounts.phones import is_phone
from qingce.foundation.privacy.sealing import seal, unseal


class StaffAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_username(self, username: str, shallow: bool = False) -> str:
        if is_phone(username):
            raise ValidationError(_("A user name must not look like a phone number."))
        return str(super().clean_username(username, shallow))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Accounts have no mail address; what happened stands in the log of actions."""


class SecondFactor(DefaultMFAAdapter):
    """Secrets of authenticators and recovery codes are sealed like every other secret."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)


class ConnectOnly(DefaultSocialAccountAdapter):
    """WeChat, WeCom and DingTalk open an account that was connected beforehand, and make none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        # The number of the outside account is all we need; name and picture are not kept.
        sociallogin.account.extra_data = {}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Accounts have no mail address; what happened stands in the log of actions."""
