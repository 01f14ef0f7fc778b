"""The form in which a key is asked for, and how the page speaks of the keys there are."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from qingce.league.access.forms import TokenForm
from qingce.league.access.models import Token
from qingce.league.access.reach import Reach


def test_the_last_day_is_written_as_the_browser_reads_it() -> None:
    with translation.override("zh-hans"):
        form = TokenForm(Reach(AnonymousUser(), on=dt.date(2024, 1, 1)))

        assert 'value="2024-03-31"' in str(form["expires_on"])


def test_what_a_key_may_do_is_said_in_words() -> None:
    with translation.override("zh-hans"):
        assert Token(scopes=["record.see", "record.enter"]).labels == ["查看记录", "登记和提交记录"]
