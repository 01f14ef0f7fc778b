"""The styles of the file, and the table that names what may stand in for a missing font."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import RGBColor

from qingce.reports.fonts import FACES
from qingce.reports.renderers.word.elements import put, switch
from qingce.reports.styles import FANG_SONG, KAI, RED, STYLES, Style

TIGHTER = -8  # twentieths of a point: 28 characters fit with a remainder for wider digits
CHARACTER = 16 + TIGHTER / 20  # points from character to character before lines are justified
SIDES = {"justify": "both", "left": "left", "center": "center", "right": "right"}
KEPT = {
    "Normal", "DefaultParagraphFont", "TableNormal", "NoList", "Title", "Subtitle", "Header", "Footer",
    "Heading1", "Heading2", "Heading3", "Heading4", "TableGrid",
}  # fmt: skip
FIGURE, GAP, NAME = "Figure", "Gap", "Signatory"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def styles(file: Any) -> None:
    known = file.styles
    _only_needed(known.element)
    _defaults(known.element)
    for style in STYLES.values():
        made = _named(known, style)
        _font(made.element.get_or_add_rPr(), style)
        _lines(made.element.get_or_add_pPr(), style)
        made.quick_style = True
    figure = known.add_style(FIGURE, WD_STYLE_TYPE.CHARACTER)
    figure.font.color.rgb = RGBColor(0, 0, 0)
    name = known.add_style(NAME, WD_STYLE_TYPE.CHARACTER)
    _fonts(name.element.get_or_add_rPr(), FACES[KAI].official)
    gap = known.add_style(GAP, WD_STYLE_TYPE.CHARACTER)
    gap.font.color.rgb = RGBColor(0xB3, 0x32, 0x1F)


def _only_needed(root: Any) -> None:
    """Out with the styles that nobody asked for: they make the list long and every look-up slow."""
    for style in root.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in KEPT:
            root.remove(style)
            continue
        for link in style.findall(qn("w:link")):
            style.remove(link)


def _named(known: Any, style: Style) -> Any:
    names = [one.name for one in known]
    return known[style.word] if style.word in names else known.add_style(style.word, WD_STYLE_TYPE.PARAGRAPH)


def _defaults(root: Any) -> None:
    """Everything is Chinese text; then quotation marks and digits come from the Chinese font too."""
    properties = root.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    _fonts(properties, FACES[FANG_SONG].official)
    put(properties, "lang", val="zh-CN", eastAsia="zh-CN", bidi="ar-SA")


def _font(properties: Any, style: Style) -> None:
    _fonts(properties, FACES[style.font].official)
    for tag in ("b", "bCs", "i", "iCs"):
        switch(properties, tag, False)
    switch(properties, "snapToGrid", False)
    put(properties, "color", val=RED if style.red else "000000")
    put(properties, "spacing", val=TIGHTER if style.size == 16 else 0)
    put(properties, "kern", val=0)
    for tag in ("sz", "szCs"):
        put(properties, tag, val=round(style.size * 2))
    put(properties, "lang", val="zh-CN", eastAsia="zh-CN", bidi="ar-SA")


def _fonts(properties: Any, family: str) -> None:
    """One family for Chinese and Latin alike: digits stand in the font of their text."""
    put(properties, "rFonts", ascii=family, hAnsi=family, eastAsia=family, cs=family, hint="eastAsia")


def _lines(properties: Any, style: Style) -> None:
    for tag in ("pBdr", "contextualSpacing", "numPr"):
        for old in properties.findall(qn(f"w:{tag}")):
            properties.remove(old)
    switch(properties, "keepNext", style.tied)
    switch(properties, "keepLines", style.tied)
    switch(properties, "widowControl", False)
    for tag in ("kinsoku", "overflowPunct"):
        switch(properties, tag, True)
    for tag in ("autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid"):
        switch(properties, tag, False)
    put(properties, "spacing", before=0, after=0, line=round(style.pitch * 20), lineRule="exact")
    first = round(style.first * (style.size + TIGHTER / 20) * 20)
    put(properties, "ind", left=0, right=0, firstLineChars=round(style.first * 100), firstLine=first)
    put(properties, "jc", val=SIDES[style.side])
    if style.level:
        put(properties, "outlineLvl", val=style.level - 1)


def font_table(file: Any) -> None:
    """What each font is also called, so that an office without it gets the nearest of its kind."""
    rows = "".join(
        f"<w:font w:name={quoteattr(face.official)}><w:altName w:val={quoteattr(face.other_names)}/>"
        f'<w:panose1 w:val="{face.panose}"/><w:charset w:val="86"/><w:family w:val="modern"/>'
        '<w:pitch w:val="fixed"/></w:font>'
        for face in FACES.values()
    )
    table = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts xmlns:w="{NAMESPACE}">{rows}</w:fonts>'
    for relation in file.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = table.encode()
