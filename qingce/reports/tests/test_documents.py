"""One document in several forms: every figure drawn, every form the same, nothing typed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from docx import Document as opened
from docx.oxml.ns import qn

from qingce.figures.indicators.definitions import indicators
from qingce.foundation.refusals import Refused
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.periods import Period
from qingce.ledger.records import actions
from qingce.reports.actions import issue
from qingce.reports.compose import compose
from qingce.reports.document import Document, read_back
from qingce.reports.outline import Slot, outlines
from qingce.reports.renderers import render
from tests.full_year import FullYear

NAMES = ("12355", "3·15")
SUMMARY = outlines()["annual-summary"]


def summary(year: FullYear, unit: str = "district") -> Document:
    return compose(SUMMARY, getattr(year, unit), Period.year(2023))


def test_a_full_year_leaves_no_gap(year: FullYear) -> None:
    document = summary(year)

    assert document.gaps == ()
    assert len(document.sources) == len(SUMMARY.codes())


def test_every_digit_outside_year_and_names_comes_from_a_figure(year: FullYear) -> None:
    for block in summary(year).blocks:
        typed = "".join(run.text for run in block.runs if not run.figure)
        for name in (*NAMES, "2023", "2024"):
            typed = typed.replace(name, "")
        assert not re.search(r"\d", typed), typed


def test_a_claim_without_its_record_is_a_visible_gap(year: FullYear) -> None:
    actions.void(year.record("youth_joint_meeting"), because="误登", by=year.users["secretary"])

    document = summary(year)

    assert document.gaps == ("青年工作联席会议",)
    assert any(run.gap and "青年工作联席会议" in run.text for run in document.runs())


def test_completeness_is_claimed_only_when_the_rate_is_whole(year: FullYear) -> None:
    assert "全面覆盖1个团支部" in "".join(block.text for block in summary(year).blocks)

    for kind in taxonomy().family("activities"):
        for record in year.records(kind.code):
            actions.void(record, because="误登", by=year.users["secretary"])

    text = "".join(block.text for block in summary(year).blocks)
    assert "全面覆盖" not in text
    assert "目前覆盖（0%）" in text


def test_a_rank_that_nobody_entered_is_a_gap_and_not_the_zeroth_place(year: FullYear) -> None:
    for record in year.records("reform_assessment"):
        actions.void(record, because="误登", by=year.users["secretary"])

    document = summary(year)

    assert "县域共青团基层组织改革评估全省位次" in document.gaps
    assert not any("零" in run.text for run in document.runs() if run.figure)


@pytest.mark.parametrize("code", list(indicators()))
def test_a_figure_without_a_value_is_a_visible_gap_and_nothing_is_issued(
    code: str, year: FullYear, monkeypatch: Any
) -> None:
    monkeypatch.setattr("qingce.reports.compose.is_unknown", lambda figure: figure.indicator.code == code)
    others = {slot.code for slot in SUMMARY.slots()} - {code}
    outline = replace(SUMMARY, opening=(*SUMMARY.opening, ("共", Slot("figure", code), "。")))

    document = compose(outline, year.district, Period.year(2023))

    label = str(indicators()[code])
    assert set(document.gaps) == {label}
    assert any(run.gap and label in run.text for run in document.runs())
    assert others <= {run.figure for run in document.runs()} | set(SUMMARY.facts)
    with pytest.raises(Refused, match=re.escape(label)):
        issue(document, unit=year.district, period=Period.year(2023), by=year.users["secretary"])


def test_the_number_of_queries_does_not_grow_with_the_text(
    year: FullYear, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20):
        summary(year)


def test_any_unit_can_use_the_outline(year: FullYear) -> None:
    assert "共青团柳泉街道" in summary(year, "street").title


def test_a_document_is_the_same_after_being_stored(year: FullYear) -> None:
    document = summary(year)
    assert read_back(document.stored()) == document
    assert read_back(document.stored()).digest == document.digest


def test_every_form_holds_the_text_and_an_annex_row_for_each_figure(year: FullYear) -> None:
    document = summary(year)
    for ending in (".md", ".html"):
        written = render(document, ending).decode()
        for source in document.sources:
            assert f'id="source-{source.place}"' in written
            assert source.label in written
            assert source.definition.replace("|", "\\|") in written


def test_word_file_has_official_page_real_styles_and_linked_figures(year: FullYear) -> None:
    document = summary(year)
    file = opened(io.BytesIO(render(document, ".docx")))

    section = file.sections[0]
    margins = [section.top_margin, section.left_margin, section.right_margin, section.bottom_margin]
    assert [round(margin.mm) for margin in margins] == [37, 28, 26, 35]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    text = "\n".join(_text(paragraph) for paragraph in file.paragraphs)
    assert all(block.text in text for block in document.blocks)
    styles = {paragraph.style.name for paragraph in file.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Normal"} <= styles
    fonts = file.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert _anchors(file) <= _bookmarks(file)
    assert len(_anchors(file)) == len(document.sources)


def test_annex_of_the_word_file_lists_every_figure(year: FullYear) -> None:
    document = summary(year)
    (table,) = opened(io.BytesIO(render(document, ".docx"))).tables

    listed = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert [row[1] for row in listed] == [source.label for source in document.sources]
    assert [row[4] for row in listed] == [str(source.rows) for source in document.sources]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_word_file(year: FullYear, tmp_path: Path) -> None:
    (tmp_path / "summary.docx").write_bytes(render(summary(year), ".docx"))

    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "summary.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    assert (tmp_path / "summary.pdf").read_bytes().startswith(b"%PDF")


def test_command_writes_the_form_that_the_ending_says(year: FullYear, tmp_path: Path) -> None:
    out = tmp_path / "summary.docx"
    call_command("report", "annual-summary", unit="demo", year=2023, out=out, verbosity=0)
    assert opened(str(out)).core_properties.author == year.district.name


@pytest.mark.parametrize("name", ["summary.odt", "summary.wps", "summary"])
def test_command_refuses_an_ending_it_cannot_write(name: str, year: FullYear, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"\.docx"):
        call_command("report", "annual-summary", unit="demo", year=2023, out=tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_command_refuses_an_unknown_unit(year: FullYear, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("report", "annual-summary", unit="nowhere", year=2023, out=tmp_path / "a.md")


def test_command_lists_gaps_and_writes_nevertheless(
    year: FullYear, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "street.md"
    call_command("report", "annual-summary", unit="demo-2", year=2023, out=out)

    assert "青年工作联席会议" in capsys.readouterr().err
    assert out.exists()


def test_values_of_the_annex_are_those_of_the_engine(year: FullYear) -> None:
    values = {source.code: source.value for source in summary(year).sources}
    assert values["aid_paid"] == Decimal(6000)
    assert values["youth_home_cloud_rate"] == 1


def _text(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph._p.iter(qn("w:t")))


def _anchors(file: Any) -> set[str]:
    links = file.element.body.iter(qn("w:hyperlink"))
    return {link.get(qn("w:anchor")) for link in links}


def _bookmarks(file: Any) -> set[str]:
    return {mark.get(qn("w:name")) for mark in file.element.body.iter(qn("w:bookmarkStart"))}
