"""Whole pages: 22 lines of 28 characters, in the PDF and in the Word file as LibreOffice prints it."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from qingce.ledger.periods import Period
from qingce.reports.compose import compose
from qingce.reports.document import Document
from qingce.reports.layout import Paragraph, laid_out
from qingce.reports.outline import outlines
from qingce.reports.pages import ends_on_page
from qingce.reports.renderers import render
from qingce.reports.styles import STYLES
from qingce.reports.tests import papers
from qingce.reports.tests.papers import Line, body_of, by_libreoffice, read_pages
from qingce.reports.typography import broken, cells
from tests.full_year import FullYear

HEADING = re.compile(r"^[一二三四五六七八九十]、|^（[一二三四五六七八九十]）")
LINES, PITCH, RIGHT = 22, 28.95, 184.0

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


@pytest.fixture(scope="module")
def summary(year: FullYear) -> Document:
    return compose(outlines()["annual-summary"], year.district, Period.year(2023))


def wanted(paragraph: Paragraph, *, hanging: bool) -> list[str]:
    """The lines that the paragraph must have, without the blanks that a reader of pages leaves out."""
    lines = broken(paragraph.text, first=STYLES[paragraph.style].first, hanging=hanging)
    return [re.sub(r"\s", "", line) for line in lines]


def text_of(document: Document) -> list[Paragraph]:
    return [one for one in laid_out(document).body if one.style in ("text", "chapter", "point", "item")]


def of_text(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages before the annex."""
    annex = next(
        (n for n, page in enumerate(pages) if any(one.text == "数据来源表" for one in page)), len(pages)
    )
    return [body_of(page) for page in pages[:annex]]


def assert_full(pages: list[list[Line]]) -> None:
    """Each page but the last has 22 lines; one fewer only where a heading went to its text's page."""
    for page, after in pairwise(pages):
        top, bottom = page[0].middle, page[-1].middle
        lines = round((bottom - top) / 25.4 * 72 / PITCH) + 1
        kept = 1 + bool(len(after) > 1 and HEADING.match(after[1].text))
        assert lines == LINES or (HEADING.match(after[0].text) and lines >= LINES - kept), (
            lines,
            after[0].text,
        )


def test_every_line_of_the_pdf_is_the_line_of_the_grid(summary: Document) -> None:
    pages = of_text(read_pages(render(summary, ".pdf")))
    found = [line.text for page in pages for line in page]

    for paragraph in text_of(summary):
        lines = wanted(paragraph, hanging=True)
        place = found.index(lines[0])
        assert found[place : place + len(lines)] == lines


def test_full_lines_of_the_pdf_hold_28_cells_and_fill_the_type_area(summary: Document) -> None:
    pages = of_text(read_pages(render(summary, ".pdf")))
    places = {line.text: line for page in pages for line in page}
    counted = 0
    for paragraph in text_of(summary):
        lines = wanted(paragraph, hanging=True)
        texts = broken(paragraph.text, first=STYLES[paragraph.style].first)
        for line, text, after in zip(lines, texts, texts[1:], strict=False):
            indent = 2 if text == texts[0] else 0
            held = indent + cells(text) - (cells(text[-1]) if indent + cells(text) > 28 else 0)
            assert held == 28 or held + _first_word(after) > 28 or held > 25
            assert abs(places[line].right - RIGHT) < 6.2
            counted += held >= 27.5
    assert counted > 20


def _first_word(text: str) -> float:
    found = re.match(r"[0-9.%]+|.", text)
    return cells(found.group()) if found else 1


def _next_unit(text: str) -> str:
    """What could not have stood at the end of the line before: a character with the marks it holds."""
    found = re.match(r"[（《“‘]*([0-9.%]+|.)[，。、；：？！）》”’]*", text)
    return found.group() if found else ""


def _parted(text: str) -> float:
    """The cells that LibreOffice adds where figures and characters meet, and for digits of another font."""
    meetings = sum(one.isascii() != other.isascii() for one, other in pairwise(text))
    return 0.21 * meetings + 0.14 * sum(one.isascii() for one in text)


def test_full_pages_of_the_pdf_hold_22_lines(summary: Document) -> None:
    pages = of_text(read_pages(render(summary, ".pdf")))
    assert len(pages) > 2
    assert_full(pages)


def test_the_pages_are_counted_as_they_are_drawn(summary: Document) -> None:
    for document in (summary, papers.document(), papers.document(times=3)):
        pages = of_text(read_pages(render(document, ".pdf")))
        of_imprint = [page for page in pages if not page or page[0].text.startswith("抄送")]
        drawn = len(pages) - len(of_imprint)
        assert ends_on_page(laid_out(document))[0] == drawn


def test_a_blank_page_and_the_imprint_after_it_bear_no_number() -> None:
    pages = read_pages(render(papers.document(times=3), ".pdf"))
    blank = next(place for place, page in enumerate(pages) if not body_of(page))

    assert pages[blank] == []
    assert pages[blank + 1][0].text.startswith("抄送")
    assert not any(line.is_page_number for line in pages[blank + 1])
    assert any(line.is_page_number for line in pages[blank - 1])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_the_word_file_in_official_layout(summary: Document, tmp_path: Path) -> None:
    """LibreOffice hangs no marks and parts figures from characters: lines without figures are exact."""
    plain = papers.document(papers.PAPER, times=3)
    printed = by_libreoffice(
        tmp_path, ("summary", render(summary, ".docx")), ("plain", render(plain, ".docx")),
        ("letter", render(papers.letter(), ".docx")),
    )  # fmt: skip
    pages = of_text(printed["summary"])
    assert len(pages) > 2
    # The last paragraph keeps company to the signature; LibreOffice then moves it whole.
    assert_full(pages[:-1] if len(pages[-1]) < 14 else pages)
    found = [line for page in pages for line in page]
    texts = [line.text for line in found]
    for paragraph in text_of(summary):
        lines = wanted(paragraph, hanging=False)
        if not re.search(r"[0-9·+ ]", paragraph.text):
            place = texts.index(lines[0])
            assert texts[place : place + len(lines)] == lines
    for line, after in pairwise(found):
        assert not (line.text[-1].isdigit() and after.text[0].isdigit()), f"{line.text}|{after.text}"
    wide = [(line, after) for line, after in pairwise(found) if line.right > RIGHT - 1.2 and line.left < 40]
    assert len(wide) > 20
    for line, after in wide:
        held = cells(line.text) + (2 if line.left > 35 else 0)
        assert held <= 28, line.text
        assert held + _parted(line.text) + cells(_next_unit(after.text)) > 27.8, f"{line.text}|{after.text}"

    head = printed["plain"][0]
    assert [line.text for line in head[:5]] == [
        "000012", "秘密★1年", "特急", "共青团青河区委员会文件", "青团发〔2024〕1号",
    ]  # fmt: skip
    imprint = next(page for page in printed["plain"] if any(one.text.startswith("抄送") for one in page))
    number = next(one for one in imprint if one.is_page_number)
    assert int(re.sub(r"\D", "", number.text)) % 2 == 0
    assert max(one.middle for one in body_of(imprint)) > 250
    assert not any(one.is_page_number for one in printed["letter"][0])
