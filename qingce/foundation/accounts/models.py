"""Signing in: one account per officer; what the officer may do comes from posts, not from here."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.base_user import BaseUserManager as DjangoUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.privacy.fields import Mask, SealedText


class UserManager(DjangoUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, name: str = "") -> User:
        """A new account; without a password it cannot sign in until one is set."""
        user = self.model(username=username, name=name or username)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account that can sign in."""

    username = models.CharField(_("User name"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=60)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = SealedText(_("Phone for signing in"), shows=Mask(first=3, last=4))
    # Null for none: two accounts without a phone must not be equal.
    phone_digest = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    must_change_password = models.BooleanField(_("Must choose a new password"), default=False)
    is_active = models.BooleanField(_("In use"), default=True)
    date_joined = models.DateTimeField(_("Created at"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = _("Account")

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name[:1]


class Visitor(models.Model):
    """A young person or a guardian who confirmed a phone; never an officer, and nothing but the phone."""

    phone = SealedText(_("Phone"), shows=Mask(first=3, last=4))
    phone_digest = models.CharField(max_length=64, unique=True, editable=False)
    since = models.DateTimeField(_("Since"), auto_now_add=True)

    class Meta:
        verbose_name = _("Visitor")

    def __str__(self) -> str:
        return str(self.phone)


class OneTimeCode(models.Model):
    """The code last sent to a phone: only its digest, for five minutes and a few tries."""

    phone_digest = models.CharField(max_length=64, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    until = models.DateTimeField(_("Valid until"))
    tries = models.PositiveSmallIntegerField(_("Tries"), default=0)

    class Meta:
        verbose_name = _("One-time code")

    def __str__(self) -> str:
        return str(self.until)
