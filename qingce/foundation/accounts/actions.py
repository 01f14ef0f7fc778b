"""What is done with accounts: the phone to sign in with, and a password given by an officer."""

from __future__ import annotations

import secrets

from qingce.foundation.accounts.models import User
from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.privacy.fields import digest

# Read aloud over the telephone without a mistake: no 0 and o, no 1, l and i.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 12


@telling()
def change_phone(user: User, phone: str) -> None:
    """From now on `user` may sign in with this phone; with none when it is empty."""
    user.phone = phone
    user.phone_digest = digest(phone) or None
    user.save(update_fields=["phone", "phone_digest"])
    tell(Told.PHONE_CHANGED, by=user, about=user.name)


@telling()
def reset_password(user: User, *, by: User) -> str:
    """A one-time password, shown once: whoever signs in with it must choose another at once.

    Every session of the account ends, because a session holds on to the password it began with.
    """
    password = "-".join(_letters() for _part in range(3))
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    tell(Told.PASSWORD_RESET, by=by, about=user.name)
    return password


@telling()
def password_chosen(user: User) -> None:
    """The account has a password that only its owner knows."""
    user.must_change_password = False
    user.save(update_fields=["must_change_password"])
    tell(Told.PASSWORD_CHANGED, by=user, about=user.name)


def _letters() -> str:
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH // 3))
