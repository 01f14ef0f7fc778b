"""Scoring sheets of six fields: points within the sheet, and a negative list that overrides them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from qingce.foundation.refusals import Refused
from qingce.foundation.stanzas import CatalogueRefused
from qingce.league.organisations.models import Domain, Membership
from qingce.ledger.records.models import Issue
from qingce.work.membership.models import Grade, Scoring
from qingce.work.membership.reviews import actions as review
from qingce.work.membership.reviews.scoring import score
from qingce.work.membership.reviews.scoring_sheets import read_sheets, scoring_sheets, sheet_for
from qingce.work.membership.tests.moves_county import County
from qingce.work.membership.tests.test_review import HELD, OPENS, TODAY, meeting

FULL = {"belief": 20, "politics": 20, "conduct": 20, "lead": 20, "discipline": 20}


@pytest.fixture
def issue(moves: County) -> Issue:
    facts = {"year": 2024, "opens_on": OPENS, "due_on": dt.date(2025, 1, 20)}
    return review.open_review(moves.units["district"], by=moves.users["林书记"], **facts)


def scored(moves: County, issue: Issue, stay: Membership, *negative: str, **points: int) -> Scoring:
    return score(issue, stay, {**FULL, **points}, negative, on=HELD, by=moves.users["周支书"])


def test_there_are_six_sheets_and_every_field_has_one() -> None:
    assert len(scoring_sheets()) == 6
    named = [one for sheet in scoring_sheets().values() for one in sheet.domains]
    assert sorted(named) == sorted(Domain.values)


def test_a_sheet_left_out_stops_the_start(tmp_path) -> None:
    written = (settings.CATALOGUE / "scoring" / "sheets.toml").read_text(encoding="utf-8")
    (tmp_path / "scoring").mkdir()
    short = written[: written.index("[community]")]
    (tmp_path / "scoring" / "sheets.toml").write_text(short, encoding="utf-8")
    with pytest.raises(CatalogueRefused) as refused:
        read_sheets(tmp_path)
    assert "no sheet for “street”" in str(refused.value)
    assert "5 sheets" in str(refused.value)


def test_points_lie_within_the_sheet_of_the_field(moves: County, issue: Issue) -> None:
    stay = moves.member("community")
    assert sheet_for(stay.unit).code == "community"
    with pytest.raises(Refused, match="at most 20 points"):
        scored(moves, issue, stay, lead=21)
    with pytest.raises(Refused, match="asks other items"):
        scored(moves, issue, stay, hours=20)
    assert scored(moves, issue, stay, lead=15).total == 95
    assert scored(moves, issue, stay, lead=10).total == 90
    assert Scoring.objects.count() == 1


def test_a_negative_item_overrides_the_points(moves: County, issue: Issue) -> None:
    stays = moves.members("community", 4)
    kept = scored(moves, issue, stays[0], "absent")
    assert (kept.total, kept.overridden) == (100, True)

    by = moves.users["周支书"]
    with pytest.raises(Refused, match="the grade is “unqualified”"):
        review.hand_up(issue, moves.units["community"], meeting(stays), on=TODAY, by=by)
    said = meeting(stays, unqualified=1)
    given = review.hand_up(issue, moves.units["community"], said, on=TODAY, by=by)
    assert given.grades.get(person=stays[0].person).grade == Grade.UNQUALIFIED


def test_the_page_keeps_a_sheet_and_not_which_item_it_was(moves: County, issue: Issue) -> None:
    stay = moves.member("community")
    client = Client()
    client.force_login(moves.users["周支书"])
    address = reverse("review-scores", args=[issue.pk, "q11"])
    sent = {**{f"item_{code}": 18 for code in FULL}, "negative": ["absent"]}

    client.post(f"{address}?member={stay.person_id}", sent)

    kept = Scoring.objects.get()
    assert (kept.total, kept.overridden) == (90, True)
    assert "absent" not in str(vars(kept))
    assert "90" in client.get(address).content.decode()
