"""Writing: the first draft, paragraphs held and saved, both texts kept, versions compared."""

from __future__ import annotations

import datetime as dt

import pytest

from qingce.foundation.audit.models import Entry
from qingce.foundation.refusals import Refused
from qingce.ledger.records import actions as records
from qingce.reports.compose import compose
from qingce.reports.outline import outlines
from qingce.reports.writing import actions
from qingce.reports.writing.actions import Stale
from qingce.reports.writing.checks import findings
from qingce.reports.writing.documents import document_of
from qingce.reports.writing.drawing import Drawing
from qingce.reports.writing.models import HELD_FOR, Paragraph, Role, Version
from qingce.reports.writing.runs import Piece
from qingce.reports.writing.tests.conftest import NOW
from qingce.reports.writing.versions import TOGETHER, compared, moved

MINUTE = dt.timedelta(minutes=1)


def later(minutes: float = 1) -> dt.datetime:
    return NOW + minutes * MINUTE


# The first draft


@pytest.mark.parametrize("kind", sorted(outlines()))
def test_the_first_draft_says_what_the_outline_says(desk, kind):
    outline = outlines()[kind]
    unit, period = desk.draft.unit, desk.draft.period_asked
    draft = actions.begin(outline, unit, period, by=desk.user(), now=later())
    drawing = Drawing(draft, draft.standing())

    written = document_of(draft, drawing)
    composed = compose(outline, unit, period)

    says = [(block.role, block.text) for block in composed.blocks]
    assert [(block.role, block.text) for block in written.blocks] == says
    assert written.paper == composed.paper
    assert written.limit == composed.limit
    assert [one for one in findings(drawing, desk.reach()) if one.sort == "typed"] == []


def test_every_figure_of_the_first_draft_opens(desk):
    drawing = Drawing(desk.draft, desk.draft.standing())
    told = [one for one in drawing.everything() if one.piece.sort == "figure"]
    assert len(told) > 50
    assert all(one.address.startswith("/figures/") for one in told)


def test_headings_only(desk):
    outline = outlines()["annual-summary"]
    draft = actions.begin(
        outline, desk.draft.unit, desk.draft.period_asked, by=desk.user(), now=later(), with_sentences=False
    )
    assert {one.role for one in draft.standing() if not one.runs} == {Role.TEXT, Role.OPENING}


# Figures in the text


@pytest.mark.parametrize(
    ("slot", "said"),
    [
        ("{{lectures}}", "1场次"),
        ("{{lectures|change}}", "增加1场次"),
        ("{{lectures|period=2022}}", "0场次"),
        ("{{lectures|unit=demo-2}}", "0场次"),
        ("{{lectures|growth}}", "「待定：宣讲党的二十大精神和团十九大精神」"),
        ("{{lectures|as=约1场次|because=口径调整}}", "约1场次"),
        ("{{gap:参加人数}}", "「待定：参加人数」"),
        ("{{stated:86户|区民政局台账}}", "86户"),
    ],
)
def test_a_figure_is_written_as_asked(desk, slot, said):
    written = desk.write(desk.texts()[0], f"全年{slot}。")
    assert desk.says(written) == f"全年{said}。"


def test_a_figure_follows_the_ledger_while_the_document_is_written(desk):
    paragraph = desk.write(desk.texts()[0], "宣讲{{lectures|exact}}")
    records.void(desk.year.record("lecture"), because="重复登记", by=desk.user("secretary"))
    assert desk.says(paragraph) == "宣讲0场次"


