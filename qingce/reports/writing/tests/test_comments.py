"""Comments that quote words, and comments that reach over several paragraphs."""

from __future__ import annotations

import pytest

from qingce.foundation.refusals import Refused
from qingce.reports.outline import outlines
from qingce.reports.writing import actions, remarks
from qingce.reports.writing.comment_views import threads
from qingce.reports.writing.shown import open_comments
from qingce.reports.writing.tests.conftest import NOW


def said(desk, paragraph, text="请核对", **more):
    return remarks.comment(paragraph, text, by=desk.user("secretary"), now=NOW, **more)


def test_a_comment_reaches_over_paragraphs_and_is_open_at_each(desk):
    standing = desk.draft.standing()
    first, between, last, after = standing[2:6]
    remark = said(desk, first, until=last)
    assert remark.reaches_over == 3
    counts = open_comments(desk.draft, standing)
    assert [counts[one.pk] for one in (first, between, last, after)] == [1, 1, 1, 0]
    assert [one.first for one in threads(desk.draft, between)] == [remark]
    assert threads(desk.draft, after) == []


def test_it_does_not_matter_which_end_is_named_first(desk):
    first, last = desk.draft.standing()[2:4]
    remark = said(desk, last, until=first)
    assert (remark.paragraph, remark.until) == (first, last)
    assert said(desk, first, until=first).until is None


def test_it_stays_within_one_document(desk):
    other = actions.begin(
        outlines()["request"], desk.draft.unit, desk.draft.period_asked, by=desk.user(), now=NOW
    )
    with pytest.raises(Refused, match="同一份"):
        said(desk, desk.texts()[0], until=other.standing()[0])


def test_an_answer_given_at_any_of_the_paragraphs_belongs_to_the_matter(desk):
    first, last = desk.draft.standing()[2:4]
    remark = said(desk, first, until=last)
    page = desk.client().get(f"/paragraphs/{last.pk}/comments/").content.decode()
    assert "针对2段" in page
    desk.client().post(f"/paragraphs/{last.pk}/comments/", {"text": "已核对", "answers": remark.pk})
    (thread,) = threads(desk.draft, last)
    assert [one.text for one in thread.answers] == ["已核对"]


def test_the_words_chosen_are_quoted_in_the_thread_and_beside_the_text(desk):
    first, last = desk.texts()[:2]
    address = f"/paragraphs/{first.pk}/comments/"
    asked = desk.client().get(address, {"quote": "所选的几个字", "until": last.pk}).content.decode()
    assert f'<option value="{last.pk}" selected>' in asked
    assert 'value="所选的几个字"' in asked

    desk.client().post(address, {"text": "换个说法", "quote": "所选的几个字", "until": last.pk})

    remark = first.comments.get()
    assert (remark.quote, remark.until) == ("所选的几个字", last)
    assert "所选的几个字</blockquote>" in desk.client().get(address).content.decode()
    assert "所选的几个字" in desk.client().get(f"/documents/{desk.draft.pk}/side/").content.decode()


def test_a_paragraph_of_another_document_cannot_be_sent_as_the_end(desk):
    other = actions.begin(
        outlines()["request"], desk.draft.unit, desk.draft.period_asked, by=desk.user(), now=NOW
    )
    address = f"/paragraphs/{desk.texts()[0].pk}/comments/"
    answer = desk.client().post(address, {"text": "?", "until": other.standing()[0].pk})
    assert answer.status_code == 200  # the form again, with what is wrong
    assert not desk.texts()[0].comments.exists()


def test_it_costs_no_more_queries_when_more_was_said(desk, django_assert_max_num_queries):
    first, last = desk.texts()[:2]
    for _again in range(8):
        said(desk, first, until=last, quote="字")
    with django_assert_max_num_queries(40):
        desk.client().get(f"/documents/{desk.draft.pk}/")
