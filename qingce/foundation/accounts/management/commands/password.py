"""`qingce password USERNAME`: sets the password that is read from standard input.

`qingce password --many` reads a line for each account: user name, tab, password.
"""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from qingce.foundation.accounts.models import User


class Command(BaseCommand):
    help = "Set the password of an account; it is read from standard input, never from the command."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("username", metavar="USERNAME", nargs="?")
        which.add_argument("--many", action="store_true", help="lines of user name, tab, password")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        pairs = _pairs() if options["many"] else [(options["username"], _read())]
        for username, password in pairs:
            user = _account(username)
            _set(user, password)
            self.stdout.write(_("The password of %s is set.") % user.username)


def _set(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise CommandError(" ".join(problem.messages)) from None
    user.set_password(password)
    user.save(update_fields=["password"])


def _pairs() -> list[tuple[str, str]]:
    """User name and password of each line that has both; further columns are not read."""
    lines = (line.rstrip("\r\n").split("\t") for line in sys.stdin)
    return [(words[0], words[1]) for words in lines if len(words) > 1]


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
