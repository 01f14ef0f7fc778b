"""Paragraphs as the page shows them and as the editor reads them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from qingce.reports.writing.checks import Finding
from qingce.reports.writing.drawing import Drawing, Said, numerals
from qingce.reports.writing.models import Comment, Draft, Paragraph


@dataclass(frozen=True)
class Line:
    """One paragraph on the sheet."""

    paragraph: Paragraph
    numeral: str
    told: list[Said]
    findings: list[Finding]
    open_comments: int
    holder: Any  # who else is writing in it

    @property
    def runs(self) -> str:
        """For the editor: pieces with what they say."""
        return json.dumps([for_editor(one) for one in self.told], ensure_ascii=False)


def for_editor(told: Said) -> dict[str, str]:
    """A piece with its text, where it leads, and its tone."""
    shown = {"says": told.text, "href": told.address, "tone": told.tone, "remark": told.remark}
    return {**told.piece.stored(), **{name: value for name, value in shown.items() if value}}


def lines(drawing: Drawing, findings: list[Finding], reader: int) -> list[Line]:
    now = timezone.now()
    numbered = numerals(drawing.paragraphs)
    by_paragraph: dict[int, list[Finding]] = {}
    for finding in findings:
        by_paragraph.setdefault(finding.paragraph, []).append(finding)
    comments = open_comments(drawing.draft, drawing.paragraphs)
    return [
        Line(
            one,
            numbered[one.pk],
            drawing.of_paragraph[one.pk],
            by_paragraph.get(one.pk, []),
            comments.get(one.pk, 0),
            holder if (holder := one.holder(now)) and holder.pk != reader else None,
        )
        for one in drawing.paragraphs
    ]


def open_comments(draft: Draft, paragraphs: Sequence[Paragraph]) -> Counter[int]:
    """How many matters are open at each paragraph; one that reaches over several is open at each."""
    found = Comment.objects.filter(paragraph__draft=draft, answers=None, settled_at=None)
    counts: Counter[int] = Counter()
    for key, first, last in found.values_list("paragraph", "paragraph__place", "until__place"):
        counts.update({key, *(one.pk for one in paragraphs if first <= one.place <= (last or first))})
    return counts


def length(drawing: Drawing) -> int:
    """Characters as the limit of a kind counts them: everything written, without blanks."""
    text = "".join(drawing.text(one) for one in drawing.paragraphs)
    return len("".join(text.split())) + sum(len(one) for one in numerals(drawing.paragraphs).values())
