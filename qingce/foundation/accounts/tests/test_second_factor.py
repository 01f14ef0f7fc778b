from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from qingce.foundation.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "fire-and-water-7"


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_an_authenticator_is_set_up_sealed_and_then_asked_for(client: Client) -> None:
    User.objects.create_user("lin", PASSWORD, "林晓")
    client.post("/accounts/login/", {"login": "lin", "password": PASSWORD})
    # The password is asked once more before the account's locks are changed.
    asked = client.get("/account/second-factor/app/")["Location"]
    client.post(asked, {"password": PASSWORD})
    page = client.get("/account/second-factor/app/").content.decode()
    secret = re.findall(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page)[0]

    client.post("/account/second-factor/app/", {"code": code_of(secret)})

    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)
    again = Client()
    asked = again.post("/accounts/login/", {"login": "lin", "password": PASSWORD})
    assert asked["Location"] == "/accounts/second-factor/"
    assert again.get("/account/").status_code == 302
    recovery = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()[0]
    again.post("/accounts/second-factor/", {"code": recovery})
    assert again.get("/account/").status_code == 200
