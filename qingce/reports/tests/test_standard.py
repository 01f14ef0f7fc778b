"""GB/T 9704-2012 point by point, each read back from the Word file or from the drawn page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from docx.oxml.ns import qn
from lxml import etree

from qingce.reports.styles import STYLES
from qingce.reports.tests import papers
from qingce.reports.tests.papers import Line, body_of, pages, paragraph, style, word_file

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")

FULL, UPWARD, LETTER = papers.document(), papers.upward(), papers.letter()
LONG = papers.document(times=4)
MM = 36000  # of python-docx's units


def section() -> Any:
    return word_file(FULL).sections[0]


def grid() -> Any:
    return section()._sectPr.find(qn("w:docGrid"))


def fonts(name: str) -> str:
    return str(style(FULL, name).element.rPr.rFonts.get(qn("w:eastAsia")))


def face(name: str) -> tuple[str, float]:
    """The Chinese font of a style, and its size in points."""
    return fonts(name), size(name)


def pPr(name: str, tag: str) -> Any:
    return style(FULL, name).element.pPr.find(qn(f"w:{tag}"))


def size(name: str) -> float:
    return float(style(FULL, name).font.size.pt)


def ind(element: Any, name: str) -> int:
    return int(element.pPr.ind.get(qn(f"w:{name}")) or 0)


def border(element: Any, side: str) -> Any:
    return element.pPr.find(qn("w:pBdr")).find(qn(f"w:{side}"))


def line(made: Any, starting: str) -> Line:
    return next(one for page in pages(made) for one in page if one.text.startswith(starting))


def page_of(made: Any, starting: str) -> int:
    return next(
        number for number, page in enumerate(pages(made), 1) for one in page if one.text.startswith(starting)
    )


def near(found: float, wanted: float, off: float = 0.7) -> bool:
    return abs(found - wanted) <= off


def settings_xml() -> Any:
    return word_file(FULL).settings.element


def imprint_box() -> Any:
    return next(word_file(FULL).element.body.iter(qn("w:txbxContent")))


def imprint_rules() -> list[int]:
    box = imprint_box()
    return [int(one.get(qn("w:sz"))) for side in ("top", "bottom") for one in box.iter(qn(f"w:{side}"))]


def xml(made: Any) -> str:
    return str(etree.tostring(word_file(made).element.body, encoding="unicode"))


def footer(even: bool) -> Any:
    return (section().even_page_footer if even else section().footer).paragraphs[0]


def number_lines(made: Any) -> list[Line]:
    return [one for page in pages(made) for one in page if one.is_page_number]


POINTS: dict[str, Callable[[], bool]] = {
    # The paper and the type area
    "paper 210 × 297": lambda: (round(section().page_width / MM), round(section().page_height / MM))
    == (210, 297),
    "top margin 37": lambda: round(section().top_margin / MM, 1) == 37,
    "binding margin 28": lambda: round(section().left_margin / MM, 1) == 28,
    "type area 156 wide": lambda: round(
        (section().page_width - section().left_margin - section().right_margin) / MM
    )
    == 156,
    "type area 225 high": lambda: round(
        (section().page_height - section().top_margin - section().bottom_margin) / MM
    )
    == 225,
    "grid of lines and characters": lambda: grid().get(qn("w:type")) == "linesAndChars",
    "22 lines to a page": lambda: int(225 / 25.4 * 1440 / int(grid().get(qn("w:linePitch")))) == 22,
    "28 characters to a line": lambda: int(
        156 / 25.4 * 72 / (16 + int(grid().get(qn("w:charSpace"))) / 4096) + 0.001
    )
    == 28,
    "text set at 22 lines": lambda: int(
        225 / 25.4 * 1440 / int(style(FULL, "Normal").element.pPr.spacing.get(qn("w:line")))
    )
    == 22,
    "text set at 28 characters": lambda: int(
        156 / 25.4 * 72 / (16 + _tighter() / 20)
    )
    == 28,
    "lines 28.95 points apart on the page": lambda: all(
        near((after.middle - before.middle) / 25.4 * 72, 28.95, 0.4)
        for before, after in zip(body_of(pages(LONG)[2])[:8], body_of(pages(LONG)[2])[1:9], strict=True)
    ),
    # Fonts and sizes
    "text in FangSong of size 3": lambda: face("Normal") == ("仿宋_GB2312", 16),
    "digits in the font of the text": lambda: style(FULL, "Normal").font.name == "仿宋_GB2312",
    "title in small-title Song of size 2": lambda: face("Title") == ("方正小标宋简体", 22),
    "first level in HeiTi of size 3": lambda: face("Heading 1") == ("黑体", 16),
    "second level in KaiTi of size 3": lambda: face("Heading 2") == ("楷体_GB2312", 16),
    "third level in FangSong": lambda: face("Heading 3") == ("仿宋_GB2312", 16),
    "fourth level in FangSong": lambda: face("Heading 4") == ("仿宋_GB2312", 16),
    "no style is bold": lambda: not any(style(FULL, one.word).font.bold for one in STYLES.values()),
    "no run is bold": lambda: not any(run.bold for one in word_file(FULL).paragraphs for run in one.runs),
    "text is black": lambda: str(style(FULL, "Normal").font.color.rgb) == "000000",
    "stand-ins are named in the font table": lambda: all(
        name in _font_table()
        for name in ("FangSong_GB2312", "KaiTi_GB2312", "SimHei", "FZXiaoBiaoSong-B05S", "SimSun")
    ),
    # The red head
    "copy number of six digits, flush left, on the first line": lambda: near(line(FULL, "000012").left, 28)
    and line(FULL, "000012").middle < 37 + 10.3,
    "secrecy in HeiTi under it": lambda: fonts("密级和紧急程度") == "黑体"
    and line(FULL, "秘密").middle > line(FULL, "000012").middle,
    "urgency under the secrecy": lambda: line(FULL, "特急").middle > line(FULL, "秘密").middle,
    "issuer's mark red": lambda: str(style(FULL, "发文机关标志").font.color.rgb) == "FF0000",
    "issuer's mark centred": lambda: near(
        (line(FULL, "共青团青河区委员会文件").left + line(FULL, "共青团青河区委员会文件").right) / 2, 106, 1.5
    ),
    "issuer's mark 35 mm below the type area's top": lambda: near(
        line(FULL, "共青团青河区委员会文件").middle - 37 - 35, _mark_height() / 2, 2
    ),
    "number two lines below the mark": lambda: near(
        line(FULL, "青团发").middle - line(FULL, "共青团青河区委员会文件").middle - _mark_height() / 2,
        2.5 * 10.2, 2,
    ),
    "number centred": lambda: near((line(FULL, "青团发").left + line(FULL, "青团发").right) / 2, 106, 1),
    "number with six-sided brackets, without a leading zero and without 第": lambda: bool(
        re.fullmatch(r"青团发〔2024〕1号", line(FULL, "青团发").text)
    ),
    "upward: number one character in": lambda: near(line(UPWARD, "青团发").left, 28 + 5.6),
    "upward: signatory at the right, one character in": lambda: "签发人：林清远"
    in line(UPWARD, "青团发").text
    and near(line(UPWARD, "青团发").right, 184 - 5.6, 1),
    "upward: signatory's name in KaiTi": lambda: _signatory_font() == "楷体_GB2312",
    "red rule under the number": lambda: _red_rule().get(qn("w:color")) == "FF0000",
    # Title and addressee
    "title two lines below the rule": lambda: near(
        _title()[0].middle - line(FULL, "青团发").middle,
        3 * 10.2 + 4 - 2.3 + 0.3, 2.5,
    ),
    "title centred": lambda: all(near((one.left + one.right) / 2, 106, 1) for one in _title()),
    "title broken by sense": lambda: [one.text for one in _title()]
    == ["共青团青河区委员会", "关于核定2024年度发展团员数量的请示"],
    "title is one heading with line breaks": lambda: len(
        paragraph(FULL, "共青团青河区委员会关于").findall(f".//{qn('w:br')}")
    )
    == 1,
    "addressee one line below the title, flush left": lambda: near(line(FULL, "各街道").left, 28)
    and near(line(FULL, "各街道").middle - _title()[-1].middle, 2 * 10.2, 1),
    "full-width colon after the addressee": lambda: "区直各单位团组织：" in xml(FULL),
    # The text
    "paragraphs begin two characters in": lambda: int(
        style(FULL, "Normal").element.pPr.ind.get(qn("w:firstLineChars"))
    )
    == 200
    and near(line(FULL, "坚持围绕").left, 28 + 2 * 5.57),
    "later lines are flush left": lambda: near(body_of(pages(LONG)[2])[3].left, 28, 12),
    "marks are full-width": lambda: "推进“青春助农”行动，成效明显（见表）。" in _whole(FULL),
    "figures are half-width Arabic": lambda: "140余场次" in _whole(FULL)
    and not re.search(r"[０-９]", _whole(FULL)),
    "numbering 一、（一）1.（1）": lambda: all(
        mark in _whole(FULL) for mark in ("一、坚持", "（一）抓实", "1.分层", "（1）用好")
    ),
    "headings stay with their text": lambda: all(
        style(FULL, f"Heading {level}").paragraph_format.keep_with_next for level in (1, 2)
    ),
    "headings have outline levels": lambda: [
        pPr(f"Heading {level}", "outlineLvl").get(qn("w:val")) for level in (1, 2)
    ]
    == ["0", "1"],
    "widow control does not break the grid": lambda: style(
        FULL, "Normal"
    ).paragraph_format.widow_control
    is False,
    "no gap between characters and digits": lambda: style(FULL, "Normal").element.pPr.find(
        qn("w:autoSpaceDE")
    ).get(qn("w:val"))
    == "0",
    "marks keep their full width": lambda: settings_xml()
    .find(qn("w:characterSpacingControl"))
    .get(qn("w:val"))
    == "doNotCompress",
    "no page ends with a heading": lambda: not any(
        re.match(r"[一二三四]、|（[一二三四]）", body_of(page)[-1].text)
        for page in pages(LONG)
        if body_of(page)
    ),
    # Attachment note, signature, date, note
    "attachment note one line below the text, two in": lambda: near(line(FULL, "附件：").left, 28 + 2 * 5.57)
    and near(line(FULL, "附件：").middle - line(FULL, "特此报告").middle, 2 * 10.2, 1),
    "attachments numbered, aligned, without a mark at the end": lambda: (
        line(FULL, "附件：").text == "附件：1.青河区2023年度数据表"
        and line(FULL, "2.青河区").text == "2.青河区先进集体名单"
        and near(line(FULL, "2.青河区").left, 28 + 5 * 5.57, 1.3)
    ),
    "date four characters from the right when sealed": lambda: near(
        line(FULL, "2024年1月5日").right, 184 - 4 * 5.57, 1
    ),
    "name centred over the date when sealed": lambda: _name_over_date(),
    "date in Arabic figures without a leading zero": lambda: _date().text == "2024年1月5日",
    "unsealed: name two from the right, date two further in": lambda: _unsealed(),
    "note in brackets, two in, below the date": lambda: near(line(FULL, "（联系人").left, 28 + 2 * 5.57, 4)
    and line(FULL, "（联系人").text == "（联系人：周禾）",
    # Imprint and page numbers
    "imprint on an even page": lambda: page_of(FULL, "抄送") % 2 == 0,
    "imprint at the foot of the type area": lambda: near(
        line(FULL, "共青团青河区委办公室").middle, 262 - 4.5, 2.5
    ),
    "imprint in size 4 FangSong": lambda: face("版记") == ("仿宋_GB2312", 14),
    "imprint one character in": lambda: near(line(FULL, "抄送").left, 28 + 14 / 72 * 25.4),
    "copies end with a full stop": lambda: line(FULL, "抄送").text.endswith("。"),
    "printer left, date with 印发 right": lambda: line(
        FULL, "共青团青河区委办公室"
    ).text.endswith("2024年1月6日印发")
    and near(line(FULL, "共青团青河区委办公室").right, 184 - 14 / 72 * 25.4, 1),
    "first and last rule of the imprint 0.35 mm, between 0.25 mm": lambda: sorted(imprint_rules())
    == [6, 8, 8],
    "page number in size 4 Song": lambda: face("页码") == ("宋体", 14),
    "page number is a field between dashes": lambda: footer(False).text.startswith("— ")
    and "PAGE" in "".join(one.text or "" for one in footer(False)._p.iter(qn("w:instrText"))),
    "odd pages right, even pages left": lambda: settings_xml().find(qn("w:evenAndOddHeaders")) is not None
    and footer(False)._p.pPr.find(qn("w:jc")).get(qn("w:val")) == "right"
    and footer(True)._p.pPr.find(qn("w:jc")).get(qn("w:val")) == "left",
    "page numbers one character in": lambda: near(number_lines(FULL)[0].right, 184 - 4.94, 1.5)
    and near(number_lines(FULL)[1].left, 28 + 4.94, 1.5),
    "page number 7 mm below the type area": lambda: near(number_lines(FULL)[0].middle, 262 + 7, 1.5),
    # The letter
    "letter: mark 30 mm below the paper's top": lambda: near(
        line(LETTER, "共青团青河区委员会").middle, 30 + _letter_mark_height() / 2, 2
    ),
    "letter: mark without 文件": lambda: line(LETTER, "共青团青河区委员会").text == "共青团青河区委员会",
    "letter: double rules 170 mm long": lambda: _rules() == [round(170 * MM)] * 4,
    "letter: last rule 20 mm above the paper's foot": lambda: near(max(_rule_tops()) / MM, 277, 0.5),
    "letter: number flush right under the rule": lambda: near(line(LETTER, "青团发").right, 184, 1),
    "letter: no page number on the first page": lambda: not any(
        one.is_page_number for one in pages(LETTER)[0]
    )
    and any(one.is_page_number for one in pages(LETTER)[1]),
    "letter: imprint without printer, date and rules": lambda: "印发" not in _whole(LETTER),
    # What an officer goes on with
    "figures are links to the annex": lambda: 'w:anchor="source_1"' in xml(FULL)
    and 'w:name="source_1"' in xml(FULL),
    "tables repeat their first row": lambda: xml(FULL).count("<w:tblHeader") >= 2,
}  # fmt: skip


def _tighter() -> int:
    return int(style(FULL, "Normal").element.rPr.find(qn("w:spacing")).get(qn("w:val")))


def _font_table() -> str:
    relations = word_file(FULL).part.rels.values()
    return next(one.target_part.blob.decode() for one in relations if one.reltype.endswith("/fontTable"))


def _mark_height() -> float:
    """Millimetres: a mark of eleven characters on 156 mm."""
    return 156 / 11 * 0.96


def _letter_mark_height() -> float:
    return 44 / 72 * 25.4


def _signatory_font() -> str:
    runs = word_file(UPWARD).element.body.iter(qn("w:rStyle"))
    assert any(one.get(qn("w:val")) == "Signatory" for one in runs)
    return str(style(UPWARD, "Signatory").element.rPr.rFonts.get(qn("w:eastAsia")))


def _red_rule() -> Any:
    return next(word_file(FULL).element.body.iter(qn("w:pBdr"))).find(qn("w:bottom"))


def _title() -> list[Line]:
    first = pages(FULL)[0]
    number = next(place for place, one in enumerate(first) if one.text.startswith("青团发"))
    return first[number + 1 : number + 3]


def _whole(made: Any) -> str:
    return "".join(node.text or "" for node in word_file(made).element.body.iter(qn("w:t")))


def _date() -> Line:
    return next(one for page in pages(FULL) for one in page if one.text == "2024年1月5日")


def _name(made: Any) -> Line:
    found = [one for page in pages(made) for one in page if one.text == papers.UNIT and one.left > 80]
    return found[-1]


def _name_over_date() -> bool:
    name, date = _name(FULL), _date()
    return near((name.left + name.right) / 2, (date.left + date.right) / 2, 1)


def _unsealed() -> bool:
    made = papers.document(replace(papers.PAPER, sealed=False))
    date = next(one for page in pages(made) for one in page if one.text == "2024年1月5日")
    name = _name(made)
    return near(name.right, 184 - 2 * 5.57, 1) and near(date.left, name.left + 2 * 5.57, 1)


def _anchors() -> list[Any]:
    header = word_file(LETTER).sections[0].first_page_header._element
    return [one for one in header.iter() if one.tag.endswith("}anchor")]


def _rules() -> list[int]:
    return [int(one.find(qn("wp:extent")).get("cx")) for one in _anchors()]


def _rule_tops() -> list[int]:
    return [int(one.find(qn("wp:positionV"))[0].text) for one in _anchors()]


@pytest.mark.parametrize("point", POINTS)
def test_the_standard_holds(point: str) -> None:
    assert POINTS[point](), point


def test_there_are_more_than_forty_points() -> None:
    assert len(POINTS) > 40
