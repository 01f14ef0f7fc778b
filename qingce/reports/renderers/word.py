"""A document as .docx on the page of GB/T 9704: A4, official margins, fonts and line pitch.

The named fonts are licensed ones that offices have; where they are missing, Word and WPS put their
own Song, Hei and Kai in their place.
"""

from __future__ import annotations

from typing import IO, Any

from django.utils.translation import gettext as _
from docx import Document as new_file
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from qingce.reports.annex import cells, heads
from qingce.reports.document import Block, Document, Run

SMALL_TITLE_SONG, HEI, KAI, FANG_SONG, SONG = (
    "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体",
)  # fmt: skip
LATIN = "Times New Roman"
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = Pt(22), Pt(16), Pt(14), Pt(10.5)
PITCH = Pt(28.95)  # 22 lines on a type area of 225 mm
ALARM = RGBColor(0xB3, 0x32, 0x1F)
STYLES = {"title": "Title", "chapter": "Heading 1", "point": "Heading 2"}
WIDTHS = [Mm(14), Mm(34), Mm(66), Mm(28), Mm(14)]


def word(document: Document, out: IO[bytes]) -> None:
    """Write the document with its annex to `out`."""
    file = new_file()
    _page(file)
    _styles(file)
    _text(file, document)
    _annex(file, document)
    file.core_properties.title = document.title
    file.core_properties.author = document.unit_name
    file.save(out)


def _page(file: Any) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    file.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(footer: Any, side: Any) -> None:
    """— 1 —, one character in from the outer edge."""
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    indent = paragraph.paragraph_format
    indent.left_indent = indent.right_indent = SIZE_4
    _no_first_line_indent(paragraph)
    for part in ("— ", "PAGE", " —"):
        run = paragraph.add_run("" if part == "PAGE" else part)
        _font(run, SONG, SIZE_4)
        if part == "PAGE":
            _field(run, part)


def _no_first_line_indent(paragraph: Any) -> None:
    """Flush left, although the style begins two characters in."""
    paragraph.paragraph_format.first_line_indent = 0
    paragraph._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "0")


def _field(run: Any, instruction: str) -> None:
    for kind in ("begin", "instruction", "separate", "end"):
        if kind == "instruction":
            element = OxmlElement("w:instrText")
            element.text = instruction
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _styles(file: Any) -> None:
    styles = file.styles
    _paragraph_style(styles["Normal"], FANG_SONG, SIZE_3, indent=2)
    _paragraph_style(styles["Title"], SMALL_TITLE_SONG, SIZE_2, WD_ALIGN_PARAGRAPH.CENTER, Pt(35))
    _paragraph_style(styles["Heading 1"], HEI, SIZE_3, indent=2)
    _paragraph_style(styles["Heading 2"], KAI, SIZE_3, indent=2)
    table_text = styles.add_style("Annex Text", WD_STYLE_TYPE.PARAGRAPH)
    _paragraph_style(table_text, FANG_SONG, SIZE_5, WD_ALIGN_PARAGRAPH.LEFT, Pt(15))
    figure = styles.add_style("Figure", WD_STYLE_TYPE.CHARACTER)
    figure.font.color.rgb = RGBColor(0, 0, 0)
    gap = styles.add_style("Gap", WD_STYLE_TYPE.CHARACTER)
    gap.font.color.rgb = ALARM


def _paragraph_style(
    style: Any, east_asian: str, size: Pt, side: Any = None, pitch: Pt = PITCH, indent: int = 0
) -> None:
    """A style of fixed line pitch; `indent` is the first line's, in characters."""
    _font(style, east_asian, size)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    lines = style.paragraph_format
    lines.alignment = side if side is not None else WD_ALIGN_PARAGRAPH.JUSTIFY
    lines.line_spacing_rule, lines.line_spacing = WD_LINE_SPACING.EXACTLY, pitch
    lines.space_before = lines.space_after = Pt(0)
    lines.keep_with_next = style.name.startswith("Heading")
    properties = style.element.get_or_add_pPr()
    _without(properties, "w:pBdr")
    _close_set(properties)
    if indent:
        lines.first_line_indent = indent * size
        properties.get_or_add_ind().set(qn("w:firstLineChars"), str(indent * 100))
    else:
        lines.first_line_indent = 0
        properties.get_or_add_ind().set(qn("w:firstLineChars"), "0")


def _font(styled: Any, east_asian: str, size: Pt) -> None:
    styled.font.name = LATIN
    styled.font.size = size
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east_asian)


def _close_set(properties: Any) -> None:
    """No gap of its own between Chinese and digits: 13次, as printed documents have it."""
    for tag in ("w:autoSpaceDE", "w:autoSpaceDN"):
        element = OxmlElement(tag)
        element.set(qn("w:val"), "0")
        properties.insert_element_before(
            element, "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
            "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:outlineLvl", "w:rPr",
        )  # fmt: skip


def _without(properties: Any, tag: str) -> None:
    for element in properties.findall(qn(tag)):
        properties.remove(element)


def _text(file: Any, document: Document) -> None:
    places = {source.code: source.place for source in document.sources}
    seen: set[str] = set()
    for block in document.blocks:
        paragraph = file.add_paragraph(style=STYLES.get(block.role, "Normal"))
        _fill(paragraph, block, places, seen)
        if block.role == "title" and block is _last_title(document):
            paragraph.paragraph_format.space_after = PITCH


def _last_title(document: Document) -> Block:
    return [block for block in document.blocks if block.role == "title"][-1]


def _fill(paragraph: Any, block: Block, places: dict[str, int], seen: set[str]) -> None:
    for run in block.runs:
        if not run.figure:
            _written(paragraph, run.text, "Gap" if run.gap else None)
            continue
        link = _link(paragraph, run, f"source_{places[run.figure]}")
        if run.figure not in seen:
            seen.add(run.figure)
            _bookmark(link, f"figure_{places[run.figure]}", places[run.figure])


def _written(paragraph: Any, text: str, style: str | None) -> Any:
    """A run whose quotation marks and dashes are set as Chinese ones."""
    run = paragraph.add_run(text, style=style)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
    return run


def _link(paragraph: Any, run: Run, anchor: str) -> Any:
    """A hyperlink inside the file to the bookmark `anchor`."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    link.set(qn("w:history"), "1")
    link.append(_written(paragraph, run.text, "Gap" if run.gap else "Figure")._r)
    paragraph._p.append(link)
    return link


def _bookmark(element: Any, name: str, number: int) -> None:
    """Put `element` between the two ends of a bookmark."""
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (begin, end):
        mark.set(qn("w:id"), str(number))
    begin.set(qn("w:name"), name)
    element.addprevious(begin)
    element.addnext(end)


def _annex(file: Any, document: Document) -> None:
    label = file.add_paragraph(_("Annex"), style="Heading 1")
    label.paragraph_format.page_break_before = True
    _no_first_line_indent(label)
    title = file.add_paragraph(_("Where the figures come from"), style="Title")
    title.paragraph_format.space_after = Pt(10)
    table = file.add_table(rows=1, cols=len(WIDTHS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    _row(table.rows[0], heads(), bold=True)
    _repeated(table.rows[0])
    offset = len(document.sources)
    for source in document.sources:
        row = table.add_row()
        _row(row, cells(source))
        number = row.cells[0].paragraphs[0].runs[0]._r
        _bookmark(number, f"source_{source.place}", offset + source.place)


def _row(row: Any, texts: list[str], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.style = "Annex Text"
        paragraph.add_run(text).bold = bold
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeated(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
