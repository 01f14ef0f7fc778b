"""Consents, a person's own page, requests, retention, and the register of processing."""

from __future__ import annotations

import datetime as dt
import io
import json

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.told import Told
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership
from qingce.league.people import actions, working_days
from qingce.league.people.models import Consent, Erasure, Guardian, Person, Request
from qingce.league.people.purposes import label_of, personal_facts, purposes
from qingce.league.people.retention import erase, rules
from qingce.league.people.tests.conftest import NUMBER, PHONE, Street

DAY = dt.date(2026, 5, 4)
CHILD_BORN = dt.date(2016, 5, 5)
PURPOSE = next(code for code, purpose in purposes().items() if purpose.consent)


def child() -> Person:
    return Person.objects.create(name="李小果", born_on=CHILD_BORN)


def test_every_personal_fact_stands_under_exactly_one_purpose():
    named = [fact for purpose in purposes().values() for fact in purpose.facts]
    assert sorted(named) == sorted(personal_facts())
    assert all(label_of(fact) for fact in named)


@pytest.mark.django_db
def test_below_fourteen_only_a_guardian_consents():
    with pytest.raises(Refused):
        actions.give_consent(child(), purpose=PURPOSE, given_on=DAY, by=None)
    consent = actions.give_consent(
        child(), purpose=PURPOSE, given_on=DAY, by=None, guardian_name="李大果", phone=PHONE
    )
    assert consent.guardian.phone.reveal() == PHONE


@pytest.mark.django_db
def test_a_withdrawn_consent_leaves_a_waiting_name_and_can_be_given_again():
    person = child()
    facts = {"purpose": PURPOSE, "by": None, "guardian_name": "李大果"}
    consent = actions.give_consent(person, given_on=DAY, **facts)
    actions.withdraw_consent(consent, on=DAY, by=None)
    person.refresh_from_db()
    assert person.waiting_name
    with pytest.raises(Refused):
        actions.withdraw_consent(consent, on=DAY, by=None)
    actions.give_consent(person, given_on=DAY, **facts)
    person.refresh_from_db()
    assert not person.waiting_name


def test_a_consent_is_recorded_and_withdrawn_on_the_page(street: Street) -> None:
    new = reverse("consent-new", args=[street.member.pk])
    answer = street.visit(new, by="branch", purpose=PURPOSE, given_on="2026-05-04", manner="paper")
    assert answer.status_code == 302
    consent = Consent.objects.get()
    withdrawal = reverse("consent-withdrawal", args=[consent.pk])
    assert street.visit(withdrawal, by="neighbour").status_code == 404
    assert street.visit(withdrawal, by="branch", on="2026-05-05").status_code == 302
    assert Consent.objects.get().withdrawn_on == dt.date(2026, 5, 5)
    told = set(Entry.objects.values_list("told", flat=True))
    assert {Told.CONSENT_GIVEN, Told.CONSENT_WITHDRAWN} <= told


def own(street: Street) -> None:
    """The member signs in."""
    officer = Person.objects.get(user=street.users["branch"])
    officer.user = None
    officer.save()
    street.member.user = street.users["branch"]
    street.member.save()


def test_a_person_sees_what_is_held_who_sees_it_and_who_looked(street: Street) -> None:
    street.visit(reverse("person", args=[street.member.pk]), by="street")
    own(street)
    page = street.visit(reverse("own-data"), by="branch").content.decode()
    assert "周小满" in page
    assert "990101********0014" in page
    assert "柳干事" in page  # sees it, and looked
    assert "河干事" not in page


def test_a_page_of_a_person_is_told_once_a_day_for_each_reader(street: Street) -> None:
    for _turn in range(3):
        street.visit(reverse("person", args=[street.member.pk]), by="street")
    assert Entry.objects.filter(told=Told.PERSON_READ).count() == 1


def test_a_copy_holds_everything_in_full(street: Street) -> None:
    own(street)
    answer = street.visit(reverse("own-copy"), by="branch", **{"as": "json"})
    copy = json.loads(answer.content)
    assert NUMBER in copy["person"].values()
    assert PHONE in copy["person"].values()
    assert len(copy["records"]) == 1
    assert "no-store" in answer["Cache-Control"]
    readable = street.visit(reverse("own-copy"), by="branch", **{"as": "html"}).content.decode()
    assert NUMBER in readable


