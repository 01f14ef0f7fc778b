from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from qingce.foundation.accounts.models import User

pytestmark = pytest.mark.django_db


def set_password(username: str, password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    call_command("password", username, stdout=io.StringIO())


def test_a_password_read_from_standard_input_lets_the_officer_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    User.objects.create_user("lin")

    set_password("lin", "青山-绿水-2023-长河", monkeypatch)

    assert User.objects.get(username="lin").check_password("青山-绿水-2023-长河")


def test_an_unknown_account_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="nobody"):
        set_password("nobody", "青山-绿水-2023-长河", monkeypatch)


@pytest.mark.parametrize("password", ["", "12345678"])
def test_an_empty_or_common_password_is_refused(password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    User.objects.create_user("lin")

    with pytest.raises(CommandError):
        set_password("lin", password, monkeypatch)
    assert not User.objects.get(username="lin").has_usable_password()
