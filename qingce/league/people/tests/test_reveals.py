"""A sealed fact is shown once, to whoever may, with a reason, and the log says who looked."""

from __future__ import annotations

import io

import openpyxl
from django.urls import reverse

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.told import Told
from qingce.league.people.forms import USUAL_REASONS
from qingce.league.people.tests.conftest import NUMBER, PHONE, Street


def fact(street: Street, field: str = "id_number") -> str:
    return reverse("sealed-fact", args=["people.person", street.member.pk, field])


def test_the_page_of_a_person_shows_masks_and_the_way_to_ask(street: Street) -> None:
    page = street.visit(reverse("person", args=[street.member.pk]), by="street").content.decode()

    assert "990101********0014" in page
    assert fact(street) in page
    assert NUMBER not in page
    assert PHONE not in page


def test_a_value_is_shown_once_with_a_reason_and_told_without_the_value(street: Street) -> None:
    answer = street.visit(fact(street), by="street", own="核对身份证复印件")

    assert NUMBER in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    entry = Entry.objects.get(told=Told.FACT_REVEALED)
    assert entry.details == {"because": "核对身份证复印件", "field": "id_number"}
    assert entry.reference == street.member.reference
    assert NUMBER not in f"{entry.about} {entry.details} {entry.sentence}"


def test_a_usual_reason_will_do_and_nothing_needed_is_called_optional(street: Street) -> None:
    asked = street.visit(fact(street), by="street").content.decode()
    assert "可不填" not in asked
    assert "checked" not in asked
    usual = street.visit(fact(street), by="street", usual="调取团籍").content.decode()
    assert NUMBER not in usual
    assert "refusal" in usual or "wrong" in usual
    assert NUMBER in street.visit(fact(street), by="street", usual=str(USUAL_REASONS[0])).content.decode()


def test_opening_the_question_shows_nothing_and_no_reason_shows_nothing(street: Street) -> None:
    for answer in (street.visit(fact(street), by="street"), street.visit(fact(street), by="street", own=" ")):
        assert NUMBER not in answer.content.decode()
    assert not Entry.objects.filter(told=Told.FACT_REVEALED).exists()


def test_a_neighbour_finds_nothing_and_a_branch_secretary_a_closed_door(street: Street) -> None:
    assert street.visit(fact(street), by="neighbour", own="看一看号码").status_code == 404
    assert street.visit(fact(street), by="branch", own="看一看号码").status_code == 403
    assert street.visit(fact(street), by="inspector", own="看一看号码").status_code == 403


def test_only_sealed_columns_of_known_tables_can_be_named(street: Street) -> None:
    for table, field in [("people.person", "name"), ("people.person", "x"), ("accounts.user", "password")]:
        address = reverse("sealed-fact", args=[table, street.member.pk, field])
        assert street.visit(address, by="secretary").status_code == 404


def test_looking_at_many_is_refused_with_a_sentence(street: Street, settings) -> None:
    settings.REVEALS_PER_HOUR = 2
    for _turn in range(2):
        assert NUMBER in street.visit(fact(street), by="street", own="核对证件").content.decode()
    refused = street.visit(fact(street), by="street", own="核对证件").content.decode()
    assert NUMBER not in refused
    assert "refusal" in refused
    assert NUMBER in street.visit(fact(street), by="staff", own="核对证件").content.decode()


def test_with_a_wrong_key_pages_still_open_and_say_unreadable(street: Street, settings) -> None:
    settings.SEALING_KEYS = {"0": "another key of more than forty characters!!!"}
    for address in (reverse("person", args=[street.member.pk]), "/units/qh/members/"):
        answer = street.visit(
            address,
            by="secretary",
        )
        assert answer.status_code == 200
    page = street.visit(reverse("person", args=[street.member.pk]), by="secretary").content.decode()
    assert "不可读" in page or "unreadable" in page
    refused = street.visit(fact(street), by="secretary", own="核对证件")
    assert refused.status_code == 200
    assert "QINGCE_SEALING_KEY" in refused.content.decode()


def test_sealed_facts_are_exported_with_a_reason_and_a_watermark(street: Street) -> None:
    address = reverse("members-sealed", args=["qh"])
    assert street.visit(address, by="staff", own="团籍核查").status_code == 403
    assert "spreadsheet" not in street.visit(address, by="secretary")["Content-Type"]
    answer = street.visit(address, by="secretary", own="团籍核查")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[2][:4] == ("周小满", None, NUMBER, PHONE)
    for place in (rows[0][0], book.properties.creator, book.active.oddHeader.center.text):
        assert "林书记" in place
    entry = Entry.objects.get(told=Told.SEALED_EXPORTED)
    assert entry.details == {"because": "团籍核查", "rows": 1}


def test_known_values_stand_nowhere_but_where_they_were_asked_for(street: Street) -> None:
    street.visit(fact(street), by="street", own="核对证件")
    street.visit(fact(street, "phone"), by="street", own="活动联系")
    street.visit(reverse("members-sealed", args=["qh"]), by="secretary", own="团籍核查")
    for address in (
        "/", "/units/qh/members/", f"/units/qh/members/?q={NUMBER}", "/ledger/", "/account/data/",
        reverse("person", args=[street.member.pk]), "/privacy/", "/privacy/requests/",
    ):  # fmt: skip
        page = street.visit(address, by="secretary").content.decode().replace(f'value="{NUMBER}"', "")
        page = page.replace(f"q={NUMBER}", "")
        assert NUMBER not in page
        assert PHONE not in page
        assert street.member.id_digest not in page
    for entry in Entry.objects.all():
        said = f"{entry.about} {entry.details} {entry.reference}"
        assert NUMBER not in said
        assert PHONE not in said
