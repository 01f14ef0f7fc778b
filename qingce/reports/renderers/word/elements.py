"""Small pieces of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# The order in which the schema wants the properties of a paragraph and of a run.
PARAGRAPH_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
    "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
    "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid",
    "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection",
    "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
)  # fmt: skip
RUN_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline",
    "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w",
    "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign",
    "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip


def element(tag: str, **attributes: Any) -> Any:
    """`<w:tag w:name="value"/>`; the names are those of the schema."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def put(properties: Any, tag: str, **attributes: Any) -> Any:
    """Set one property of a paragraph or run, in its place among the others."""
    for old in properties.findall(qn(f"w:{tag}")):
        properties.remove(old)
    made = element(tag, **attributes)
    order = RUN_ORDER if properties.tag == qn("w:rPr") else PARAGRAPH_ORDER
    later = [qn(f"w:{name}") for name in order[order.index(tag) + 1 :]]
    follower = next((child for child in properties if child.tag in later), None)
    if follower is None:
        properties.append(made)
    else:
        follower.addprevious(made)
    return made


def switch(properties: Any, tag: str, on: bool) -> None:
    put(properties, tag, val="1" if on else "0")


def field(run: Any, instruction: str) -> None:
    """A field such as PAGE, which Word works out anew."""
    run.append(element("fldChar", fldCharType="begin"))
    said = element("instrText")
    said.text = instruction
    run.append(said)
    run.append(element("fldChar", fldCharType="separate"))
    shown = element("t")
    shown.text = "1"
    run.append(shown)
    run.append(element("fldChar", fldCharType="end"))


def run_of(text: str, style: str = "") -> Any:
    """`<w:r>` with a text, in a character style or none."""
    run = element("r")
    if style:
        run.get_or_add_rPr().append(element("rStyle", val=style))
    written = element("t")
    written.text = text
    if text != text.strip():
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(written)
    return run


def bookmark(around: Any, name: str, number: int) -> list[Any]:
    """`around` between the two ends of a bookmark."""
    return [element("bookmarkStart", id=number, name=name), around, element("bookmarkEnd", id=number)]
