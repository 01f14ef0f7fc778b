"""`qingce password USERNAME`: sets the password that is read from standard input."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qingce.foundation.accounts.models import User


class Command(BaseCommand):
    help = "Set the password of an account; it is read from standard input, never from the command."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USERNAME")

    def handle(self, *args: Any, **options: Any) -> None:
        user = _account(options["username"])
        password = _read()
        try:
            validate_password(password, user)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        user.set_password(password)
        user.save(update_fields=["password"])
        self.stdout.write(_("The password of %s is set.") % user.username)


def _account(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(_("There is no account “%s”.") % username)
    return user


def _read() -> str:
    """One line; a terminal does not show what is typed."""
    if sys.stdin.isatty():
        return getpass.getpass(_("New password: "))
    return sys.stdin.readline().rstrip("\r\n")
