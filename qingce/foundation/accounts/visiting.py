"""Young people and guardians sign in with their phone and a one-time code."""

from __future__ import annotations

import datetime as dt
import hmac
import secrets

from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext as _

from qingce.foundation.accounts.gateways import gateway
from qingce.foundation.accounts.models import OneTimeCode, Visitor
from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.privacy.fields import digest
from qingce.foundation.refusals import Refused

VALID = dt.timedelta(minutes=5)
TRIES = 5
DIGITS = 6
KEY = "visitor"  # in the session; an officer's session never carries it, nor the other way round


def send_code(phone: str, *, now: dt.datetime) -> None:
    """Send a fresh code to `phone`; the one sent before no longer counts."""
    code = "".join(secrets.choice("0123456789") for _place in range(DIGITS))
    OneTimeCode.objects.filter(until__lt=now).delete()
    OneTimeCode.objects.update_or_create(
        phone_digest=digest(phone),
        defaults={"digest": _of(phone, code), "until": now + VALID, "tries": 0},
    )
    text = _("Your code for Qingce is %(code)s. It is valid for five minutes; give it to nobody.")
    gateway().send(phone, code, text % {"code": code})


def confirm(phone: str, code: str, *, now: dt.datetime) -> Visitor:
    """The visitor behind `phone`, known or new, when `code` is the one just sent."""
    sent = OneTimeCode.objects.filter(phone_digest=digest(phone), until__gt=now)
    # The try is counted before it is looked at, so that many at once cannot slip through.
    if not sent.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        raise Refused(_("This code is no longer valid; ask for a new one."))
    if not hmac.compare_digest(sent.get().digest, _of(phone, code)):
        raise Refused(_("This is not the code that was sent. Look at the message once more."))
    return _confirmed(phone)


@telling()
def _confirmed(phone: str) -> Visitor:
    OneTimeCode.objects.filter(phone_digest=digest(phone)).delete()
    visitor, _new = Visitor.objects.get_or_create(phone_digest=digest(phone), defaults={"phone": phone})
    tell(Told.VISITOR_SIGNED_IN, by=None, about=str(visitor))
    return visitor


def _of(phone: str, code: str) -> str:
    return digest(f"{phone}:{code}")


def enter(request: HttpRequest, visitor: Visitor) -> None:
    """A fresh session that holds the visitor and nobody else."""
    request.session.flush()
    request.session[KEY] = visitor.pk


def leave(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def visitor_of(request: HttpRequest) -> Visitor | None:
    """Who visits; an officer who is signed in is no visitor."""
    pk = request.session.get(KEY)
    if pk is None or request.user.is_authenticated:
        return None
    return Visitor.objects.filter(pk=pk).first()
