from __future__ import annotations

import datetime as dt
import logging
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from qingce.foundation.accounts import visiting
from qingce.foundation.accounts.models import OneTimeCode, User, Visitor
from qingce.foundation.refusals import Refused

pytestmark = pytest.mark.django_db
PHONE = "13912345678"


@pytest.fixture(autouse=True)
def english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    settings.CODE_GATEWAY = "console"


def sent(caplog: pytest.LogCaptureFixture) -> str:
    return re.findall(r": (\d{6})$", caplog.messages[-1])[0]


def test_a_phone_and_its_code_open_the_own_page_and_no_officers(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "qingce.foundation.accounts.gateways"):
        assert client.post("/me/", {"phone": "+86 139-1234-5678"})["Location"] == "/me/code/"
    assert client.post("/me/code/", {"code": sent(caplog)})["Location"] == "/me/"
    assert "139****5678" in client.get("/me/").content.decode()
    assert client.get("/units/").status_code == 302
    assert not User.objects.exists()
    client.post("/me/sign-out/")
    assert "139****5678" not in client.get("/me/").content.decode()


def test_a_code_lasts_five_minutes_and_five_tries(caplog: pytest.LogCaptureFixture) -> None:
    now = timezone.now()
    visiting.send_code(PHONE, now=now)
    right = sent(caplog)
    wrong = "000000" if right != "000000" else "111111"
    with pytest.raises(Refused, match="no longer valid"):
        visiting.confirm(PHONE, right, now=now + dt.timedelta(minutes=5))
    for _turn in range(5):
        with pytest.raises(Refused, match="not the code"):
            visiting.confirm(PHONE, wrong, now=now)
    with pytest.raises(Refused, match="no longer valid"):
        visiting.confirm(PHONE, right, now=now)
    assert not Visitor.objects.exists()


def test_neither_phone_nor_code_is_kept_in_the_clear(caplog: pytest.LogCaptureFixture) -> None:
    visiting.send_code(PHONE, now=timezone.now())
    code = sent(caplog)
    assert code not in str(list(OneTimeCode.objects.values()))
    visiting.confirm(PHONE, code, now=timezone.now())
    assert Visitor.objects.get().phone.reveal() == PHONE  # type: ignore[attr-defined]
    assert PHONE not in str([row.__dict__ for row in Visitor.objects.all()])


def test_codes_for_one_phone_are_sent_only_so_often(client: Client) -> None:
    assert client.post("/me/", {"phone": "13700001111"}).status_code == 302
    assert "asked too often" in client.post("/me/", {"phone": "13700001111"}).content.decode()
