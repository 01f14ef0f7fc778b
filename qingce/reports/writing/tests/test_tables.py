"""Tables in the writer: drawn anew while it is written, frozen when it is issued, in every form."""

from __future__ import annotations

import io

import pytest
from docx import Document as opened

from qingce.foundation.refusals import Refused
from qingce.ledger.records import actions as records
from qingce.reports.outline import KINDS, TABLES, outlines
from qingce.reports.renderers import render
from qingce.reports.writing import actions, reviewing
from qingce.reports.writing.checks import findings
from qingce.reports.writing.documents import document_of
from qingce.reports.writing.drawing import Drawing
from qingce.reports.writing.listing import writable
from qingce.reports.writing.models import Paragraph, Role
from qingce.reports.writing.runs import from_braces, in_braces
from qingce.reports.writing.tests.conftest import NOW, Desk
from qingce.reports.writing.versions import compared, moved


@pytest.fixture
def table(desk: Desk) -> Paragraph:
    """A table of lectures beneath the last paragraph, each row a unit."""
    pieces = from_braces("{{table:units|lectures members|分单位情况}}")
    made = actions.add(
        desk.draft,
        after=desk.draft.standing()[-1],
        by=desk.user(),
        reach=desk.reach(),
        now=NOW,
        role=Role.TABLE,
        pieces=pieces,
    )
    return Paragraph.objects.select_related("draft__unit").get(pk=made.pk)


def drawn(desk: Desk, paragraph: Paragraph) -> list[list[str]]:
    fresh = Paragraph.objects.select_related("draft__unit").get(pk=paragraph.pk)
    (told,) = Drawing(fresh.draft, [fresh], desk.reach()).of_paragraph[fresh.pk]
    return [[cell.text for cell in row] for row in told.rows]


def change(desk: Desk, paragraph: Paragraph, text: str, **more) -> Paragraph:
    return desk.write(paragraph, text, **more)


def test_all_ten_kinds_are_begun_in_one_place(desk):
    assert {one.kind for one in writable()} == set(KINDS)
    page = desk.client().get("/documents/new/").content.decode()
    assert all(f'value="{address}"' in page for address in outlines())


def test_a_row_a_unit_and_the_whole_below(desk, table):
    rows = drawn(desk, table)
    assert rows[0][0] == "单位"
    assert rows[-1][:2] == ["合计", "1场次"]
    assert len(rows) > 3


def test_a_row_a_month_and_the_whole_period_below(desk, table):
    rows = drawn(desk, change(desk, table, "{{table:months|lectures}}"))
    assert [row[0] for row in rows] == ["月份", *(f"{month}月" for month in range(1, 13)), "全期"]
    assert [row[1] for row in rows if row[1] == "1场次"] == ["1场次"] * 2  # its month, and the whole


def test_a_row_a_figure_against_last_year(desk, table):
    rows = drawn(desk, change(desk, table, "{{table:figures|lectures}}"))
    assert rows[1][1:] == ["1场次", "0场次", "+1"]


def test_it_follows_the_ledger_while_it_is_written(desk, table):
    records.void(desk.year.record("lecture"), because="重复登记", by=desk.user("secretary"))
    assert drawn(desk, table)[-1][1] == "0场次"


def test_every_number_opens_its_figure(desk, table):
    (told,) = Drawing(table.draft, [table], desk.reach()).of_paragraph[table.pk]
    numbers = [cell for row in told.rows[1:] for cell in row[1:]]
    assert numbers
    assert all(cell.address.startswith("/figures/") for cell in numbers)


def test_a_small_number_of_a_sensitive_matter_is_covered_unless_the_outline_makes_it_public(desk, table):
    rows = drawn(desk, change(desk, table, "{{table:units|paired_graduates}}", by="secretary"))
    fresh = Paragraph.objects.select_related("draft__unit").get(pk=table.pk)
    (told,) = Drawing(fresh.draft, [fresh], desk.reach("secretary")).of_paragraph[fresh.pk]
    assert rows
    assert "※" in {cell.text for row in told.rows[1:-1] for cell in row}
    assert told.rows[-1][1].text == "1名"


def test_without_figures_or_records_it_is_still_to_be_settled(desk, table):
    change(desk, table, "{{table:figures|}}")
    standing = desk.fresh().standing()
    drawing = Drawing(desk.draft, standing, desk.reach())
    (found,) = [one for one in findings(drawing, desk.reach()) if one.paragraph == table.pk]
    assert found.blocks
    assert "表格" in found.sentence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{table:units|lecturez}}", "lecturez"),
        ("{{table:rows|lectures}}", "rows"),
        ("{{table:records|nothing}}", "nothing"),
        ("{{table:units|lectures|全年走访青年86户}}", "86"),
        ("{{table:units|lectures}}另有几句", "单独成段"),
        ("几句话", "单独成段"),
    ],
)
def test_what_is_no_table_is_refused(desk, table, text, said):
    with pytest.raises(Refused, match=said):
        change(desk, table, text)


