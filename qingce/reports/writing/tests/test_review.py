"""The way upwards: who decides, who may not, what stands in the way of the issue."""

from __future__ import annotations

import datetime as dt

import pytest

from qingce.foundation.accounts.models import User
from qingce.foundation.audit.models import Entry
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Post
from qingce.league.people.models import Person
from qingce.ledger.periods import Period
from qingce.ledger.records import actions as records
from qingce.reports.outline import outlines
from qingce.reports.writing import actions, remarks, reviewing
from qingce.reports.writing.models import State
from qingce.reports.writing.route import level_for, waiting_for
from qingce.reports.writing.tests.conftest import NOW
from tests.full_year import YEAR

TODAY = NOW.date()


def submit(desk, by="staff"):
    reviewing.submit(desk.draft, by=desk.user(by), now=NOW, today=TODAY)


def approve(desk, by="secretary"):
    reviewing.approve(desk.draft, by=desk.user(by), reach=desk.reach(by), now=NOW)


def issue(desk, by="secretary"):
    return reviewing.issue(desk.draft, by=desk.user(by), reach=desk.reach(by), now=NOW)


def test_from_the_draft_to_the_issue(desk):
    submit(desk)
    assert desk.fresh().state == State.SUBMITTED
    assert list(waiting_for(desk.reach("secretary"))) == [desk.draft]
    reviewing.give_back(
        desk.draft, because="第二部分太长", by=desk.user("secretary"), reach=desk.reach("secretary"), now=NOW
    )
    assert desk.fresh().state == State.RETURNED
    desk.write(desk.texts()[0], "改过的一段")
    submit(desk)
    approve(desk)
    snapshot = issue(desk)

    closed = desk.fresh()
    assert (closed.state, closed.snapshot) == (State.ISSUED, snapshot)
    assert "改过的一段" in "".join(block.text for block in snapshot.composed.blocks)
    assert [step.sort for step in closed.steps.all()] == [
        "submitted", "returned", "submitted", "approved", "issued",
    ]  # fmt: skip
    told = list(Entry.objects.filter(reference=desk.draft.reference).values_list("told", flat=True))
    assert {"document.submitted", "document.returned", "document.approved"} <= set(told)
    with pytest.raises(Refused):
        desk.write(desk.texts()[1], "再改")


def test_an_issued_figure_stays_when_the_ledger_moves(desk):
    submit(desk)
    approve(desk)
    snapshot = issue(desk)
    records.void(desk.year.record("lecture"), because="重复登记", by=desk.user("secretary"))
    assert "lectures" in snapshot.drift()
    assert "宣讲党的二十大精神和团十九大精神1场次" in "".join(b.text for b in snapshot.composed.blocks)


def test_nobody_decides_about_the_own_text(desk):
    desk.write(desk.texts()[0], "书记亲自改的一段", by="secretary")
    with pytest.raises(Refused, match="起草人"):  # the only one who may approve wrote in it
        submit(desk)
    other = _approver(desk, "副书记", desk.year.district)
    submit(desk)
    assert list(waiting_for(desk.reach("secretary"))) == []
    with pytest.raises(Refused, match="参与了起草"):
        approve(desk)
    desk.year.users["other"] = other
    approve(desk, by="other")
    assert desk.fresh().state == State.APPROVED


def test_a_level_at_which_nobody_may_approve_is_skipped(desk):
    year = desk.year
    draft = actions.begin(
        outlines()["annual-summary"], year.branch, Period.year(YEAR), by=desk.user("street officer"), now=NOW
    )
    assert level_for(draft, on=TODAY) == year.district  # nobody at the street approves
    _approver(desk, "街道书记", year.street)
    assert level_for(draft, on=TODAY) == year.street
    ended = dt.date(2020, 1, 1)
    for post in Post.objects.filter(person__name="街道书记"):
        post.until = ended
        post.save()
    assert level_for(draft, on=TODAY) == year.district


def test_a_document_is_taken_back_while_nothing_is_issued(desk):
    with pytest.raises(Refused):
        reviewing.withdraw(desk.draft, by=desk.user(), now=NOW)
    submit(desk)
    with pytest.raises(Refused, match="审核中"):
        desk.write(desk.texts()[0], "等不及了")
    reviewing.withdraw(desk.draft, by=desk.user(), now=NOW)
    desk.write(desk.texts()[0], "改好了")
    with pytest.raises(Refused, match="不在审核中"):
        approve(desk)


def test_a_return_says_why(desk):
    submit(desk)
    with pytest.raises(Refused):
        reviewing.give_back(
            desk.draft, because="  ", by=desk.user("secretary"), reach=desk.reach("secretary"), now=NOW
        )


def test_a_number_typed_by_hand_is_not_handed_up(desk):
    paragraph = desk.write(desk.texts()[0], "走访86户")
    with pytest.raises(Refused, match="86户"):
        submit(desk)
    desk.write(paragraph, "走访{{stated:86户|区民政局台账}}")
    submit(desk)


@pytest.mark.parametrize(
    ("text", "said"),
    [("参加{{gap:参加人数}}", "参加人数"), ("宣讲近{{lectures|exact}}", "近")],
    ids=["gap", "word"],
)
def test_what_is_unsettled_or_untrue_is_not_issued(desk, text, said):
    desk.write(desk.texts()[0], text)
    submit(desk)
    approve(desk)
    with pytest.raises(Refused, match=said):
        issue(desk)
    assert desk.fresh().state == State.APPROVED


def test_only_an_approved_document_is_issued(desk):
    with pytest.raises(Refused):
        issue(desk)
    submit(desk)
    with pytest.raises(Refused):
        issue(desk)


def test_comments_are_answered_settled_and_opened_again(desk):
    paragraph = desk.texts()[0]
    first = remarks.comment(paragraph, "这个数对吗？", by=desk.user("secretary"), now=NOW)
    answer = remarks.comment(paragraph, "对的", by=desk.user(), now=NOW, answers=first)
    further = remarks.comment(paragraph, "好", by=desk.user("secretary"), now=NOW, answers=answer)
    assert further.answers == first  # a matter has one beginning
    remarks.settle(answer, by=desk.user(), now=NOW)
    first.refresh_from_db()
    assert first.settled_by == desk.user()
    remarks.open_again(first, by=desk.user("secretary"))
    first.refresh_from_db()
    assert first.settled_at is None
    with pytest.raises(Refused):
        remarks.comment(paragraph, " ", by=desk.user(), now=NOW)


def _approver(desk, name, unit):
    user = User.objects.create_user(username=name, password="leave-it-to-the-test", name=name)
    person = Person.objects.create(name=name, user=user)
    Post.objects.create(person=person, unit=unit, role="district_secretary", since=dt.date(2015, 1, 1))
    return user
