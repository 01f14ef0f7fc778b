"""The page, the API and the command: the same reading, the same reach, refusals in sentences."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from docx import Document

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.ledger.periods import Period
from tests.full_year import FullYear
from tests.test_api import caller

pytestmark = pytest.mark.django_db

PAGE = "/reports/claims/"
CODE = "trainings"
WORDS = "某区2023年工作总结\n全年举办团务培训会{}次。计划明年举办9次。"


@pytest.fixture
def held(year: FullYear) -> int:
    """What the ledger has for the indicator of the text."""
    return int(Figure(indicators()[CODE], year.district, Period.year(2023)).value or 0)


def visit(year: FullYear, by: str) -> Client:
    client = Client()
    client.force_login(year.users[by])
    return client


def said(text: str, **more: object) -> dict[str, object]:
    return {"text": text, "unit": "demo", "year": "2023", **more}


def test_a_true_figure_leads_to_its_rows_and_a_target_is_left_aside(year: FullYear, held: int) -> None:
    page = visit(year, "staff").post(PAGE, said(WORDS.format(held))).content.decode()
    assert f'class="mark agrees" id="f2" href="/figures/{CODE}/?unit=demo&amp;period=2023"' in page
    assert 'class="mark not_a_claim" id="f3" href="#n3"' in page
    assert 'id="n3"' in page


def test_a_false_figure_shows_both_numbers(year: FullYear, held: int) -> None:
    page = visit(year, "staff").post(PAGE, said(WORDS.format(held + 3))).content.decode()
    assert 'class="mark differs"' in page
    assert f">{held}次</a>" in page
    assert f">{held + 3}次</a>" in page


def test_a_range_is_one_claim_with_both_ends(year: FullYear, held: int) -> None:
    text = f"某区2023年工作总结\n全年举办团务培训会{held - 1 if held > 1 else 0}至{held + 2}次。"
    client = visit(year, "staff")
    page = client.post(PAGE, said(text)).content.decode()
    assert 'class="mark agrees"' in page
    assert f"在{held - 1 if held > 1 else 0}至{held + 2}之间" in page
    found = json.loads(client.post(PAGE, said(text, **{"as": "json"})).content)["claims"]
    (claim,) = [one for one in found if one["countable"]]
    assert (claim["upper"], claim["ledger_value"]) == (held + 2, held)
    word = client.post(PAGE, said(text.replace(f"{held + 2}次", f"{held + 1}次"), **{"as": "docx"}))
    comments = [one.text for one in Document(io.BytesIO(word.content)).comments]
    assert any(f"至{held + 1}" in one for one in comments)


def test_a_text_is_only_read_when_no_unit_is_named(year: FullYear) -> None:
    page = visit(year, "staff").post(PAGE, {"text": WORDS.format(3)}).content.decode()
    assert 'class="mark no_indicator"' in page
    assert "/figures/" + CODE not in page


@pytest.mark.parametrize("ending", ["docx", "txt"])
def test_a_file_is_read_like_a_text(year: FullYear, held: int, ending: str) -> None:
    content = io.BytesIO(WORDS.format(held).encode())
    if ending == "docx":
        document = Document()
        for line in WORDS.format(held).split("\n"):
            document.add_paragraph(line)
        content = io.BytesIO()
        document.save(content)
    file = SimpleUploadedFile(f"总结.{ending}", content.getvalue())
    page = visit(year, "staff").post(PAGE, said("", file=file)).content.decode()
    assert page.count('class="mark agrees"') == 3  # in the text, in the legend and in the list
    assert f"{held}次" in page


def test_the_result_comes_as_word_with_comments_and_as_json(year: FullYear, held: int) -> None:
    client = visit(year, "staff")
    word = client.post(PAGE, said(WORDS.format(held), **{"as": "docx"}))
    assert next(one.text for one in Document(io.BytesIO(word.content)).comments).endswith(("。", "."))
    answer = client.post(PAGE, said(WORDS.format(held), **{"as": "json"}))
    found = json.loads(answer.content)["claims"]
    assert [(one["raw"], one["verdict"]) for one in found if one["countable"]] == [(f"{held}次", "agrees")]


def test_a_word_document_comes_back_as_the_same_document_with_comments(year: FullYear, held: int) -> None:
    document = Document()
    document.add_paragraph("某区2023年工作总结", style="Title")
    document.add_table(1, 1).rows[0].cells[0].text = f"全年举办团务培训会{held}次。"
    content = io.BytesIO()
    document.save(content)
    client = visit(year, "staff")
    file = SimpleUploadedFile("区 总结.docx", content.getvalue())
    page = client.post(PAGE, said("", file=file)).content.decode()
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert sent["name"] == "区 总结"

    word = client.post(PAGE, {**sent, "as": "docx"})

    again = Document(io.BytesIO(word.content))
    assert again.paragraphs[0].style.name == "Title"
    assert again.tables[0].rows[0].cells[0].text == f"全年举办团务培训会{held}次。"
    assert [one.text for one in again.comments if str(held) in one.text]
    assert quote("区 总结（核对）.docx") in word.headers["Content-Disposition"]
    claims = json.loads(client.post(PAGE, {**sent, "as": "json"}).content)["claims"]
    assert [one["verdict"] for one in claims if one["countable"]] == ["agrees"]
    assert (
        client.post(PAGE, {**sent, "document": sent["document"][:-6] + "!", "as": "docx"}).status_code == 422
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "  "},
        said("开展5次", year=""),
        said("开展5次", year="someday"),
        said("开展5次", unit="nowhere"),
        {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")},
    ],
)
def test_what_cannot_be_checked_is_refused_on_the_form(year: FullYear, wrong: dict[str, object]) -> None:
    answer = visit(year, "staff").post(PAGE, wrong)
    assert answer.status_code == 422
    assert "refusal" in answer.content.decode()


def test_a_neighbour_cannot_ask_about_the_district_and_a_branch_cannot_ask_at_all(year: FullYear) -> None:
    answer = visit(year, "neighbour").post(PAGE, said("开展5次"))
    assert answer.status_code == 422
    assert "demo" in answer.content.decode()
    assert visit(year, "branch secretary").get(PAGE).status_code == 403


def test_reading_costs_no_more_queries_when_a_text_says_more(
    year: FullYear, django_assert_max_num_queries
) -> None:
    client = visit(year, "staff")
    many = (
        "举办团务培训会6次，发展团员259名，推优入党50名，新增团组织27个，开展志愿服务80场次，联谊交友4场次。"
    )
    with django_assert_max_num_queries(20):
        client.post(PAGE, said(many))


def test_the_api_answers_alike_within_the_tokens_reach(year: FullYear, held: int) -> None:
    program = caller(year.users["staff"])
    answer = program.post("/units/demo/claims", {"text": WORDS.format(held), "period": "2023"})
    assert answer.status_code == 200, answer.content
    assert [one["verdict"] for one in answer.json()["claims"] if one["countable"]] == ["agrees"]
    assert program.post("/units/demo/claims", {"text": " ", "period": "2023"}).status_code == 409
    assert program.post("/units/demo/claims", {"text": "x", "period": "someday"}).status_code == 409
    other = caller(year.users["neighbour"])
    assert other.post("/units/demo/claims", {"text": "x", "period": "2023"}).status_code == 404


def test_the_command_reads_without_a_unit_and_refuses_half_a_question(tmp_path: Path, db: None) -> None:
    file = tmp_path / "总结.txt"
    file.write_text(WORDS.format(3), encoding="utf-8")
    out = io.StringIO()
    call_command("verify", str(file), "--json", "--out", str(tmp_path / "a.docx"), stdout=out)
    verdicts = [one["verdict"] for one in json.loads(out.getvalue())["claims"]]
    assert verdicts == ["not_a_claim", "no_indicator", "not_a_claim"]
    assert len(list(Document(str(tmp_path / "a.docx")).comments)) == 1
    with pytest.raises(CommandError):
        call_command("verify", str(file), "--unit", "demo")


def test_the_program_tells_refusal_from_wrong_usage(tmp_path: Path) -> None:
    def ended(*words: str) -> int:
        return subprocess.run(
            [sys.executable, "-m", "qingce", "verify", *words],
            cwd=settings.ROOT,
            capture_output=True,
            check=False,
        ).returncode

    assert ended(str(tmp_path / "none.txt")) == 1
    assert ended() == 2