def test_words_do_not_become_a_table(desk):
    with pytest.raises(Refused, match="单独成段"):
        desk.write(desk.texts()[0], "见表：{{table:units|lectures}}")
    with pytest.raises(Refused, match="表格不能"):
        desk.write(desk.texts()[0], "见表", role=Role.TABLE)


@pytest.mark.parametrize("sort", TABLES)
def test_the_plain_form_is_read_back(sort):
    code = "joint_meeting_tasks" if sort == "records" else "lectures members"
    said = f"{{{{table:{sort}|{code}|表题|列名}}}}"
    assert in_braces(from_braces(said)) == said


def test_a_statistical_table_is_written_reviewed_and_issued_with_its_figures_frozen(desk):
    outline = outlines()["statistics"]
    draft = actions.begin(outline, desk.draft.unit, desk.draft.period_asked, by=desk.user(), now=NOW)
    assert [one.role for one in draft.standing()].count(Role.TABLE) == 3
    reviewing.submit(draft, by=desk.user(), now=NOW, today=NOW.date())
    decider = {"by": desk.user("secretary"), "reach": desk.reach("secretary"), "now": NOW}
    reviewing.approve(draft, **decider)

    snapshot = reviewing.issue(draft, **decider)

    tables = [block for block in snapshot.composed.blocks if block.role == "table"]
    assert len(tables) == 3
    frozen = {one.code for one in snapshot.figures.all()}
    assert {run.figure for block in tables for run in block.all_runs() if run.figure} <= frozen
    records.void(desk.year.record("lecture"), because="重复登记", by=desk.user("secretary"))
    assert snapshot.drift()


def test_it_is_a_table_in_word_and_on_the_page(desk, table):
    document = document_of(desk.draft, Drawing(desk.draft, desk.draft.standing(), desk.reach()))
    (drawn_table, *_annex) = opened(io.BytesIO(render(document, ".docx"))).tables
    assert drawn_table.rows[0].cells[0].text == "单位"
    assert "分单位情况" in render(document, ".html").decode()
    assert render(document, ".pdf").startswith(b"%PDF")


def test_its_numbers_are_compared_like_figures_of_the_text(desk, table):
    records.void(desk.year.record("lecture"), because="重复登记", by=desk.user("secretary"))
    desk.write(desk.texts()[0], "别处", by="secretary")
    after, before = desk.draft.versions.all()[:2]
    assert {(one.before, one.after) for one in moved(before, after) if one.code == "lectures"} == {
        ("1场次", "0场次")
    }
    assert "changed" in {one.sort for one in compared(before, after) if one.role == Role.TABLE}


def test_a_table_costs_as_many_queries_however_large_it_is(desk, table, django_assert_max_num_queries):
    change(desk, table, "{{table:months|lectures members branches new_members trainings}}")
    standing = desk.draft.standing()
    with django_assert_max_num_queries(40):
        assert Drawing(desk.draft, standing, desk.reach()).everything()
        assert findings(Drawing(desk.draft, standing, desk.reach()), desk.reach()) is not None


# The pages


def test_a_table_is_added_and_chosen_on_its_page(desk):
    client, last = desk.client(), desk.draft.standing()[-1]
    added = client.post(f"/documents/{desk.draft.pk}/paragraphs/", {"after": last.pk, "role": "table"})
    table = desk.fresh().standing()[-1]
    assert added["Location"] == f"/paragraphs/{table.pk}/"
    page = client.get(added["Location"]).content.decode()
    assert "每行是" in page

    said = {
        "sort": "months",
        "caption": "按月情况",
        "codes": ["members", "lectures"],
        "version": table.version,
    }
    assert client.post(added["Location"], said).status_code == 302

    assert in_braces(desk.fresh().standing()[-1].pieces) == "{{table:months|members lectures|按月情况|}}"
    sheet = client.get(f"/documents/{desk.draft.pk}/").content.decode()
    assert "<caption>按月情况</caption>" in sheet
    assert client.get(f"/paragraphs/{table.pk}/").content.decode().count(" checked") == 3


def test_figures_chosen_before_keep_their_order(desk, table):
    page = f"/paragraphs/{table.pk}/"
    said = {
        "sort": "units",
        "caption": "",
        "codes": ["branches", "lectures", "members"],
        "version": table.version,
    }
    desk.client().post(page, said)
    table.refresh_from_db()
    assert table.runs[0]["codes"] == "lectures members branches"


def test_somebody_else_s_change_is_not_written_over(desk, table):
    said = {"sort": "units", "caption": "", "codes": ["lectures"], "version": table.version}
    change(desk, table, "{{table:months|lectures}}", by="secretary")
    page = desk.client().post(f"/paragraphs/{table.pk}/", said).content.decode()
    assert "林书记" in page
    table.refresh_from_db()
    assert table.runs[0]["code"] == "months"
