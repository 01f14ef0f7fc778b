"""Elections: who is elected follows from the votes; the rules of the day say what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import (
    Post,
)
from qingce.league.organisations.past import FormerTerm
from qingce.league.rules.models import RuleOverride
from qingce.ledger.records import actions as ledger
from qingce.work.organising.models import UnitEvent
from qingce.work.organising.tests.conftest import Office, said

DAY = dt.date(2024, 3, 1)
BALLOT = {"entitled": 7, "present": 7, "issued": 7, "returned": 7, "seats": 3, "secret": "on"}
VOTES = {"王芳": 7, "李雷": 6, "韩梅": 5, "赵强": 2}


@pytest.fixture(autouse=True)
def english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def ballot(votes: dict[str, int] | None = None, **changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {**BALLOT, **changes}
    for n, (name, number) in enumerate((votes or VOTES).items(), 1):
        office = "secretary" if n == 1 else "member"
        fields |= {
            f"name_{n}": name,
            f"votes_{n}": number,
            f"office_{n}": office,
            f"engagement_{n}": "part_time",
        }
    return fields


def test_those_with_most_votes_take_their_posts_and_the_old_ones_end(office: Office) -> None:
    office.sent("/units/X1B1/election/", "school", **ballot())

    posts = Post.objects.on(DAY).filter(unit__code="X1B1").order_by("pk")
    assert [(one.person.name, one.role, one.document) for one in posts] == [
        ("王芳", "branch_secretary", "青团复〔2024〕3号"),
        ("李雷", "committee_member", "青团复〔2024〕3号"),
        ("韩梅", "committee_member", "青团复〔2024〕3号"),
    ]
    assert Post.objects.get(person__name="张小明").until == DAY
    unit = office.unit("X1B1")
    assert (unit.term_start, unit.term_end) == (DAY, dt.date(2025, 2, 28))


def test_the_term_before_is_kept_and_overdue_is_asked_of_the_day(office: Office) -> None:
    unit = office.unit("X1B1")
    unit.term_start, unit.term_end = dt.date(2022, 9, 1), dt.date(2023, 8, 31)
    unit.save()

    office.sent("/units/X1B1/election/", "school", **ballot())

    assert FormerTerm.objects.get(unit=unit).ends_on == dt.date(2023, 8, 31)
    client = office.client("secretary")
    before = client.get("/units/X1B1/?on=2023-12-31").context["portrait"]
    after = client.get("/units/X1B1/?on=2024-03-02").context["portrait"]
    assert (before.is_overdue, after.is_overdue) == (True, False)
    assert "overdue" in {one.sort for one in before.worries}
    remedies = [
        address for one in before.worries if one.sort == "overdue" for address, _l, _p in one.remedies
    ]
    assert remedies == ["/units/X1B1/election/", "/units/X1B1/deferral/"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"present": 5, "issued": 5, "returned": 5}, "5 of 7 were present: too few to elect."),
        ({"present": 8}, "More were present than are entitled"),
        ({"secret": ""}, "Elections are by secret ballot"),
        ({"issued": 8}, "More ballots were issued than voters were present."),
        ({"returned": 8, "issued": 7}, "8 ballots came back of 7 issued: the election is void."),
        ({"seats": 8, "votes": {"王芳": 3}}, "people on the committee are not what the rule allows"),
        ({"term_end": "2027-03-01"}, "The term of 高一1班 is 1 years"),
        ({"votes": {"王芳": 9}}, "王芳 has 9 votes of 7 ballots"),
        ({"votes": {"查无此人": 5}}, "Nobody called 查无此人 is a member here"),
        ({"votes": {"王芳": 7, "李雷": 5, "韩梅": 5}, "seats": 2}, "as many votes for the last seat"),
        (
            {"votes": {"王芳": 7, "李雷": 6}, "seats": 2},
            "2 people on the committee are not what the rule allows",
        ),
    ],
)
def test_an_election_against_the_rules_is_refused(
    office: Office, changes: dict[str, Any], sentence: str
) -> None:
    changes = dict(changes)
    answer = office.sent("/units/X1B1/election/", **ballot(changes.pop("votes", None), **changes))

    assert sentence in said(answer)
    assert not UnitEvent.objects.exists()
    assert Post.objects.get(person__name="张小明").until is None


def test_a_quorum_is_four_fifths_exactly(office: Office) -> None:
    five = {"entitled": 10, "present": 8, "issued": 8, "returned": 8}
    assert office.sent("/units/X1B1/election/", **ballot(**five)).status_code == 302


def test_more_than_half_is_more_than_half(office: Office) -> None:
    votes = {"王芳": 8, "李雷": 8, "韩梅": 5, "赵强": 4}
    eight = {"entitled": 8, "present": 8, "issued": 8, "returned": 8}
    office.sent("/units/X1B1/election/", **ballot(votes, **eight))

    elected = office.last().candidates.filter(is_elected=True)
    assert [one.person.name for one in elected] == ["王芳", "李雷", "韩梅"]


def test_too_few_candidates_are_warned_of_until_the_district_switches_the_rule_on(office: Office) -> None:
    votes = {"王芳": 7, "李雷": 6, "韩梅": 5}
    looked = office.sent("/units/X1B1/election/", do="look", **ballot(votes))
    assert any(
        "3 candidates for 3 seats; 4 were to be expected." in one for one in looked.context["warnings"]
    )

    RuleOverride.objects.create(
        rule="election_candidate_surplus_share",
        unit=office.unit("demo"),
        value="1/5",
        since=dt.date(2024, 1, 1),
        reason="全区选举办法",
        basis="青团发〔2024〕1号",
        by=office.users["secretary"],
        switched_on=True,
    )
    assert "4 were to be expected" in said(office.sent("/units/X1B1/election/", **ballot(votes)))


def test_a_small_branch_elects_a_secretary_and_no_committee(office: Office) -> None:
    small = {"entitled": 4, "present": 4, "issued": 4, "returned": 4}
    assert "no committee" in said(
        office.sent("/units/X1B2/election/", **ballot({"吴刚": 4, "郑爽": 3, "冯军": 3}, **small))
    )
    office.sent("/units/X1B2/election/", **ballot({"吴刚": 4, "郑爽": 1}, **{**small, "seats": 1}))

    assert [one.person.name for one in Post.objects.on(DAY).filter(unit__code="X1B2")] == ["吴刚"]


@pytest.mark.parametrize(
    ("ends", "refused"),
    [("2024-09-01", False), ("2024-09-02", True), ("2023-01-01", False)],
)  # six months early is the most; what is late is only warned of
def test_an_election_may_be_six_months_early(office: Office, ends: str, refused: bool) -> None:
    unit = office.unit("X1B1")
    unit.term_start, unit.term_end = dt.date(2022, 9, 1), dt.date.fromisoformat(ends)
    unit.save()

    answer = office.sent("/units/X1B1/election/", **ballot())

    assert (answer.status_code != 302) is refused
    if refused:
        assert "further from it than allowed" in said(answer)


@pytest.mark.parametrize(
    ("until", "paper", "sentence"),
    [
        ("2024-08-29", "中青党〔2024〕2号", ""),
        ("2024-08-30", "中青党〔2024〕2号", "later than it may be put off"),
        ("2024-08-29", "", "with the approval of the Party body too"),
        ("2024-02-28", "中青党〔2024〕2号", "later than the end of the term"),
    ],
)
def test_an_election_is_put_off_half_a_year_at_most_with_two_papers(
    office: Office, until: str, paper: str, sentence: str
) -> None:
    unit = office.unit("X1B1")
    unit.term_start, unit.term_end = dt.date(2023, 3, 1), dt.date(2024, 2, 29)
    unit.save()

    answer = office.sent("/units/X1B1/deferral/", until=until, party_paper=paper)

    if sentence:
        assert sentence in said(answer)
    else:
        assert office.unit("X1B1").deferred_to == dt.date(2024, 8, 29)


def test_a_branch_hands_its_election_up_and_the_school_approves(office: Office) -> None:
    office.sent("/units/X1B1/election/", "class", **ballot(do="submit", document_number=""))
    event = office.last()
    assert office.client("class").get(f"/records/{event.number}/approval/").status_code == 403

    office.client("school").post(f"/records/{event.number}/approval/", {"document_number": "团委〔2024〕1号"})

    assert office.unit("X1B1").term_start == DAY
    with pytest.raises(Refused):
        ledger.confirm(event, by=office.users["school"])


def test_voiding_an_election_brings_the_old_officers_back(office: Office) -> None:
    office.sent("/units/X1B1/election/", **ballot())
    ledger.void(office.last(), because="计票有误", by=office.users["secretary"])

    assert [one.person.name for one in Post.objects.on(DAY).filter(unit__code="X1B1")] == ["张小明"]
    assert office.unit("X1B1").term_end is None


def test_elections_due_are_listed_with_what_can_be_done(office: Office) -> None:
    for code, ends in {"X1B1": "2024-02-01", "X1B2": "2024-05-01", "X1": "2030-01-01"}.items():
        unit = office.unit(code)
        unit.term_end = dt.date.fromisoformat(ends)
        unit.save()
    rows = office.client("secretary").get("/units/terms/?on=2024-03-01").context["page_obj"].object_list
    only = office.client("secretary").get("/units/terms/?on=2024-03-01&ahead=0").context["page_obj"]

    assert [(one.unit.code, one.is_overdue) for one in rows] == [("X1B1", True), ("X1B2", False)]
    assert [one.unit.code for one in only.object_list] == ["X1B1"]


def elected_by(office: Office, **said: Any) -> Any:
    """An election of the school's committee, by delegates."""
    people = [office.join(name, "X1B1") for name in ("甲一", "甲二", "甲三", "甲四", "甲五", "甲六", "甲七")]
    votes = {person.name: 40 for person in people}
    facts = {"entitled": 40, "present": 40, "issued": 40, "returned": 40, "seats": 7}
    return office.sent("/units/X1/election/", **ballot(votes, **{**facts, "assembly": "delegates", **said}))


@pytest.mark.parametrize(
    ("members", "changes", "sentence"),
    [
        (199, {"assembly_paper": "青团复〔2024〕1号"}, "all of them meet, not a congress of delegates"),
        (199, {"assembly_paper": "青团复〔2024〕1号", "scattered": "on"}, ""),
        (200, {"assembly_paper": "青团复〔2024〕1号"}, ""),
        (200, {}, "is approved before; name its paper"),
        (199, {"assembly": "members"}, ""),
    ],
)
def test_delegates_elect_in_place_of_all_where_these_are_many_or_scattered(
    office: Office, monkeypatch: Any, members: int, changes: dict[str, Any], sentence: str
) -> None:
    counted = lambda units, day: {one.pk: members for one in units}  # noqa: E731
    monkeypatch.setattr("qingce.work.organising.judging_elections.members_beneath", counted)

    answer = elected_by(office, **changes)

    if sentence:
        assert sentence in said(answer)
        assert "[Rule: " in said(answer)
    else:
        assert UnitEvent.objects.get().election.assembly == changes.get("assembly", "delegates")
