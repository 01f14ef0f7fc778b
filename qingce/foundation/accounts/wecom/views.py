"""WeCom's way of signing in: a corp's own token first, then the member behind the code.

Described in WeCom's developer manual, “企业微信Web登录” and “获取用户登录身份”.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import (
    OAuth2Adapter,
    OAuth2CallbackView,
    OAuth2LoginView,
)
from django.http import HttpRequest

SCAN = "https://login.work.weixin.qq.com/wwlogin/sso/login"
TOKEN = "https://qyapi.weixin.qq.com/cgi-bin/gettoken"  # noqa: S105 (an address)
MEMBER = "https://qyapi.weixin.qq.com/cgi-bin/auth/getuserinfo"


class WeComClient(OAuth2Client):
    def get_redirect_url(self, authorization_url: str, scope: Any, extra_params: dict[str, Any]) -> str:
        asked = {
            "login_type": "CorpApp",
            "appid": self.consumer_key,
            "redirect_uri": self.callback_url,
            "state": self.state or "",
            **extra_params,
        }
        return f"{authorization_url}?{urlencode(asked)}"

    def get_access_token(self, code: str, pkce_code_verifier: str | None = None) -> dict[str, Any]:
        """The corp's token, with the member's code beside it: it is needed for the next question."""
        asked = {"corpid": self.consumer_key, "corpsecret": self.consumer_secret}
        return {**_answer(self.access_token_url, asked, "access_token"), "code": code}


class WeComAdapter(OAuth2Adapter):
    provider_id = "wecom"
    authorize_url = SCAN
    access_token_url = TOKEN
    client_class = WeComClient

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        asked = {"access_token": token.token, "code": kwargs["response"]["code"]}
        # A person outside the corp has an openid instead, and no account here.
        member = _answer(MEMBER, asked, "userid")
        return self.get_provider().sociallogin_from_response(request, {"userid": member["userid"]})


def _answer(address: str, asked: dict[str, str], wanted: str) -> dict[str, Any]:
    with get_adapter().get_requests_session() as session:
        said: dict[str, Any] = session.get(address, params=asked).json()
    if wanted not in said:
        raise OAuth2Error(f"WeCom answered {said.get('errcode')}: {said.get('errmsg')}")
    return said


oauth2_login = OAuth2LoginView.adapter_view(WeComAdapter)
oauth2_callback = OAuth2CallbackView.adapter_view(WeComAdapter)
