"""A congress: seats by members, delegates within the seats, links, and mandates for the term."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.league.people import working_days
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.work.organising import congress_actions
from qingce.work.organising.actions import Parts, approve, draw_up
from qingce.work.organising.judging import judge
from qingce.work.organising.models import Delegate, UnitEvent
from qingce.work.organising.tests.conftest import Office, said

MAY = dt.date(2024, 5, 10)
TODAY = dt.date(2024, 6, 1)


@pytest.fixture(autouse=True)
def english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def held(office: Office, **changes: Any) -> UnitEvent:
    """A draft of the district's congress of May 2024."""
    [kind] = taxonomy().with_part("congress")
    congress = {
        "session": 16,
        "delegates_planned": 120,
        "notice_from": dt.date(2024, 4, 22),
        "notice_until": dt.date(2024, 4, 26),
        **changes,
    }
    election = {
        "entitled": 120,
        "present": 110,
        "term_start": MAY,
        "term_end": dt.date(2029, 5, 9),
    }
    top = office.unit("demo")
    parts = Parts(election=election, congress=congress)
    return draw_up(kind, unit=top, subject=top, on=MAY, by=office.users["secretary"], parts=parts)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ((2024, 4, 22), (2024, 4, 26), 5),  # a working week
        ((2024, 4, 29), (2024, 5, 6), 3),  # the holiday of May
        ((2024, 4, 26), (2024, 4, 29), 3),  # Sunday the 28th was a day of work
        ((2024, 4, 26), (2024, 4, 25), 0),
    ],
)
def test_a_public_notice_counts_its_first_and_its_last_working_day(
    first: tuple[int, ...], last: tuple[int, ...], days: int
) -> None:
    assert working_days.between(dt.date(*first), dt.date(*last)) == days


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"delegates_planned": 301}, "301 delegates are not what the rule allows"),
        ({"notice_until": dt.date(2024, 4, 25)}, "shown on 4 working days"),
        ({"notice_until": MAY}, "meets after the last day of the public notice"),
    ],
)
def test_a_congress_against_the_rules_is_refused(
    office: Office, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        judge(held(office, **changes))


@pytest.mark.parametrize(
    ("delegates", "warned"), [(99, True), (100, False), (200, False), (201, True), (300, True)]
)
def test_one_to_two_hundred_delegates_are_usual(office: Office, delegates: int, warned: bool) -> None:
    assert bool(judge(held(office, delegates_planned=delegates))) is warned


def test_seats_are_proposed_by_members_and_every_unit_has_one(office: Office) -> None:
    units = [office.unit("X1"), office.unit("X2")]

    seats = congress_actions.proportional(held(office), units, 12)

    assert {unit.code: number for unit, number in seats.items()} == {"X1": 11, "X2": 1}
    assert sum(seats.values()) == 12


def test_delegates_are_entered_within_their_seats_and_stay_for_the_term(office: Office) -> None:
    event, school = held(office), office.unit("X1")
    approve(event, document_number="团市复〔2024〕9号", by=office.users["secretary"], today=TODAY)
    client = office.client("secretary")
    client.post(
        f"/records/{event.number}/congress/seats/",
        {f"seats_{school.pk}": 2, f"seats_{office.unit('X2').pk}": 0},
    )
    delegation = event.allotments.get()

    school_officer = office.client("school")
    school_officer.post(f"/delegations/{delegation.pk}/", {"names": "王芳\n李雷", "on": "2024-04-10"})
    many = school_officer.post(f"/delegations/{delegation.pk}/", {"names": "韩梅", "on": "2024-04-10"})

    assert "has 2 seats; with these it would have 3" in said(many)
    delegates = list(Delegate.objects.filter(event=event))
    assert [(one.person.name, one.until) for one in delegates] == [
        ("王芳", dt.date(2029, 5, 10)),
        ("李雷", dt.date(2029, 5, 10)),
    ]
    assert Delegate.objects.on(dt.date(2028, 1, 1)).count() == 2
    page = client.get(f"/records/{event.number}/congress/")
    assert (page.context["reading"].seats, page.context["reading"].elected) == (2, 2)
    assert page.context["reading"].short == 2


def test_a_delegate_keeps_in_touch_with_a_branch_and_with_young_people(office: Office) -> None:
    event = held(office)
    congress_actions.allot(event, {office.unit("X1"): 1}, by=office.users["secretary"])
    person = office.join("周代表", "X1B1")
    [delegate] = congress_actions.enter_delegates(
        event.allotments.get(), [person], on=dt.date(2024, 4, 10), by=office.users["secretary"]
    )
    client = office.client("school")

    client.post(f"/delegates/{delegate.pk}/", {"branch": "X1B2", "since": "2024-05-20"})
    client.post(f"/delegates/{delegate.pk}/", {"name": "王芳", "since": "2024-05-20"})
    twice = client.post(f"/delegates/{delegate.pk}/", {"branch": "X1B2", "since": "2024-05-21"})

    assert "This link exists already." in said(twice)
    assert sorted(str(one.branch or one.person) for one in delegate.links.all()) == ["王芳", "高一2班"]
    with pytest.raises(Refused, match="no branch"):
        congress_actions.link(
            delegate, since=MAY, branch=Unit.objects.get(code="X2"), by=office.users["school"]
        )


def test_a_mandate_ends_early_with_a_reason(office: Office) -> None:
    event = held(office)
    congress_actions.allot(event, {office.unit("X1"): 1}, by=office.users["secretary"])
    [delegate] = congress_actions.enter_delegates(
        event.allotments.get(), [office.join("周代表", "X1B1")], on=MAY, by=office.users["secretary"]
    )
    congress_actions.end_mandate(delegate, on=TODAY, because="调离本区", by=office.users["secretary"])

    assert not Delegate.objects.on(TODAY).exists()
    assert Delegate.objects.on(MAY).exists()
    with pytest.raises(Refused, match="fewer seats"):
        congress_actions.allot(event, {office.unit("X1"): 0}, by=office.users["secretary"])


def test_a_neighbour_finds_neither_delegation_nor_delegate(office: Office) -> None:
    event = held(office)
    congress_actions.allot(event, {office.unit("X1"): 1}, by=office.users["secretary"])
    delegation = event.allotments.get()

    assert office.client("other").get(f"/delegations/{delegation.pk}/").status_code == 404
    assert office.client("class").get(f"/delegations/{delegation.pk}/").status_code == 404
    assert office.client("other").get(f"/records/{event.number}/congress/").status_code == 404


@pytest.mark.parametrize(
    ("party", "warned"), [(dt.date(2023, 5, 10), False), (dt.date(2023, 5, 9), True), (None, False)]
)
def test_a_congress_meets_within_a_year_of_the_party_s(
    office: Office, party: dt.date | None, warned: bool
) -> None:
    warnings = judge(held(office, party_congress_on=party))
    assert any("The Party congress met" in one for one in warnings) is warned