def test_a_small_number_of_a_sensitive_matter_is_put_in_only_where_the_outline_makes_it_public(desk):
    paragraph = desk.write(desk.texts()[0], "{{paired_graduates}}、{{paired_graduates|unit=demo-1}}")
    fresh = Paragraph.objects.select_related("draft__unit").get(pk=paragraph.pk)

    public, of_a_street = Drawing(fresh.draft, [fresh], desk.reach("secretary")).of_paragraph[fresh.pk][::2]

    assert (public.text, public.gap) == ("1名", "")
    assert "敏感" in of_a_street.gap


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{lecturez}}", "lecturez"),
        ("{{lectures|loud}}", "loud"),
        ("{{lectures|unit=nowhere}}", "组织"),
        ("{{lectures|period=soon}}", "soon"),
        ("{{lectures|as=200场次}}", "理由"),
        ("{{stated:86户}}", "文件"),
    ],
)
def test_what_nothing_can_be_drawn_from_is_refused_with_its_reason(desk, text, said):
    paragraph = desk.texts()[0]
    with pytest.raises(Refused, match=said):
        desk.write(paragraph, text)
    assert Paragraph.objects.get(pk=paragraph.pk).version == paragraph.version


def test_another_value_and_a_stated_number_carry_who_and_why_into_the_document(desk):
    paragraph = desk.texts()[0]
    desk.write(paragraph, "{{lectures|as=约1场次|because=口径调整}}、{{stated:86户|区民政局台账}}")

    runs = Paragraph.objects.get(pk=paragraph.pk).runs
    assert [run["by"] for run in runs if "by" in run] == ["小周", "小周"]
    document = document_of(desk.draft, Drawing(desk.draft, desk.draft.standing()))
    kept = {run.text: run.override or run.source for run in document.runs()}
    assert "口径调整" in kept["约1场次"]
    assert "区民政局台账" in kept["86户"]
    told = set(Entry.objects.values_list("told", flat=True))
    assert {"document.overridden", "document.stated"} <= told


def test_a_colleague_who_saves_later_does_not_sign_for_it(desk):
    paragraph = desk.write(desk.texts()[0], "{{stated:86户|区民政局台账}}")
    again = desk.write(paragraph, (*paragraph.pieces, Piece(text="。")), by="secretary", now=later())
    assert again.pieces[0].by == "小周"


def test_who_says_that_digits_are_no_figure_is_seen_by_the_reviewer(desk):
    paragraph = desk.write(desk.texts()[0], "{{named:86户}}人家")
    drawing = Drawing(desk.draft, desk.draft.standing())
    said = [one.sentence for one in findings(drawing, desk.reach()) if one.sort == "named"]
    assert said == ["“86户”不是数据（小周）。"]
    assert paragraph.pieces[0].by == "小周"


@pytest.mark.parametrize(
    "text", ["{{fact:joint_meeting|走访青年86户}}", "{{all:theme_branch_coverage|开展活动86场|无}}"]
)
def test_a_number_is_not_smuggled_in_among_the_words_of_a_fact(desk, text):
    with pytest.raises(Refused, match="86"):
        desk.write(desk.texts()[0], text)


# Held, saved, kept


def test_a_paragraph_is_held_until_it_is_let_go(desk):
    paragraph = desk.texts()[0]
    actions.hold(paragraph, by=desk.user(), now=later())
    with pytest.raises(Refused, match="小周"):
        actions.hold(paragraph, by=desk.user("secretary"), now=later())
    with pytest.raises(Refused, match="小周"):
        desk.write(paragraph, "改", by="secretary", now=later())

    actions.release(paragraph, by=desk.user("secretary"))  # not one's own to let go of
    with pytest.raises(Refused):
        actions.hold(paragraph, by=desk.user("secretary"), now=later())
    actions.release(paragraph, by=desk.user())
    assert actions.hold(paragraph, by=desk.user("secretary"), now=later()).held_by == desk.user("secretary")


def test_a_paragraph_left_without_a_word_is_free_after_a_while(desk):
    paragraph = desk.texts()[0]
    actions.hold(paragraph, by=desk.user(), now=later(0))
    assert actions.hold(paragraph, by=desk.user("secretary"), now=later(0) + HELD_FOR)


