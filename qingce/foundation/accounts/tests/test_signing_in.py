from __future__ import annotations

import pytest
from django.test import Client

from qingce.foundation.accounts.models import User

pytestmark = pytest.mark.django_db
DOOR = "/accounts/login/"


@pytest.fixture
def lin() -> User:
    return User.objects.create_user("lin", "fire-and-water-7", "林晓")


def test_wrong_password_is_refused_in_a_sentence(client: Client, lin: User) -> None:
    page = client.post(DOOR, {"login": "lin", "password": "guessed"}).content.decode()
    assert '<div class="refusal" role="alert">' in page
    assert 'value="lin"' in page
    assert "guessed" not in page


def test_right_password_leads_to_where_one_was_going(client: Client, lin: User) -> None:
    answer = client.post(DOOR, {"login": "lin", "password": "fire-and-water-7", "next": "/language/"})
    assert (answer.status_code, answer["Location"]) == (302, "/language/")


def test_signing_out_is_asked_first_and_then_done(client: Client, lin: User) -> None:
    client.force_login(lin)
    assert '<button class="btn main">' in client.get("/accounts/logout/").content.decode()
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert "_auth_user_id" not in client.session
