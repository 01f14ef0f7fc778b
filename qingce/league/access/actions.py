"""Making and revoking access tokens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.access.models import Token, digest_of, fresh_key
from qingce.league.access.reach import Reach
from qingce.league.access.roles import PERMISSIONS

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

LONGEST = dt.timedelta(days=366)


@telling()
def make_token(
    *, name: str, scopes: Collection[str], by: User, today: dt.date, expires_on: dt.date
) -> tuple[Token, str]:
    """A new token of `by`, and its key, which is shown this once.

    Refused when a scope is unknown or not held, or when the term is over a year.
    """
    held = Reach(by, on=today).permissions
    for scope in scopes:
        if scope not in PERMISSIONS or scope not in held:
            raise Refused(_("You cannot give a token what you do not hold: %s.") % scope)
    if not scopes:
        raise Refused(_("Say at least one thing that the token may do."))
    if not today <= expires_on <= today + LONGEST:
        raise Refused(_("A token is valid for a year at most; choose an earlier last day."))
    key = fresh_key()
    token = Token.objects.create(
        user=by, name=name, digest=digest_of(key), scopes=sorted(scopes), expires_on=expires_on
    )
    tell(Told.TOKEN_MADE, by=by, about=name, details={"scopes": sorted(scopes)})
    return token, key


@telling()
def revoke_token(token: Token, *, by: User) -> None:
    """From now on the key opens nothing."""
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    tell(Told.TOKEN_REVOKED, by=by, about=token.name)
