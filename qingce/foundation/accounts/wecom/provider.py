"""WeCom (企业微信) for django-allauth: signing in by scanning, for members of the committee's own corp."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider

from qingce.foundation.accounts.wecom.views import WeComAdapter


class WeComAccount(ProviderAccount):
    pass


class WeComProvider(OAuth2Provider):
    id = "wecom"
    name = "WeCom"
    account_class = WeComAccount
    oauth2_adapter_class = WeComAdapter

    def extract_uid(self, data: dict[str, Any]) -> str:
        return f"{self.app.client_id}:{data['userid']}"

    def get_auth_params(self) -> dict[str, Any]:
        return {**super().get_auth_params(), "agentid": self.app.key}


provider_classes = [WeComProvider]