def test_a_stale_save_is_refused_and_both_texts_are_kept(desk):
    paragraph = desk.texts()[0]
    desk.write(paragraph, "先保存的文字")
    with pytest.raises(Stale, match="小周") as refused:
        desk.write(paragraph, "后保存的文字", by="secretary", now=later())

    assert desk.says(refused.value.paragraph) == "先保存的文字"
    kept = Version.objects.get(draft=desk.draft, sort=Version.Sort.REFUSED)
    assert "后保存的文字" in str(kept.content)
    assert kept.by == desk.user("secretary")


def test_saving_the_same_text_again_is_no_conflict(desk):
    paragraph = desk.texts()[0]
    desk.write(paragraph, "一样的文字")
    assert desk.write(paragraph, "一样的文字", by="secretary", now=later()).version == paragraph.version + 1


# Paragraphs


def test_paragraphs_are_added_moved_and_taken_out_and_nothing_is_lost(desk):
    first, second = desk.texts()[:2]
    said = {"by": desk.user(), "now": later()}
    for _again in range(15):  # more than there is room for between two places
        made = actions.add(desk.draft, after=first, reach=desk.reach(), **said)
    order = [one.pk for one in desk.draft.standing()]
    assert order.index(made.pk) == order.index(first.pk) + 1

    actions.move(made, up=True, **said)
    order = [one.pk for one in desk.draft.standing()]
    assert order.index(made.pk) == order.index(first.pk) - 1
    actions.take_out(second, **said)
    assert second.pk not in [one.pk for one in desk.draft.standing()]
    assert Paragraph.objects.filter(pk=second.pk, removed_at__isnull=False).exists()
    with pytest.raises(Refused):
        desk.write(second, "再写")


def test_the_name_of_a_document_is_its_title(desk):
    title = desk.draft.standing()[0]
    desk.write(title, "新的标题")
    assert desk.fresh().title.startswith("新的标题")
    assert desk.fresh().initials.startswith("xdbt")


# Versions


def test_what_one_person_writes_in_one_go_is_one_version(desk):
    first, second = desk.texts()[:2]
    desk.write(first, "甲", now=later(1))
    desk.write(second, "乙", now=later(2))
    assert desk.draft.versions.count() == 1
    desk.write(second, "丙", now=later(3), version=second.version + 1, by="secretary")
    assert desk.draft.versions.count() == 2
    desk.write(first, "丁", now=later(4) + TOGETHER, version=first.version + 1)
    assert desk.draft.versions.count() == 3
    assert Entry.objects.filter(told="document.written").count() == 2


def test_two_versions_show_words_and_figures_that_differ(desk):
    paragraph = desk.write(desk.texts()[0], "全年开展宣讲{{lectures|exact}}")
    desk.write(paragraph, "全年举办宣讲{{lectures|change}}", by="secretary", now=later())
    after, before = desk.draft.versions.all()

    (changed,) = [one for one in compared(before, after) if one.sort == "changed"]

    assert [(one.sort, one.text) for one in changed.stretches] == [
        ("same", "全年"),
        ("gone", "开展"),
        ("new", "举办"),
        ("same", "宣讲"),
        ("gone", "1场次"),
        ("new", "增加1场次"),
    ]
    assert moved(before, after) == []


def test_a_figure_that_changed_by_itself_is_told_apart_from_what_was_rewritten(desk):
    paragraph = desk.write(desk.texts()[0], "宣讲{{lectures|exact}}")
    records.void(desk.year.record("lecture"), because="重复登记", by=desk.user("secretary"))
    other = desk.texts()[1]
    desk.write(other, "别处", by="secretary", now=later())
    after, before = desk.draft.versions.all()

    found = {one.code: (one.before, one.after) for one in moved(before, after)}

    assert found["lectures"] == ("1场次", "0场次")
    assert paragraph.pk != other.pk


def test_a_document_is_drawn_with_as_many_queries_however_many_figures_it_holds(
    desk, django_assert_max_num_queries
):
    desk.write(desk.texts()[0], "{{lectures}}" * 60)
    standing = desk.draft.standing()
    with django_assert_max_num_queries(16):
        assert findings(Drawing(desk.draft, standing, desk.reach()), desk.reach()) is not None
