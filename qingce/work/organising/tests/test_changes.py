"""Papers on units, from the form to the tree and back."""

from __future__ import annotations

import datetime as dt

import pytest

from qingce.foundation.audit.models import Entry
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import (
    Membership,
    Post,
    Unit,
)
from qingce.league.organisations.past import Lineage
from qingce.ledger.records import actions as ledger
from qingce.ledger.records.models import Evidence, State
from qingce.work.organising.models import UnitEvent
from qingce.work.organising.tests.conftest import Office, said

MARCH = dt.date(2024, 3, 1)
FOUNDING = {
    "name": "共青团青河中学高一3班支部",
    "short_name": "高一3班",
    "unit_kind": "branch",
    "domain": "senior_middle",
    "members": 12,
}


@pytest.fixture(autouse=True)
def english(settings: object) -> None:
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]


def test_a_unit_is_founded_by_a_paper_and_gets_a_code_of_its_own(office: Office) -> None:
    answer = office.sent("/units/X1/founding/", "school", **FOUNDING)

    event = office.last()
    unit = event.subject_unit
    assert answer["Location"] == f"/records/{event.number}/"
    assert (unit.code, unit.founded_on, unit.approved_by) == ("00000000001", MARCH, "青团复〔2024〕3号")
    assert unit in office.unit("X1").children(day=MARCH)
    assert unit not in office.unit("X1").children(day=MARCH - dt.timedelta(days=1))
    assert (event.state, event.stage) == (State.CONFIRMED, event.kind_of_work.done)
    paper = Evidence.objects.get(record=event.number)
    assert paper.kept_at == "青团复〔2024〕3号"
    assert Entry.objects.filter(told="unit.founded", reference=unit.code).exists()


def test_the_code_begins_with_the_division_of_the_district(office: Office) -> None:
    Unit.objects.filter(code="demo").first().save()
    district = office.unit("demo")
    district.division = "990112"
    district.save()

    office.sent("/units/X1/founding/", **FOUNDING)
    office.sent("/units/X2/founding/", **{**FOUNDING, "name": "共青团河湾中学高一3班支部"})

    made = UnitEvent.objects.order_by("pk").values_list("subject_unit__code", flat=True)
    assert list(made) == ["99011200001", "99011200002"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"members": 2}, "2 members are too few"),
        ({"name": "共青团青河中学高一3班委员会"}, "“共青团青河中学高一3班委员会” does not"),
        ({"name": "青河中学高一1班团支部"}, "Another unit is called"),
        ({"unit_kind": "temporary_branch", "name": "高一临时支部"}, "name the last day of its task"),
        ({"document_number": ""}, "Name the number of the paper"),
        ({"on": "2099-01-01"}, "The day lies in the future"),
    ],
)
def test_a_founding_against_the_rules_is_refused_and_nothing_is_left(
    office: Office, change: dict[str, object], sentence: str
) -> None:
    units = Unit.objects.count()

    answer = office.sent("/units/X1/founding/", **{**FOUNDING, **change})

    assert sentence in said(answer)
    assert Unit.objects.count() == units
    assert not UnitEvent.objects.exists()
    assert not Entry.objects.filter(told="record.entered").exists()


def test_what_is_looked_at_first_changes_nothing(office: Office) -> None:
    answer = office.sent("/units/X1/founding/", do="look", **FOUNDING)

    assert answer.context["looked"]
    assert answer.context["warnings"] == []
    assert not UnitEvent.objects.exists()


def test_who_stands_at_the_unit_itself_submits_and_the_body_above_approves(office: Office) -> None:
    office.sent(
        "/units/X1B1/renaming/",
        "school",
        name="共青团青河中学高一甲班支部",
        short_name="高一甲班",
        do="submit",
    )
    event = office.last()
    assert event.state == State.SUBMITTED
    assert office.unit("X1B1").short_name == "高一1班"

    with pytest.raises(Refused, match="page of approval"):
        ledger.confirm(event, by=office.users["secretary"])
    office.client("secretary").post(f"/records/{event.number}/approval/", {"document_number": "2号"})
    assert office.unit("X1B1").short_name == "高一甲班"


