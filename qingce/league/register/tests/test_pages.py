"""Pages of the register: comparing by file, deciding, finding people, duplicates."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qingce.foundation.audit.models import Entry
from qingce.foundation.privacy.fields import digest
from qingce.league.organisations.actions import place
from qingce.league.organisations.models import Membership, Unit
from qingce.league.organisations.tests.books import book, imported
from qingce.league.people.models import Person
from qingce.league.people.tests.conftest import NUMBER, PHONE
from qingce.league.register.models import Difference, Distinct, Merge, Reconciliation
from qingce.league.register.tests.roster import member


def sent(street, tmp_path, *rows, by="staff"):
    path = book(tmp_path, 花名册=rows)
    with path.open("rb") as file:
        client = street.client(by)
        return client.post(reverse("reconciliation-new"), {"unit": "qh", "file": file})


def test_an_export_is_sent_looked_at_and_decided_row_by_row_and_by_rule(street, tmp_path):
    rows = [member(n, 所在团组织编码="qh-1-1") for n in (1, 2)]
    answer = sent(street, tmp_path, *rows)
    made = Reconciliation.objects.get()
    there = reverse("reconciliation", args=[made.pk])
    assert answer["Location"] == there

    page = street.visit(there, by="staff").content.decode()
    assert "周小满" in page
    assert member(1)["姓名"] in page
    one = made.differences.filter(sort="new").first()
    street.visit(reverse("difference-acceptance", args=[one.pk]), by="staff", on="2024-03-01")
    street.visit(
        reverse("reconciliation-acceptance", args=[made.pk]) + "?sort=new", by="staff", on="2024-03-01"
    )
    gone = made.differences.get(sort="gone")
    street.visit(reverse("difference-keeping", args=[gone.pk]), by="staff", because="系统漏导")

    assert Membership.objects.filter(unit=street.branch, until=None).count() == 3
    assert not Difference.objects.filter(decision="").exists()
    assert "系统漏导" in street.visit(f"{there}?state=decided", by="staff").content.decode()


def test_contradictions_are_never_accepted_by_rule(street, tmp_path):
    imported(book(tmp_path, 花名册=[member(1, 所在团组织编码="qh-1-1")]))
    sent(street, tmp_path, member(1, 姓名="李改名", 所在团组织编码="qh-1-1"))
    made = Reconciliation.objects.get()

    street.visit(
        reverse("reconciliation-acceptance", args=[made.pk]) + "?sort=conflict", by="staff", on="2024-03-01"
    )

    assert Difference.objects.filter(sort="conflict", decision="").exists()
    assert not Person.objects.filter(name="李改名").exists()


def test_the_list_of_differences_asks_a_constant_number_of_questions(street, tmp_path):
    def asked(count: int) -> int:
        sent(street, tmp_path, *[member(n, 所在团组织编码="qh-1-1") for n in range(1, count)])
        client = street.client("staff")
        there = reverse("reconciliation", args=[Reconciliation.objects.latest("pk").pk])
        with CaptureQueriesContext(connection) as queries:
            client.get(there)
        return len(queries)

    assert asked(30) == asked(5)


def test_the_neighbour_finds_no_export_and_a_branch_secretary_a_closed_door(street, tmp_path):
    sent(street, tmp_path, member(1, 所在团组织编码="qh-1-1"))
    there = reverse("reconciliation", args=[Reconciliation.objects.get().pk])

    assert street.visit(there, by="neighbour").status_code == 404
    assert street.visit(reverse("reconciliations"), by="branch").status_code == 403


def test_a_file_that_holds_no_members_is_refused_with_a_sentence(street, tmp_path):
    answer = sent(street, tmp_path, {"随便": 1, "什么": 2})

    assert answer.status_code == 200
    assert not Reconciliation.objects.exists()


@pytest.mark.parametrize("words", ["周小满", "zxm", NUMBER, PHONE, "20216200001", "A0012345"])
def test_a_member_is_found_by_name_initials_and_numbers(street, words):
    stay = street.member.memberships.get()
    stay.development_number, stay.card_number = "20216200001", "A0012345"
    stay.save()

    page = street.visit(reverse("people"), by="branch", q=words).content.decode()

    assert ("周小满" in page) == (words != "A0012345")  # letters and digits mixed are no number
    assert NUMBER not in page.replace(f'value="{words}"', "")


def test_part_of_a_sealed_number_finds_nobody_and_neither_does_the_neighbour(street):
    for words, by in (
        (NUMBER[:17], "staff"),
        (PHONE[:10], "staff"),
        (PHONE, "neighbour"),
        ("zxm", "neighbour"),
    ):
        page = street.visit(reverse("people"), by=by, q=words).content.decode()
        assert "周小满" not in page, words


def test_searching_asks_a_constant_number_of_questions(street):
    def asked() -> int:
        client = street.client("staff")
        with CaptureQueriesContext(connection) as queries:
            client.post(reverse("people"), {"q": "周"})
        return len(queries)

    few = asked()
    for number in range(20):
        person = Person.objects.create(name=f"周{number}", phone=f"1390000{number:04d}")
        Membership.objects.create(person=person, unit=street.branch, since=dt.date(2020, 1, 1))
    assert asked() == few


def test_a_phone_is_found_after_it_was_changed_by_its_owner(street):
    street.member.phone = "13700000001"
    street.member.save(update_fields=["phone"])

    assert Person.objects.get(phone_digest=digest("13700000001")) == street.member


def doubled(street):
    twin = Person.objects.create(name="周小满", born_on=street.member.born_on, phone="13700000002")
    Membership.objects.create(person=twin, unit=street.branch, since=dt.date(2022, 9, 1))
    return twin


@pytest.mark.parametrize("route", ["duplicate-merge", "duplicate-apart"])
def test_a_pair_is_hidden_from_a_neighbour_and_closed_to_a_branch(street, route):
    door = reverse(route, args=[street.member.pk, doubled(street).pk])
    assert street.visit(door, by="staff").status_code == 200
    assert street.visit(door, by="branch").status_code == 403
    assert street.visit(door, by="neighbour").status_code == 404


def test_duplicates_stand_side_by_side_are_merged_and_taken_apart(street):
    twin = doubled(street)
    there, pair = reverse("duplicates"), [street.member.pk, twin.pk]
    assert f"№{twin.pk}" in street.visit(there, by="staff").content.decode()

    street.visit(reverse("duplicate-merge", args=pair), by="staff", keep=street.member.pk, because="本人确认")
    assert Membership.objects.filter(person=twin).count() == 0
    page = street.visit(there, by="staff").content.decode()
    assert reverse("duplicate-merge", args=pair) not in page

    street.visit(reverse("merge-undoing", args=[Merge.objects.get().pk]), by="staff", because="")
    assert Membership.objects.filter(person=twin).count() == 1
    assert reverse("duplicate-merge", args=pair) in street.visit(there, by="staff").content.decode()
    told = set(Entry.objects.values_list("told", flat=True))
    assert {"person.merged", "person.unmerged"} <= told


def test_who_is_not_the_same_person_is_asked_about_once(street):
    pair = [street.member.pk, doubled(street).pk]

    street.visit(reverse("duplicate-apart", args=pair), by="staff", because="同名同生日，问过本人")

    assert Distinct.objects.count() == 1
    page = street.visit(reverse("duplicates"), by="staff").content.decode()
    assert reverse("duplicate-merge", args=pair) not in page


def test_the_page_of_a_person_tells_a_life_in_order(street):
    stay = street.member.memberships.get()
    stay.joined_on, stay.until, stay.ended_because = dt.date(2019, 5, 4), dt.date(2022, 9, 1), "升学"
    stay.save()
    Membership.objects.create(person=street.member, unit=street.neighbour, since=dt.date(2022, 9, 1))

    page = street.visit(reverse("person", args=[street.member.pk]), by="staff").content.decode()

    places = [page.index(word) for word in ("2022年9月1日", "2019年5月4日", "2015年1月1日")]
    assert places == sorted(places)
    assert "升学" in page


def test_a_member_of_another_body_is_moved_only_by_the_body_above_both(street, tmp_path):
    other = Unit.objects.create(
        code="qh-2-1", name="河湾", short_name="河湾", kind="branch", founded_on=dt.date(2015, 1, 1)
    )
    place([(other, street.neighbour)])
    imported(book(tmp_path, 花名册=[member(1, 所在团组织编码="qh-2-1")]))
    path = book(tmp_path, 花名册=[member(1, 学历="研究生", 所在团组织编码="qh-1-1")])
    with path.open("rb") as file:
        street.client("street").post(reverse("reconciliation-new"), {"unit": "qh-1", "file": file})

    [found] = Difference.objects.exclude(sort="gone")
    assert (found.sort, found.field, found.held) == ("conflict", "unit", "elsewhere")  # nothing else is told
    there = reverse("difference-acceptance", args=[found.pk])
    assert street.visit(there, by="street", on="2024-03-01").status_code == 200
    assert Membership.objects.get(unit=other).until is None

    assert street.visit(there, by="staff", on="2024-03-01").status_code == 302
    assert Membership.objects.get(unit=other).until == dt.date(2024, 3, 1)
