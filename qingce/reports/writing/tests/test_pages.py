"""Pages of the writer: few queries, closed to others, and what the editor asks and is told."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingce.reports.writing import actions, remarks, reviewing
from qingce.reports.writing.documents import document_of
from qingce.reports.writing.drawing import Drawing
from qingce.reports.writing.finding import called
from qingce.reports.writing.models import Draft, Paragraph
from qingce.reports.writing.sentences import sentences
from qingce.reports.writing.tests.conftest import NOW


def send(desk, address, said, by="staff"):
    return desk.client(by).post(address, json.dumps(said), content_type="application/json")


def save(desk, paragraph, runs, **said):
    said = {"version": paragraph.version, "runs": runs, **said}
    return send(desk, f"/paragraphs/{paragraph.pk}/text/", said)


@pytest.mark.parametrize(
    ("route", "queries"),
    [
        ("documents/", 14),
        ("documents/new/", 14),
        ("documents/{pk}/", 42),
        ("documents/{pk}/sheet/", 34),
        ("documents/{pk}/side/", 36),
        ("documents/{pk}/versions/", 14),
        ("documents/{pk}/submission/", 40),
        ("documents/{pk}/figures/?q=xj", 14),
        ("documents/{pk}/forms/?figure=lectures&period=2022", 14),
        ("documents/{pk}/units/?q=lq", 14),
        ("documents/{pk}/file.md", 34),
    ],
)
def test_every_page_opens_with_few_queries(desk, route, queries, django_assert_max_num_queries):
    client = desk.client()
    with django_assert_max_num_queries(queries):
        assert client.get(f"/{route.format(pk=desk.draft.pk)}").status_code == 200


def test_the_list_asks_as_often_for_many_documents_as_for_one(desk, django_assert_num_queries):
    client = desk.client()
    client.get("/documents/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/documents/")
        asked = len(captured)
    for _again in range(5):
        actions.begin(desk.draft.plan, desk.draft.unit, desk.draft.period_asked, by=desk.user(), now=NOW)
    client.get("/documents/")
    with django_assert_num_queries(asked):
        client.get("/documents/")


def test_a_neighbour_finds_nothing_and_an_inspector_a_closed_door(desk):
    address = f"/documents/{desk.draft.pk}/"
    assert desk.client("neighbour").get(address).status_code == 404
    assert desk.client("inspector").get(address).status_code == 403
    assert desk.client("branch secretary").get("/documents/").status_code == 403
    assert desk.client("staff").get(f"{address}approval/").status_code == 403
    assert desk.client("staff").get(f"{address}issue/").status_code == 403
    assert desk.client("secretary").get(f"{address}issue/").status_code == 200


def test_one_click_makes_the_first_draft(desk):
    said = {"kind": "annual-summary", "period": "2023", "unit": "", "begin": "sentences"}
    answer = desk.client().post("/documents/new/", said, follow=True)
    page = answer.content.decode()
    assert Draft.objects.count() == 2
    assert 'href="/figures/lectures/?unit=demo&amp;period=2023"' in page


@pytest.mark.parametrize(
    ("said", "code"),
    [("宣讲", "lectures"), ("xuanjiang", "lectures"), ("xjdd", "lectures"), ("lectures", "lectures")],
)
def test_a_figure_is_found_by_words_pinyin_and_initials(said, code):
    assert code in [one.code for one in called(said)]


def test_the_picker_shows_how_a_figure_would_be_written(desk):
    forms = desk.client().get(f"/documents/{desk.draft.pk}/forms/?figure=lectures").json()
    assert {"code": "exact", "label": "实数", "text": "1场次"} in forms["forms"]
    assert {"exact", "change"} <= {one["code"] for one in forms["forms"]}
    refused = desk.client().get(f"/documents/{desk.draft.pk}/forms/?figure=lectures&period=soon")
    assert refused.status_code == 422
    assert "soon" in refused.json()["refused"]


def test_what_is_saved_comes_back_as_it_reads_now(desk):
    paragraph = desk.texts()[0]
    said = save(desk, paragraph, [{"text": "宣讲"}, {"sort": "figure", "code": "lectures"}]).json()
    assert said["version"] == paragraph.version + 1
    assert said["runs"][1]["says"] == "1场次"
    assert said["runs"][1]["href"].startswith("/figures/lectures/")
    assert ":" in said["saved"]


def test_a_typed_number_is_met_with_the_figure_that_it_probably_is(desk):
    said = save(desk, desk.texts()[0], [{"text": "青年讲师团宣讲党的二十大精神1场次，走访86户。"}]).json()
    assert said["typed"] == [["1场次", 0], ["86户", 0]]
    assert 'data-take-figure="lectures"' in said["advice"]
    assert 'data-state="86户"' in said["advice"]


def test_a_stale_save_is_told_with_the_other_text(desk):
    paragraph = desk.texts()[0]
    desk.write(paragraph, "先保存的文字")
    answer = save(desk, paragraph, [{"text": "后保存的文字"}])
    assert answer.status_code == 409
    assert answer.json()["runs"] == [{"text": "先保存的文字", "says": "先保存的文字"}]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"runs": [{"html": "x"}], "version": 1}'])
def test_what_cannot_be_read_is_refused(desk, body):
    address = f"/paragraphs/{desk.texts()[0].pk}/text/"
    answer = desk.client().post(address, body, content_type="application/json")
    assert answer.status_code == 422


def test_a_paragraph_is_held_and_let_go(desk):
    address = f"/paragraphs/{desk.texts()[0].pk}/hold/"
    assert desk.client().post(address).status_code == 200
    held = desk.client("secretary").post(address)
    assert held.status_code == 409
    assert "小周" in held.json()["refused"]
    desk.client().post(address, {"release": "1"})
    assert desk.client("secretary").post(address).status_code == 200


def test_the_plain_form_writes_too_and_keeps_both_texts(desk):
    paragraph = desk.texts()[0]
    address = f"/paragraphs/{paragraph.pk}/"
    assert "{{lectures}}" not in desk.client().get(address).content.decode()
    said = {"text": "宣讲{{lectures|exact}}", "role": "text", "version": paragraph.version}
    assert desk.client().post(address, said).status_code == 302
    assert desk.says(paragraph) == "宣讲1场次"

    stale = desk.client("secretary").post(address, said | {"text": "另一份"}).content.decode()
    assert "另一份" in stale
    assert "{{lectures|exact}}" in stale
    again = desk.client("secretary").post(
        address, said | {"text": "另一份", "version": paragraph.version + 1}
    )
    assert again.status_code == 302
    assert desk.says(paragraph) == "另一份"


def test_a_suggested_sentence_is_put_in(desk):
    sentence = next(iter(sentences()))
    after = desk.texts()[0]
    answer = desk.client().post(
        f"/documents/{desk.draft.pk}/paragraphs/",
        {"sentence": sentence, "after": after.pk},
        headers={"Accept": "application/json"},
    )
    made = Paragraph.objects.get(pk=answer.json()["paragraph"])
    assert made.pieces == sentences()[sentence].pieces


def test_a_paragraph_of_another_document_is_not_reached_by_way_of_ones_own(desk):
    year = desk.year
    other = actions.begin(
        desk.draft.plan, year.other_street, desk.draft.period_asked, by=year.users["neighbour"], now=NOW
    )
    mine = actions.begin(
        desk.draft.plan, year.street, desk.draft.period_asked, by=year.users["street officer"], now=NOW
    )
    before = other.paragraphs.count()
    desk.client("street officer").post(f"/documents/{mine.pk}/paragraphs/", {"after": other.standing()[0].pk})
    assert other.paragraphs.count() == before
    assert desk.client("street officer").get(f"/paragraphs/{other.standing()[0].pk}/").status_code == 404


def test_comments_are_made_and_settled_on_their_page(desk):
    paragraph = desk.texts()[0]
    address = f"/paragraphs/{paragraph.pk}/comments/"
    desk.client("secretary").post(address, {"text": "这个数对吗？"})
    said = desk.client().get(address).content.decode()
    assert "这个数对吗？" in said
    remark = paragraph.comments.get()
    desk.client().post(f"/comments/{remark.pk}/")
    remark.refresh_from_db()
    assert remark.settled_at is not None


def test_the_list_shows_what_is_mine_and_what_waits(desk):
    reviewing.submit(desk.draft, by=desk.user(), now=NOW, today=NOW.date())
    mine = desk.client().get("/documents/?view=mine").content.decode()
    waiting = desk.client("secretary").get("/documents/?view=review").content.decode()
    assert f"/documents/{desk.draft.pk}/" in mine
    assert f"/documents/{desk.draft.pk}/" in waiting
    assert f"/documents/{desk.draft.pk}/" not in desk.client().get("/documents/?view=review").content.decode()
    assert f"/documents/{desk.draft.pk}/" in desk.client().get("/documents/?q=nxzh").content.decode()
    nothing = desk.client().get("/documents/?view=issued").content.decode()
    assert "还没有定稿的文稿" in nothing


def test_the_route_and_comments_stand_beside_the_text(desk):
    remarks.comment(desk.texts()[0], "请核对", by=desk.user("secretary"), now=NOW)
    side = desk.client().get(f"/documents/{desk.draft.pk}/side/").content.decode()
    assert "请核对" in side
    assert "小周" in side


def test_the_paper_around_the_text_is_said_once_and_kept(desk):
    address = f"/documents/{desk.draft.pk}/paper/"
    said = {"number": "青团发〔2024〕1号", "addressee": "团市委", "attachments": "数据来源表\n名单"}
    assert desk.client().post(address, said).status_code == 302
    document = document_of(desk.fresh(), Drawing(desk.draft, []))
    assert document.paper.number == "青团发〔2024〕1号"
    assert document.paper.attachments == ("数据来源表", "名单")
    page = desk.client().get(address).content.decode()
    assert "青团发〔2024〕1号" in page