def test_nobody_approves_what_the_body_above_decides(office: Office) -> None:
    new = {"name": "共青团青河县第一中学委员会", "short_name": "一中团委"}
    assert "approved by the body above" in said(office.sent("/units/X1/renaming/", "school", **new))
    assert "No unit within your reach" in said(office.sent("/units/X1B1/relocation/", "school", to="X2"))


def test_an_old_name_is_shown_for_old_days(office: Office) -> None:
    office.sent("/units/X1B1/renaming/", name="共青团青河中学高二1班支部", short_name="高二1班")
    client = office.client("secretary")

    before = client.get("/units/X1/below/?on=2024-02-29").content.decode()
    after = client.get("/units/X1/below/?on=2024-03-01").content.decode()

    assert "高一1班" in before
    assert "高二1班" in after
    assert "高一1班" not in after
    assert "青河中学高一1班团支部" in client.get("/units/X1B1/?on=2024-01-01").content.decode()
    assert list(client.get("/units/?q=高一1班").context["page_obj"]) == [office.unit("X1B1")]


def test_a_move_entered_late_takes_the_records_since_its_day_along(office: Office) -> None:
    before = office.activity("X1B1", dt.date(2024, 2, 1))
    since = office.activity("X1B1", dt.date(2024, 3, 20))
    old, other = office.unit("X1").path(day=MARCH), office.unit("X2").path(day=MARCH)

    office.sent("/units/X1B1/relocation/", to="X2")

    places = dict(type(before).objects.values_list("pk", "place"))
    assert places[before.pk].startswith(old)
    assert places[since.pk].startswith(other)

    ledger.void(office.last(), because="批复撤回", by=office.users["secretary"])

    assert type(since).objects.get(pk=since.pk).place.startswith(old)
    assert office.unit("X1B1").path(day=MARCH).startswith(old)
    assert list(office.unit("X2").children(day=MARCH)) == []


def test_before_a_drag_is_confirmed_the_page_says_what_follows(office: Office) -> None:
    office.activity("X1B1", dt.date(2024, 2, 1))

    page = office.client("secretary").get("/units/X1B1/relocation/?to=X2", headers={"HX-Request": "true"})

    text = page.content.decode()
    assert "1 units with 6 members come from" in text
    assert "1 records before" in text
    assert "Name and code stay: 青河中学高一1班团支部, X1B1." in text
    assert 'value="河湾中学团委"' in text or 'value="共青团河湾中学委员会"' in text


def test_a_merger_moves_the_members_as_dated_stays_and_ends_the_posts(office: Office) -> None:
    office.sent("/units/X1B1/merging/", to="X1B2")

    gone, into = office.unit("X1B1"), office.unit("X1B2")
    assert gone.dissolved_on == MARCH
    assert Membership.objects.on(MARCH).filter(unit=into).count() == 10
    assert Membership.objects.on(MARCH - dt.timedelta(days=1)).filter(unit=gone).count() == 6
    assert not Post.objects.on(MARCH).filter(unit=gone).exists()
    assert Lineage.objects.get(predecessor=gone).successor == into
    assert "高一2班" in office.client("secretary").get("/units/X1B1/").content.decode()


def test_voiding_a_merger_brings_the_branch_back(office: Office) -> None:
    office.sent("/units/X1B1/merging/", to="X1B2")
    ledger.void(office.last(), because="批复撤回", by=office.users["secretary"])

    unit = office.unit("X1B1")
    assert unit.dissolved_on is None
    assert Membership.objects.on(MARCH).filter(unit=unit).count() == 6
    assert Post.objects.on(MARCH).filter(unit=unit).count() == 1
    assert not Lineage.objects.exists()