def test_a_person_corrects_the_phone_and_an_empty_field_keeps_it(street: Street) -> None:
    own(street)
    street.visit(reverse("own-correction"), by="branch", phone="19900054321", workplace="柳泉中学")
    street.visit(reverse("own-correction"), by="branch", phone="", workplace="柳泉中学")
    member = Person.objects.get(pk=street.member.pk)
    assert member.phone.reveal() == "19900054321"
    assert member.workplace == "柳泉中学"


def test_a_request_is_answered_within_working_days_and_read_on_the_own_page(street: Street) -> None:
    own(street)
    street.visit(reverse("own-request"), by="branch", sort="deletion", words="请删除手机号")
    asked = Request.objects.get()
    assert asked.due_on == working_days.after(timezone.localdate(), 15)
    again = street.visit(reverse("own-request"), by="branch", sort="deletion", words="再删一次")
    assert again.status_code == 200
    queue = street.visit(reverse("privacy-requests"), by="staff").content.decode()
    assert "周小满" in queue
    answer = reverse("privacy-answer", args=[asked.pk])
    assert "请删除手机号" in street.visit(answer, by="staff").content.decode()
    assert street.visit(answer, by="street", words="x").status_code == 403
    assert street.visit(answer, by="staff", words="已删除").status_code == 302
    assert "已删除" in street.visit(reverse("own-data"), by="branch").content.decode()


def test_working_days_leave_out_holidays_and_count_weekends_at_work():
    assert working_days.after(dt.date(2025, 9, 30), 1) == dt.date(2025, 10, 9)
    assert working_days.is_working_day(dt.date(2025, 9, 28))  # a Sunday at work
    assert working_days.after(dt.date(2090, 1, 6), 1) == dt.date(2090, 1, 9)  # not ordered yet


def test_the_register_is_a_page_and_a_file(street: Street) -> None:
    page = street.visit(reverse("privacy-register"), by="staff").content.decode()
    assert all(str(purpose) in page for purpose in purposes().values())
    answer = street.visit(reverse("privacy-register-file"), by="staff")
    rows = list(
        openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(
            values_only=True
        )
    )
    assert len(rows) == len(purposes()) + 2
    assert street.visit(reverse("privacy-register"), by="street").status_code == 403


def test_the_register_of_consents_masks_phones(street: Street) -> None:
    actions.give_consent(
        street.member, purpose=PURPOSE, given_on=DAY, by=None, guardian_name="周大满", phone=PHONE
    )
    answer = street.visit(reverse("privacy-consents-file"), by="staff")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    row = list(sheet.iter_rows(values_only=True))[2]
    assert row[:2] == ("周小满", "周大满")
    assert row[3] == "199****2345"


@pytest.fixture
def left(street: Street) -> Person:
    """Somebody who left the League seven years before."""
    stay = Membership.objects.get(person=street.member)
    stay.until = dt.date(2019, 5, 4)
    stay.save()
    return street.member


def test_a_rehearsal_erases_nothing(left: Person, capsys) -> None:
    call_command("retention", "--dry-run")
    assert left.reference in capsys.readouterr().out
    assert Person.objects.get(pk=left.pk).phone.reveal() == PHONE


def test_what_is_due_is_erased_and_listed_and_the_record_stays(left: Person, capsys) -> None:
    call_command("retention", "--apply")
    call_command("retention", "--apply")
    person = Person.objects.get(pk=left.pk)
    assert not person.phone
    assert person.id_number.reveal() == NUMBER  # the joining form still needs it
    assert Membership.objects.filter(person=left).count() == 1
    erased = Erasure.objects.get(reference=left.reference)
    assert erased.fields == "phone"
    assert Entry.objects.filter(told=Told.FACTS_ERASED).count() == 1


def test_members_and_officers_are_not_due(street: Street) -> None:
    for rule in rules().values():
        assert not rule.due(today=DAY).exists()


def test_an_answered_request_is_emptied_in_time(street: Street) -> None:
    asked = actions.ask(street.member, sort="copy", words="要一份", by=None, today=DAY)
    actions.answer(asked, words="给了", by=street.users["staff"])
    asked.refresh_from_db()
    asked.answered_at = timezone.now() - dt.timedelta(days=4 * 366)
    asked.save()
    rule = rules()["answered_requests"]
    assert erase(rule, today=timezone.localdate(), by=None) == 1
    asked.refresh_from_db()
    assert not asked.words
    assert not asked.answer


def test_guardians_go_with_a_guest_who_was_not_seen_for_years(db) -> None:
    rule = rules()["children_and_guests"]
    person = child()
    Guardian.objects.create(person=person, name="李大果", phone=PHONE)
    assert not rule.due(today=DAY).exists()  # no record names the child, so no time has begun to run
