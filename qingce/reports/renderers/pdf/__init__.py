"""A document as PDF with the same layout: lines and pages are cut here, typst draws them."""

from __future__ import annotations

import json
import warnings
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.reports.annex import cells, heads
from qingce.reports.document import Document
from qingce.reports.fonts import FACES, chosen, families, machine
from qingce.reports.layout import Layout, Paragraph, laid_out
from qingce.reports.renderers.lines import HALF, PlaceOf, lines, table_cells
from qingce.reports.renderers.measures import column_widths, mark_size
from qingce.reports.styles import (
    LETTER_MARK_TOP,
    LETTER_RULE,
    LETTER_RULE_FOOT,
    MARK_TOP,
    MM,
    PITCH,
    RED,
    RULE_BELOW,
    SIZE_3,
    STYLES,
    THICK,
    THIN,
    TOP,
    TYPE_WIDTH,
)  # fmt: skip

TEMPLATE = Path(__file__).parent / "official.typ"
HEAVIER = "Noto Serif CJK SC"  # its bold face stands in for 小标宋, which is heavier than Song


def pdf(document: Document) -> bytes:
    """The bytes of the PDF; Refused when the machine has no Chinese font at all."""
    # Loaded only here: typst would take a tenth of the server's start.
    import typst

    if not any(_families().values()):
        raise Refused(
            _("No Chinese font is installed, so no PDF can be drawn. Install one: apt-get install %s.")
            % "fonts-noto-cjk"
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        drawn = typst.compile(
            TEMPLATE.read_bytes(), font_paths=machine(), sys_inputs={"document": json.dumps(_data(document))}
        )
    return bytes(drawn)


@cache
def _families() -> dict[str, str]:
    found = families()
    return {role: chosen(role, found) for role in FACES}


def _data(document: Document) -> dict[str, Any]:
    layout = laid_out(document)
    head = _head(layout)
    return {
        "title": document.title,
        "author": document.unit_name,
        "letter": layout.paper.is_letter and layout.has_red_head,
        "is-letter": layout.paper.is_letter,
        "measures": {
            "pitch": PITCH, "width": TYPE_WIDTH, "red": f"#{RED}", "half": HALF, "thick": THICK, "thin": THIN,
            "letter-rule": LETTER_RULE, "letter-rule-foot": LETTER_RULE_FOOT, "letter-rule-top": head["rule"],
        },
        "head": head["parts"], "rule": head["rule"], "below": head["below"],
        "body": [_paragraph(one, document.place_of) for one in layout.body],
        "imprint": [_paragraph(one, document.place_of) for one in layout.imprint],
        "number": _style("page_number"),
        "plain": _style("cell"),
        "heads": {
            role: _style(name)["fonts"]
            for role, name in (("hei", "chapter"), ("title", "title"), ("kai", "point"))
        },
        "annex-label": _("Annex"), "annex-title": _("Where the figures come from"), "annex-heads": heads(),
        "annex": [cells(source) for source in document.sources],
    }  # fmt: skip


def _paragraph(paragraph: Paragraph, place_of: PlaceOf) -> dict[str, Any]:
    common = {"style": _style(paragraph.style), "above": paragraph.above, "tied": paragraph.tied}
    if paragraph.rows:
        widths = column_widths(paragraph.rows)
        return {
            **common,
            "style": _style("cell"),
            "rows": table_cells(paragraph.rows, place_of),
            "widths": widths,
        }
    return {**common, "rows": False, "lines": lines(paragraph, place_of), "text": paragraph.text}


def _style(name: str) -> dict[str, Any]:
    style = STYLES[name]
    family = _families()[style.font]
    return {
        "name": name, "size": style.size, "pitch": style.pitch, "side": style.side, "level": style.level,
        "red": style.red, "tied": style.tied,
        "fonts": list(dict.fromkeys(one for one in (family, *_families().values()) if one)),
        "weight": "bold" if style.font == "title_song" and family == HEAVIER else "regular",
    }  # fmt: skip


def _head(layout: Layout) -> dict[str, Any]:
    """The parts of the head, each with its place in millimetres below the type area's top."""
    letter, line = layout.paper.is_letter, PITCH / MM
    parts: list[dict[str, Any]] = []
    top = 0.0
    for paragraph in layout.head:
        part = _paragraph(paragraph, lambda _run: 0)
        if paragraph.style == "mark":
            part["size"] = mark_size(paragraph.text)
            top = (LETTER_MARK_TOP - TOP) if letter else MARK_TOP
            part["top"] = top
            top += part["size"] / MM + (RULE_BELOW + 2 if letter else 0)
        else:
            top += paragraph.above * line
            part["top"] = top
            top += line
        parts.append(part)
    rule: float = top + RULE_BELOW - (PITCH - SIZE_3) / 2 / MM
    if letter:
        sizes = [part["size"] for part in parts if part["style"]["name"] == "mark"]
        rule = LETTER_MARK_TOP + sum(sizes) / MM + RULE_BELOW
    return {"parts": parts, "rule": rule, "below": top if letter else rule}
