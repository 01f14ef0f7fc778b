from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from qingce.foundation.accounts.models import User
from qingce.foundation.audit.models import Entry
from qingce.foundation.refusals import Refused
from qingce.league.access import appointing, inviting
from qingce.league.access.duties import violations
from qingce.league.access.models import Invitation
from qingce.league.access.reach import Reach, may
from qingce.league.organisations.models import Post, Unit
from qingce.league.organisations.tests.books import book, imported, refusals, small_county
from qingce.league.people.models import Person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
PASSWORD = "jade-river-47"


@pytest.fixture(autouse=True)
def county(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    settings.ACCOUNT_RATE_LIMITS = False
    small_county()


def holder(name: str, role: str, at: str, since: dt.date = TODAY, until: dt.date | None = None) -> User:
    user = User.objects.create_user(name, PASSWORD, name)
    person = Person.objects.create(name=name, user=user)
    Post.objects.create(person=person, unit=unit(at), role=role, since=since, until=until)
    return user


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def invited(by: User | None = None, **changes: Any) -> tuple[Invitation, str]:
    asked = {"unit": unit("X1B1"), "name": "小周", "role": "branch_secretary", "since": TODAY}
    return inviting.invite(**{**asked, **changes}, by=by, now=timezone.now(), today=TODAY)


def test_a_code_opens_one_account_with_its_post_once() -> None:
    _invitation, code = invited()
    client = Client()
    client.post("/invitation/", {"code": f"{code[:4]} {code[4:]}"})
    names = {"username": "xiaozhou", "password1": PASSWORD, "password2": PASSWORD, "phone": "13800001234"}
    assert client.post("/invitation/", names)["Location"] == "/accounts/login/"

    user = User.objects.get(username="xiaozhou")
    assert may(user, "record.enter", unit("X1B1"), on=TODAY)
    assert str(user.phone) == "138****1234"
    assert "This code opens nothing" in Client().post("/invitation/", {"code": code}).content.decode()
    assert (
        Client().post("/accounts/login/", {"login": "138 0000 1234", "password": PASSWORD}).status_code == 302
    )


def test_an_invitation_older_than_twenty_days_opens_nothing() -> None:
    _invitation, code = invited()
    with pytest.raises(Refused, match="older than 20 days"):
        inviting.found_by_code(code, now=timezone.now() + dt.timedelta(days=20, seconds=1))
    assert inviting.found_by_code(code, now=timezone.now() + dt.timedelta(days=19))


def test_the_code_itself_is_kept_nowhere_and_withdrawing_closes_it() -> None:
    lin = holder("lin", "body_officer", "X1")
    invitation, code = invited(by=lin)
    assert code not in str(list(Invitation.objects.values())) + str(list(Entry.objects.values()))
    inviting.withdraw(invitation, by=lin, now=timezone.now())
    with pytest.raises(Refused):
        inviting.found_by_code(code, now=timezone.now())


def test_nobody_invites_to_a_role_that_is_not_his_to_give_nor_beyond_the_own_units() -> None:
    lin = holder("lin", "body_officer", "X1")
    for changes in ({"role": "district_secretary"}, {"role": "body_officer"}, {"unit": unit("demo")}):
        with pytest.raises(Refused, match="not yours to give"):
            invited(by=lin, **changes)


def test_codes_are_tried_only_so_often(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"invitation": "3/m/ip"}
    _invitation, code = invited()
    client = Client(REMOTE_ADDR="10.9.8.7")
    for _turn in range(3):
        client.post("/invitation/", {"code": "00000000"})
    assert "Too many codes" in client.post("/invitation/", {"code": code}).content.decode()


def test_a_sheet_of_invitations_and_its_slips(tmp_path: Path) -> None:
    lin = holder("lin", "body_officer", "X1")
    rows = [{"组织": one, "姓名": f"支书{one}", "角色": "团支部书记"} for one in ("X1B1", "X1B2")]
    imported(book(tmp_path, 邀请=rows), by=lin)
    batch = Invitation.objects.first().batch
    client = client_of(lin)

    page = client.post("/invitations/slips/", {"batch": batch}).content.decode()

    codes = [code.replace(" ", "") for code in re.findall(r'slip-code">(\d{4} \d{4})<', page)]
    assert len(codes) == 2
    assert all(inviting.found_by_code(code, now=timezone.now()) for code in codes)
    assert codes[0] not in client.get(f"/invitations/slips/?batch={batch}").content.decode()
    [again, _second] = refusals(book(tmp_path, 邀请=rows), by=lin)
    assert "An open invitation is there already" in again


def test_a_stand_in_may_what_the_post_may_within_the_dates_and_no_longer() -> None:
    boss = holder("boss", "district_secretary", "demo")
    holder("lin", "body_officer", "X1")
    wang = holder("wang", "branch_secretary", "X1B1").person  # type: ignore[attr-defined]
    post = Post.objects.get(role="body_officer")
    last = TODAY + 7 * DAY
    appointing.name_stand_in(post, wang, since=TODAY, until=last, because="培训", by=boss, today=TODAY)

    assert may(wang.user, "record.confirm", unit("X1B2"), on=TODAY)
    assert not may(wang.user, "record.confirm", unit("X1B2"), on=TODAY - DAY)
    assert not may(wang.user, "record.confirm", unit("X1B2"), on=last)


def test_leaving_office_ends_access_by_itself() -> None:
    boss = holder("boss", "district_secretary", "demo")
    lin = holder("lin", "body_officer", "X1", since=TODAY - DAY)
    post = Post.objects.get(role="body_officer")
    appointing.end_post(post, on=TODAY + DAY, by=boss, today=TODAY)
    assert may(lin, "unit.see", unit("X1"), on=TODAY)
    assert not may(lin, "unit.see", unit("X1"), on=TODAY + DAY)


def test_duties_stay_apart(settings: Any) -> None:
    boss = holder("boss", "district_secretary", "demo")
    fang = holder("fang", "system_administrator", "demo").person  # type: ignore[attr-defined]
    settings.DUTIES_SEPARATE = True
    with pytest.raises(Refused, match="already has the duty"):
        appointing.appoint(fang, unit("demo"), "auditor", since=TODAY, by=boss, today=TODAY)
    Post.objects.create(person=fang, unit=unit("demo"), role="auditor", since=TODAY)
    [sentence] = violations(on=TODAY)
    assert "fang has two duties at once" in sentence


def test_a_one_time_password_must_be_changed_before_anything_else_opens() -> None:
    boss = holder("boss", "district_secretary", "demo")
    lin = holder("lin", "body_officer", "X1")
    page = client_of(boss).post(f"/posts/{Post.objects.get(role='body_officer').pk}/one-time-password/")
    password = re.findall(r"<code>([\w-]+)</code>", page.content.decode())[1]
    client = Client()
    client.post("/accounts/login/", {"login": "lin", "password": password})

    assert client.get("/units/")["Location"] == "/account/password/"
    assert client.get("/units/", headers={"HX-Request": "true"})["HX-Redirect"] == "/account/password/"
    same = {"oldpassword": password, "password1": password, "password2": password}
    assert "choose another one" in client.post("/account/password/", same).content.decode()
    client.post("/account/password/", same | {"password1": "reed-lane-58", "password2": "reed-lane-58"})
    assert client.get("/units/").status_code == 200
    lin.refresh_from_db()
    assert not lin.must_change_password


def test_nobody_resets_the_password_of_somebody_with_a_post_above() -> None:
    lin = holder("lin", "body_officer", "X1")
    boss = holder("boss", "district_secretary", "demo").person  # type: ignore[attr-defined]
    beneath = Post.objects.create(person=boss, unit=unit("X1B1"), role="branch_secretary", since=TODAY)
    with pytest.raises(Refused, match="beyond your units"):
        appointing.give_one_time_password(beneath, by=lin, today=TODAY)


def test_a_marked_role_is_led_to_a_second_factor_and_others_are_not(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    boss = client_of(holder("boss", "district_secretary", "demo"))
    lin = client_of(holder("lin", "body_officer", "X1"))
    assert boss.get("/units/")["Location"] == "/account/second-factor/"
    assert boss.get("/account/second-factor/").status_code == 200
    assert lin.get("/units/").status_code == 200


def test_no_role_opens_cases_hardship_or_health_by_reach_alone() -> None:
    boss = holder("boss", "district_secretary", "demo")
    for sealed in ("case.see", "hardship.see", "health.see"):
        assert not Reach(boss, on=TODAY).units(sealed).exists()


@pytest.mark.parametrize("address", ["/account/", "/roles/", "/units/X1/posts/", "/invitations/"])
def test_the_pages_open_in_few_questions(address: str, django_assert_max_num_queries: Any) -> None:
    client = client_of(holder("boss", "district_secretary", "demo"))
    with django_assert_max_num_queries(20):
        assert client.get(address).status_code == 200
