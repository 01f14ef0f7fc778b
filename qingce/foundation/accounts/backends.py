"""Signing in by user name, or by the phone that belongs to the account."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from qingce.foundation.accounts.models import User
from qingce.foundation.accounts.phones import is_phone, plain
from qingce.foundation.privacy.fields import digest


class NameOrPhone(AuthenticationBackend):
    def _authenticate_by_username(self, username: str, password: str) -> AbstractBaseUser | None:
        # A user name never looks like a phone (`clean_username`), so the two cannot be confused.
        if not is_phone(username):
            return super()._authenticate_by_username(username, password)
        user = User.objects.filter(phone_digest=digest(plain(username))).first()
        return self._check_password(user, password)
