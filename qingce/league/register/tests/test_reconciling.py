"""An export beside the register: each sort of difference, each decision, nothing overwritten silently."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.telling import Told
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Unit
from qingce.league.organisations.tests.books import book, imported
from qingce.league.people.models import Person
from qingce.league.register.deciding import accept, accept_all, keep
from qingce.league.register.models import Difference, Sort
from qingce.league.register.reconciling import reconcile
from qingce.league.register.tests.roster import OTHER, TODAY, branches, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return branches()


def compared(tmp_path, district, *rows):
    made = reconcile(book(tmp_path, 花名册=rows), district, on=TODAY, by=None)
    return list(made.differences.order_by("pk"))


def sorts(found):
    return [(one.sort, one.field) for one in found]


def test_an_export_that_says_the_same_differs_in_nothing(tmp_path, district):
    rows = [member(1), member(2)]
    imported(book(tmp_path, 花名册=rows))

    assert compared(tmp_path, district, *rows) == []


def test_the_new_the_gone_and_the_changed_are_told_apart_and_nothing_is_written(tmp_path, district):
    imported(book(tmp_path, 花名册=[member(1), member(2)]))
    before = list(Person.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())

    found = compared(tmp_path, district, member(1, 学历="大学本科"), member(3))

    assert sorts(found) == [("changed", "education"), ("new", ""), ("gone", "")]
    assert (found[0].held, found[0].said) == ("高中", "大学本科")
    after = list(Person.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())
    assert [[{**row, "id_number": "", "phone": ""} for row in rows] for rows in before] == [
        [{**row, "id_number": "", "phone": ""} for row in rows] for rows in after
    ]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"姓名": "李改名"}, "name"),
        ({"所在团组织编码": OTHER}, "unit"),
        ({"发展团员编号": "202162000099"}, "development_number"),
    ],
)
def test_what_contradicts_the_register_is_a_conflict(tmp_path, district, said, field):
    imported(book(tmp_path, 花名册=[member(1)]))

    found = compared(tmp_path, district, member(1, **said))

    assert sorts(found) == [("conflict", field)]


def test_a_number_of_somebody_else_clashes_on_the_register_and_in_the_file(tmp_path, district):
    imported(book(tmp_path, 花名册=[member(1)]))
    taken = member(1)["发展团员编号"]

    found = compared(
        tmp_path,
        district,
        member(1),
        member(2, 发展团员编号=taken),
        member(3),
        member(4, 发展团员编号=member(3)["发展团员编号"]),
    )

    clashes = [one for one in found if one.sort == Sort.NUMBER]
    assert [(one.row, one.said) for one in clashes] == [(3, taken), (5, member(3)["发展团员编号"])]


def test_a_row_that_breaks_a_rule_is_told_and_is_not_taken_over(tmp_path, district):
    found = compared(tmp_path, district, member(1, 发展团员编号=""))

    assert sorted(sorts(found)) == [("fault", ""), ("new", "")]
    new = next(one for one in found if one.sort == Sort.NEW)
    with pytest.raises(Refused):
        accept(new, on=TODAY, by=None)
    assert not Membership.objects.exists()


def test_sealed_facts_are_compared_without_standing_in_clear(tmp_path, district):
    imported(book(tmp_path, 花名册=[member(1, 手机号="13800000001")]))

    [phone] = compared(tmp_path, district, member(1, 手机号="13900000002"))

    assert (phone.field, phone.held, phone.said) == ("phone", "138****0001", "139****0002")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM register_difference")
        stored = str(cursor.fetchall())
    assert "13900000002" not in stored
    assert member(1)["身份证号"] not in stored
    accept(phone, on=TODAY, by=None)
    assert Person.objects.get().phone.reveal() == "13900000002"
    assert "13900000002" not in str(list(Entry.objects.values()))


def test_accepting_changes_the_register_and_tells_each_thing(tmp_path, district):
    imported(book(tmp_path, 花名册=[member(1), member(2)]))
    found = compared(tmp_path, district, member(1, 学历="大学本科"), member(3))

    accept_all(found, on=TODAY, by=None)

    assert Person.objects.get(name=member(1)["姓名"]).education == "大学本科"
    assert (
        Membership.objects.get(person__name=member(3)["姓名"]).development_number == member(3)["发展团员编号"]
    )
    assert Membership.objects.get(person__name=member(2)["姓名"]).until == TODAY
    assert Entry.objects.filter(told=Told.DIFFERENCE_ACCEPTED).count() == 3
    assert compared(tmp_path, district, member(1, 学历="大学本科"), member(3)) == []


def test_a_move_in_the_export_ends_one_stay_and_begins_the_next(tmp_path, district):
    imported(book(tmp_path, 花名册=[member(1)]))
    [conflict] = compared(tmp_path, district, member(1, 所在团组织编码=OTHER))

    accept(conflict, on=TODAY, by=None)

    stays = Membership.objects.order_by("since")
    assert [(stay.unit.code, stay.until) for stay in stays] == [("QH0101", TODAY), (OTHER, None)]


def test_what_changed_meanwhile_is_not_overwritten(tmp_path, district):
    imported(book(tmp_path, 花名册=[member(1)]))
    [changed] = compared(tmp_path, district, member(1, 学历="大学本科"))
    person = Person.objects.get()
    person.education = "研究生"
    person.save()

    with pytest.raises(Refused):
        accept(changed, on=TODAY, by=None)
    assert Person.objects.get().education == "研究生"
    assert Difference.objects.get().decision == ""


def test_keeping_ours_asks_for_a_reason_and_settles_it(tmp_path, district):
    imported(book(tmp_path, 花名册=[member(1)]))
    found = compared(tmp_path, district, member(1, 姓名="李改名"))

    with pytest.raises(Refused):
        keep(found, because=" ", by=None)
    keep(found, because="系统姓名有误，已报更正", by=None)

    assert Difference.objects.get().decision == "kept"
    with pytest.raises(Refused):
        accept(Difference.objects.get(), on=TODAY, by=None)
    assert Entry.objects.filter(told=Told.DIFFERENCE_KEPT).count() == 1


def test_who_has_no_id_number_yet_is_found_by_name_and_birth(tmp_path, district):
    said = member(1)
    person = Person.objects.create(
        name=said["姓名"],
        born_on=dt.date(2006, 1, 1),
        sex="male",
        ethnicity="汉族",
        education="高中",
        political_status="共青团员",
    )
    unit = Unit.objects.get(code="QH0101")
    Membership.objects.create(
        person=person,
        unit=unit,
        since=dt.date(2021, 5, 4),
        joined_on=dt.date(2021, 5, 4),
        development_number=said["发展团员编号"],
    )

    [number] = compared(tmp_path, district, said)

    assert (number.sort, number.field) == ("changed", "id_number")
    accept(number, on=TODAY, by=None)
    assert compared(tmp_path, district, said) == []


def test_the_questions_asked_do_not_grow_with_the_rows(tmp_path, district):
    imported(book(tmp_path, 花名册=[member(n) for n in range(1, 40)]))

    def asked(count: int) -> int:
        path = book(tmp_path, 花名册=[member(n, 学历="大学本科") for n in range(1, count)])
        with CaptureQueriesContext(connection) as queries:
            reconcile(path, district, on=TODAY, by=None)
        return len(queries)

    assert asked(40) <= asked(10)


def test_a_stay_that_is_over_in_the_export_is_proposed_and_one_over_in_both_is_not(tmp_path, district):
    imported(book(tmp_path, 花名册=[member(1), member(2)]))
    left = {"离开本支部时间": "2024-02-01", "离开原因": "升学"}

    [until] = compared(tmp_path, district, member(1), member(2, **left))
    accept(until, on=TODAY, by=None)

    stay = Membership.objects.get(person__name=member(2)["姓名"])
    assert (stay.until, stay.ended_because) == (dt.date(2024, 2, 1), "升学")
    assert compared(tmp_path, district, member(1), member(2, **left)) == []


def test_what_an_export_said_is_kept_no_longer_than_until_it_is_decided(tmp_path, district):
    imported(book(tmp_path, 花名册=[member(1)]))
    found = compared(tmp_path, district, member(1, 手机号="13900000002"), member(2))
    assert all(one.facts for one in found)

    accept(found[0], on=TODAY, by=None)
    keep(found[1:], because="另行核实", by=None)

    assert not any(one.facts for one in Difference.objects.all())


def test_of_many_those_that_do_not_fit_stay_open_and_say_why(tmp_path, district):
    found = compared(tmp_path, district, member(1), member(2, 发展团员编号=""))
    new = [one for one in found if one.sort == Sort.NEW]

    done = accept_all(new, on=TODAY, by=None)

    assert [one.name for one in done] == [member(1)["姓名"]]
    left = Difference.objects.get(sort=Sort.NEW, decision="")
    assert left.name == member(2)["姓名"]
    assert left.because
    assert not Person.objects.filter(name=member(2)["姓名"]).exists()


def test_many_that_are_new_come_at_once_but_for_those_that_clash(tmp_path, district):
    rows = [member(n) for n in range(1, 12)]
    rows[4]["发展团员编号"] = rows[2]["发展团员编号"]  # another member's number
    rows.append(dict(rows[7]))  # the same person once more
    found = compared(tmp_path, district, *rows)
    new = [one for one in found if one.sort == Sort.NEW]

    done = accept_all(new, on=TODAY, by=None)

    assert sorted(one.row for one in done) == [row for row in range(2, 13) if row != 6]
    assert all(one.person.name == one.name and one.membership.person == one.person for one in done)
    left = Difference.objects.filter(sort=Sort.NEW, decision="").order_by("row")
    assert [one.row for one in left] == [6, 13]
    assert "发展" in left[0].because or "number" in left[0].because
    assert Membership.objects.count() == Person.objects.count() == 10


def test_of_two_rows_that_say_one_thing_differently_the_second_is_not_taken_over(tmp_path, district):
    imported(book(tmp_path, 花名册=[member(1)]))
    found = compared(tmp_path, district, member(1, 学历="大学本科"), member(1, 学历="研究生"))

    [done] = accept_all([one for one in found if one.sort == Sort.CHANGED], on=TODAY, by=None)

    assert done.row == 2
    assert Person.objects.get().education == "大学本科"


def test_who_comes_back_keeps_the_number_of_old(tmp_path, district):
    left = {"离开本支部时间": "2023-02-01", "离开原因": "参军"}
    imported(book(tmp_path, 花名册=[member(1, **left)]))
    [back] = compared(tmp_path, district, member(1))

    accept(back, on=TODAY, by=None)

    numbers = Membership.objects.order_by("since").values_list("development_number", "since", "until")
    assert [number for number, _since, _until in numbers] == [member(1)["发展团员编号"]] * 2
    assert [until for _number, _since, until in numbers] == [dt.date(2023, 2, 1), None]


def test_the_questions_of_an_acceptance_do_not_grow_with_the_differences(tmp_path, district):
    def asked(first: int, last: int) -> int:
        found = compared(tmp_path, district, *(member(n) for n in range(first, last)))
        with CaptureQueriesContext(connection) as queries:
            accept_all([one for one in found if one.sort == Sort.NEW], on=TODAY, by=None)
        return len(queries)

    asked(1, 2)
    assert asked(2, 60) <= asked(60, 65)
