"""Pages of admissions, notices, quota and recommendations: who meets what, and what is recorded."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qingce.foundation.accounts.models import User
from qingce.league.organisations.models import Membership
from qingce.league.organisations.tests.books import id_number
from qingce.ledger.notices.models import Notice, NoticeEntry, Objection
from qingce.work.membership.models import Allotment, MemberCase
from qingce.work.membership.tests.world import LATE, School, day, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any) -> School:
    settings.LANGUAGE_CODE = "en"
    settings.SECOND_FACTOR_REQUIRED = False
    return school()


def client(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_application_is_taken_in_on_a_phone_with_four_facts(world: School) -> None:
    browser = client(world.users["branch"])
    facts = {
        "unit": world.branch.name,
        "name": "冯小明",
        "id_number": id_number("20090506", 3),
        "on": "2024-03-04",
        "because": LATE,
    }
    answer = browser.post("/admissions/new/", facts)
    case = MemberCase.objects.get()
    assert answer["Location"] == f"/admissions/{case.number}/"
    assert (case.person.name, case.person.born_on, case.unit) == ("冯小明", day("2009-05-06"), world.branch)
    assert "Note the talk" in said(browser.get(answer["Location"]))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"id_number": "990101200905060018"}, "check digit"),
        ({"id_number": id_number("20110506", 3)}, "12 years old"),
        ({"on": "2099-01-01"}, "lies in the future"),
        ({"because": ""}, "say why it is recorded so late"),
    ],
)
def test_a_faulty_application_is_refused_with_its_sentence(
    world: School, changes: dict[str, str], sentence: str
) -> None:
    facts = {
        "unit": world.branch.name,
        "name": "冯小明",
        "id_number": id_number("20090506", 3),
        "on": "2024-03-04",
        "because": LATE,
    }
    answer = client(world.users["branch"]).post("/admissions/new/", facts | changes)
    assert answer.status_code == 200
    assert sentence in said(answer)
    assert not MemberCase.objects.exists()


def test_the_page_says_what_is_due_and_what_is_missing(world: School) -> None:
    case = world.carried(world.applicant(), "in_training")
    page = said(client(world.users["branch"]).get(f"/admissions/{case.number}/"))
    assert "Propose as target" in page
    assert "Still missing for the next step" in page
    assert "0 hours attended" in page
    world.taught(case.person)
    page = said(client(world.users["branch"]).get(f"/admissions/{case.number}/"))
    assert "Still missing for the next step" not in page
    assert "back-dated" in page


def test_a_step_is_taken_on_its_form(world: School) -> None:
    case = world.applicant()
    browser = client(world.users["branch"])
    answer = browser.post(
        f"/admissions/{case.number}/step/", {"on": "2024-03-20", "talked_by": "组织委员", "because": LATE}
    )
    assert answer["Location"] == f"/admissions/{case.number}/"
    case.refresh_from_db()
    assert case.stage == "talked"
    refused = browser.post(f"/admissions/{case.number}/step/", {"on": "2024-03-20", "because": LATE})
    assert "This field is required" in said(refused)


def test_every_step_can_be_taken_through_the_pages(world: School) -> None:
    """From the application to the archive, each by its form, notices and pre-examination between."""
    case = world.applicant()
    branch, body = client(world.users["branch"]), client(world.users["body"])
    step, decision = f"/admissions/{case.number}/step/", f"/admissions/{case.number}/decision/"

    def take(browser: Client, address: str, **facts: Any) -> None:
        answer = browser.post(address, {"because": LATE, **facts})
        assert answer.status_code == 302, said(answer)

    def put_up(purpose: str, first: str, last: str) -> None:
        facts = {"cases": [case.number], "opens_on": first, "closes_on": last}
        take(body, f"/admissions/notices/new/?purpose={purpose}", **facts)

    mentor, *others = [str(person.pk) for person in world.members]
    take(branch, step, on="2024-03-20", talked_by="组织委员")
    take(branch, step, on="2024-04-08", recommended_by="members", decided_by="committee")
    put_up("activist", "2024-04-09", "2024-04-15")
    take(branch, step, on="2024-04-24", filed_on="2024-04-20", mentors=[mentor])
    world.taught(case.person)
    take(branch, step, on="2024-09-02", mentor_talks=2)
    take(body, decision, on="2024-09-05", paper="预审3号")
    put_up("target", "2024-09-09", "2024-09-13")
    take(branch, step, on="2024-09-13")
    take(branch, step, on="2024-09-18", development_number="")
    votes = {"entitled": 5, "present": 5, "ballots": 5, "in_favour": 4, "secret": "on"}
    take(branch, step, on="2024-09-26", sponsored_on="2024-09-20", sponsors=others[:2], **votes)
    take(body, decision, on="2024-10-15", collectively="on", document_number="8号")
    take(body, decision, on="2024-10-18")
    put_up("new_member", "2024-10-16", "2024-10-22")
    take(branch, step, on="2024-10-25")
    take(branch, step, on="2024-11-01", form_kept_at="档案室", in_system_on="2024-10-30")

    case.refresh_from_db()
    assert (case.stage, case.state) == ("archived", "confirmed")
    assert case.development_number == "202462000001"
    assert Membership.objects.filter(person=case.person, unit=world.branch).exists()
    sheet = said(branch.get(f"/admissions/{case.number}/check-sheet/"))
    assert "Nothing to be looked into" in sheet
    assert "工作细则" in sheet


def test_the_branch_does_not_decide_for_the_body_above(world: School) -> None:
    case = world.carried(world.applicant(), "voted")
    facts = {"on": "2024-10-15", "collectively": "on", "because": LATE}
    assert (
        client(world.users["branch"]).post(f"/admissions/{case.number}/decision/", facts).status_code == 403
    )
    assert client(world.users["neighbour"]).get(f"/admissions/{case.number}/").status_code == 404
    assert "by the body above" in said(client(world.users["branch"]).get(f"/admissions/{case.number}/"))


def test_a_batch_shows_who_passes_and_records_only_what_was_confirmed(world: School) -> None:
    good, young = world.applicant(1), world.applicant(2, on=day("2024-03-05"))
    browser = client(world.users["branch"])
    address = "/admissions/steps/?act=talked"
    facts = {"on": "2024-03-05", "talked_by": "组织委员", "because": LATE}
    looked = said(browser.post(address, facts | {"cases": [good.number, young.number]}))
    assert "the same day is an error" in looked
    assert "Record for 1 applicant" in looked
    assert set(MemberCase.objects.values_list("stage", flat=True)) == {"applied"}

    both = browser.post(address, facts | {"cases": [good.number, young.number], "confirmed": "1"})
    assert "the same day is an error" in said(both)
    assert set(MemberCase.objects.values_list("stage", flat=True)) == {"applied"}

    browser.post(address, facts | {"cases": [good.number], "confirmed": "1"})
    assert dict(MemberCase.objects.values_list("number", "stage")) == {
        good.number: "talked",
        young.number: "applied",
    }


def test_a_batch_gives_each_the_next_number(world: School) -> None:
    cases = [world.carried(world.applicant(serial), "noticed") for serial in (1, 2, 3)]
    browser = client(world.users["branch"])
    facts = {"on": "2024-09-18", "because": LATE, "cases": [case.number for case in cases], "confirmed": "1"}
    browser.post("/admissions/steps/?act=form_filled", facts)
    numbers = sorted(MemberCase.objects.values_list("development_number", flat=True))
    assert numbers == ["202462000001", "202462000002", "202462000003"]


def test_the_notice_prints_five_columns_and_nothing_else(world: School) -> None:
    case = world.carried(world.applicant(), "activist")
    browser = client(world.users["body"])
    facts = {
        "cases": [case.number],
        "opens_on": "2024-04-09",
        "closes_on": "2024-04-15",
        "contact": "团委办公室",
    }
    answer = browser.post("/admissions/notices/new/?purpose=activist", facts)
    page = said(browser.get(answer["Location"]))
    for part in ("冯小1", "河湾中学", "高一1班", "5 working days", "团委办公室"):
        assert part in page
    for secret in ("2009", str(case.person.id_number), "990101"):
        assert secret not in page
    columns = {field.name for field in NoticeEntry._meta.concrete_fields} - {"id", "notice", "record"}
    assert columns == {"name", "school", "grade", "class_name", "major"}


def test_objections_are_recorded_and_settled_on_the_page_of_the_notice(world: School) -> None:
    case = world.carried(world.applicant(), "noticed")
    notice = Notice.objects.get(purpose="target")
    body, branch = client(world.users["body"]), client(world.users["branch"])
    entry = notice.entries.get()
    facts = {"entry": entry.pk, "received_on": "2024-09-11", "about": "申请日期有疑问"}
    assert branch.get(f"/notices/{notice.pk}/").status_code == 404  # the notice hangs at the school
    body.post(f"/notices/{notice.pk}/objection/", facts)
    objection = Objection.objects.get()
    settled = {"objection": objection.pk, "outcome": "resolved", "answer": "核对无误", "on": "2024-09-12"}
    body.post(f"/notices/{notice.pk}/settlement/", settled)
    objection.refresh_from_db()
    assert (objection.outcome, objection.answer) == ("resolved", "核对无误")
    world.step(case, "form_filled")


def test_the_quota_page_shows_plan_and_use_and_allots(world: School) -> None:
    world.carried(world.applicant(), "approved")
    browser = client(world.users["body"])
    page = said(browser.get("/quota/?year=2024"))
    assert "202462000001—202462000040" in page
    facts = {"unit": world.branch.name, "count": 5, "on": "2024-12-01", "block_from": ""}
    browser.post(f"/quota/{world.allotment.pk}/parts/new/", facts)
    part = Allotment.objects.get(unit=world.branch)
    assert (part.block_from, part.block_to) == ("202462000002", "202462000006")
    browser.post(f"/quota/{part.pk}/taking-back/", {"because": "调整"})
    part.refresh_from_db()
    assert part.taken_back_because == "调整"
    refused = browser.post(f"/quota/{world.allotment.pk}/parts/new/", facts | {"count": 99})
    assert "39 places left" in said(refused)


def test_what_came_from_above_names_its_year_by_its_number(world: School) -> None:
    browser = client(world.users["staff"])
    facts = {"sector": "junior", "count": 20, "block_from": "202562000001", "on": "2025-03-01"}
    browser.post("/units/q/quota/new/", facts)
    assert Allotment.objects.get(year=2025).block_to == "202562000020"
    assert client(world.users["branch"]).get("/units/q-1-1/quota/new/").status_code == 403


def test_the_board_counts_by_stage_in_a_constant_number_of_queries(world: School) -> None:
    browser = client(world.users["body"])
    numbers = []
    for serials in (range(1, 3), range(3, 9)):
        for serial in serials:
            world.carried(world.applicant(serial), "activist")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = said(browser.get("/admissions/?stage=activist"))
        numbers.append(len(asked))
        assert page.count("/admissions/M") == serials.stop - 1
    assert numbers[0] == numbers[1] < 30


def test_check_sheets_of_a_batch_take_a_constant_number_of_queries(world: School) -> None:
    browser = client(world.users["body"])
    numbers = []
    for serials in (range(1, 3), range(3, 7)):
        for serial in serials:
            number = {"form_filled": {"development_number": f"20246200000{serial}"}}
            world.carried(world.applicant(serial), "voted", **number)
        with CaptureQueriesContext(connection) as asked:
            browser.get("/admissions/check-sheets/")
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] < 40


def test_names_of_minors_are_shown_to_those_who_handle_them(world: School) -> None:
    case = world.applicant(name="冯小树", id_number=id_number("20090506", 7))
    assert "冯小树" in said(client(world.users["body"]).get("/admissions/"))
    inspector = world.users["staff"]
    inspector.person.posts.update_or_create(  # type: ignore[attr-defined]
        person=inspector.person,  # type: ignore[attr-defined]
        defaults={"role": "inspector"},
    )
    page = said(client(inspector).get("/admissions/"))
    assert "冯小树" not in page
    assert "冯*" in page
    assert case.number in page


def test_ending_asks_for_a_reason(world: School) -> None:
    case = world.applicant()
    browser = client(world.users["branch"])
    browser.post(f"/admissions/{case.number}/ending/", {"because": "本人撤回申请"})
    case.refresh_from_db()
    assert (case.state, case.state_reason) == ("void", "本人撤回申请")
    assert "Ended: 本人撤回申请" in said(browser.get(f"/admissions/{case.number}/"))


def test_today_is_the_day_offered(world: School) -> None:
    page = said(client(world.users["branch"]).get("/admissions/new/"))
    assert timezone.localdate().isoformat() in page
    assert isinstance(timezone.localdate(), dt.date)
