"""Signing in: one account per officer; what the officer may do comes from posts, not from here."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.base_user import BaseUserManager as DjangoUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


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