def test_voiding_is_refused_with_what_stands_in_the_way(office: Office) -> None:
    office.sent("/units/X1/founding/", **FOUNDING)
    event = office.last()
    office.activity(event.subject_unit.code, dt.date(2024, 4, 1))

    with pytest.raises(Refused, match=r"has records already, such as A2024-"):
        ledger.void(event, because="误建", by=office.users["secretary"])
    assert office.last().state == State.CONFIRMED


def test_a_founding_voided_leaves_a_unit_that_existed_on_no_day(office: Office) -> None:
    office.sent("/units/X1/founding/", **FOUNDING)
    event = office.last()
    ledger.void(event, because="误建", by=office.users["secretary"])

    unit = UnitEvent.objects.get().subject_unit
    assert not Unit.objects.active(MARCH).filter(pk=unit.pk).exists()
    assert not Unit.objects.active(dt.date(2026, 1, 1)).filter(pk=unit.pk).exists()


def test_a_split_names_every_member_for_a_new_unit(office: Office) -> None:
    people = list(
        Membership.objects.filter(unit__code="X1B1").order_by("pk").values_list("person", flat=True)
    )
    places = {f"member_{pk}": 1 + (place >= 3) for place, pk in enumerate(people)}
    names = {"name_1": "共青团青河中学高一甲班支部", "name_2": "共青团青河中学高一乙班支部"}

    office.sent("/units/X1B1/split/", **names, **places)

    fresh = [one.unit for one in office.last().offshoots.all()]
    assert [Membership.objects.on(MARCH).filter(unit=one).count() for one in fresh] == [3, 3]
    assert office.unit("X1B1").dissolved_on == MARCH


def test_a_split_that_forgets_somebody_is_refused(office: Office) -> None:
    names = {"name_1": "共青团青河中学高一甲班支部"}
    people = list(Membership.objects.filter(unit__code="X1B1").values_list("person", flat=True))
    places = {f"member_{pk}": "" if pk == people[0] else 1 for pk in people}

    assert "1 members are left" in said(office.sent("/units/X1B1/split/", **names, **places))


def test_a_unit_with_members_or_units_is_not_dissolved(office: Office) -> None:
    assert "6 members are left" in said(office.sent("/units/X1B1/dissolution/"))
    assert "Units still stand beneath it" in said(office.sent("/units/X1/dissolution/"))


def test_once_the_tree_is_changed_the_day_of_the_paper_stands(office: Office) -> None:
    office.sent("/units/X1B1/relocation/", to="X2")

    with pytest.raises(Refused, match="This record changed the tree"):
        ledger.correct(
            office.last(), because="日期", by=office.users["secretary"], happened_on=dt.date(2024, 3, 2)
        )


@pytest.mark.parametrize("noun", ["founding", "relocation", "merging", "split", "dissolution", "renaming"])
def test_a_branch_secretary_changes_no_tree_and_a_neighbour_sees_no_page(office: Office, noun: str) -> None:
    assert office.client("class").get(f"/units/X1B1/{noun}/").status_code == 403
    assert office.client("other").get(f"/units/X1B1/{noun}/").status_code == 404


def test_a_joint_branch_names_the_units_that_share_it(office: Office) -> None:
    joint = {**FOUNDING, "name": "共青团青河中学联合支部", "unit_kind": "joint_branch"}
    alone = office.sent("/units/X1/founding/", "school", **joint, partners="甲公司", do="look")
    shared = office.sent("/units/X1/founding/", "school", **joint, partners="甲公司、乙公司", do="look")

    warned = [" ".join(answer.context["warnings"]) for answer in (alone, shared)]
    assert ["Name each unit that shares it" in one for one in warned] == [True, False]


def test_a_code_begins_with_a_division_of_six_digits(office: Office) -> None:
    district = office.unit("demo")
    district.division = "9901"
    district.save()

    assert "is no division code" in said(office.sent("/units/X1/founding/", "school", **FOUNDING))
