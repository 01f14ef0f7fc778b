"""WeChat, WeCom and DingTalk: no door while switched off; with a door they connect and make no account."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from django.test import Client
from django.urls import include, path

from config.urls import urlpatterns as ours
from qingce.foundation.accounts.models import User
from qingce.foundation.accounts.urls import providers
from qingce.foundation.accounts.wecom import views
from qingce.foundation.accounts.wecom.provider import WeComProvider
from qingce.league.access.doors import SIGNED_IN, page

pytestmark = pytest.mark.django_db
urlpatterns = [path("", include(providers(["wecom", "weixin", "dingtalk"], page(SIGNED_IN)))), *ours]


def test_there_is_no_door_while_no_provider_is_switched_on(client: Client) -> None:
    assert client.get("/accounts/wecom/login/").status_code == 404


@pytest.fixture
def wecom(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """WeCom switched on, and its two answers as its manual describes them."""
    settings.ROOT_URLCONF = __name__
    settings.SOCIALACCOUNT_PROVIDERS = {
        "wecom": {"APP": {"client_id": "corp", "secret": "s", "key": "1000002"}}
    }
    said = {views.TOKEN: {"access_token": "t"}, views.MEMBER: {"userid": "lin"}}
    monkeypatch.setattr(views, "_answer", lambda address, asked, wanted: said[address])
    registry.register(WeComProvider)
    yield
    del registry.provider_map[WeComProvider.id]


def scanned(client: Client, process: str = "login") -> Any:
    asked = urlsplit(client.post(f"/accounts/wecom/login/?process={process}")["Location"])
    words = parse_qs(asked.query)
    assert (words["appid"], words["agentid"]) == (["corp"], ["1000002"])
    return client.get("/accounts/wecom/login/callback/", {"code": "c", "state": words["state"][0]})


def test_an_unknown_member_gets_no_account(wecom: None, client: Client) -> None:
    assert "尚未绑定" in scanned(client).content.decode()
    assert not User.objects.exists()


def test_a_connected_member_signs_in(wecom: None, client: Client) -> None:
    lin = User.objects.create_user("lin", "fire-and-water-7", "林晓")
    SocialAccount.objects.create(user=lin, provider="wecom", uid="corp:lin")
    scanned(client)
    assert client.session["_auth_user_id"] == str(lin.pk)
