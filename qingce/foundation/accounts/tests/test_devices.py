"""A list of devices that nobody can read tells nobody that one of them is a stranger's."""

import pytest
from django.utils import translation

from qingce.foundation.accounts.templatetags.devices import device

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
WECHAT = "Mozilla/5.0 (Linux; Android 14; V2301A) AppleWebKit/537.36 Chrome/116.0 MicroMessenger/8.0.49"


@pytest.mark.parametrize(
    ("said", "read"),
    [(CHROME, "Chrome · Linux"), (WECHAT, "微信 · 安卓手机"), ("", "未知设备")],
)
def test_device_is_named_in_words(said: str, read: str) -> None:
    with translation.override("zh-hans"):
        assert device(said) == read
