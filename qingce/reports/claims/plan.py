"""Which parts of a text speak of what is still to be done: its numbers are targets, not deeds."""

from __future__ import annotations

import re
from functools import cached_property

from qingce.reports.claims.text import ENUMERATOR, Span, Text
from qingce.reports.claims.vocabulary import Vocabulary

LONGEST_HEADING = 36
HEADING_LEVELS = [
    r"\s*[一二三四五六七八九十]{1,3}、|\s*第[一二三四五六七八九十]{1,3}[章部]",
    r"\s*[((][一二三四五六七八九十]{1,3}[))]",
    r"\s*\d{1,2}[.、．]",
]
UNNUMBERED, BELOW = 0, 9
TITLE_LINES = 3


class Outlook:
    """The sections of a text that plan, found by their headings or by the title of the whole."""

    def __init__(self, text: Text, words: Vocabulary) -> None:
        self.text, self.words = text, words

    def plans(self, place: int) -> bool:
        return any(span.holds(place) for span in self.sections)

    @cached_property
    def sections(self) -> list[Span]:
        if self._whole_is_plan():
            return [Span(0, len(self.text.read) + 1)]
        spans, began, level = [], None, BELOW
        for line in self.text.lines:
            here = self._level(line)
            if here is None:
                continue
            if self._announces_plan(line):
                if began is None or here <= level:
                    began, level = (line.start if began is None else began), here
            elif began is not None and self._ends(line, here, level):
                spans.append(Span(began, line.start))
                began, level = None, BELOW
        if began is not None:
            spans.append(Span(began, len(self.text.read) + 1))
        return spans

    @cached_property
    def annex(self) -> int:
        """Where a table of sources begins; the end of the text when there is none."""
        heads = self.words.cue("annex", "words")
        starts = (line.start for line in self.text.lines if self.text.said(line).strip() in heads)
        return next(starts, len(self.text.written) + 1)

    def _whole_is_plan(self) -> bool:
        lines = [line for line in self.text.lines if self.text.said(line).strip()][:TITLE_LINES]
        heads = [
            line
            for line in lines
            if line.end - line.start <= LONGEST_HEADING + 10
            and self.text.said(line).strip()[-1:] not in "。;:!?"
        ]
        title = "".join(self.text.said(line) for line in heads if not ENUMERATOR.match(self.text.said(line)))
        return bool(self.words.pattern("plan_title", "words").search(title)) and not self.words.pattern(
            "plan_title", "past"
        ).search(title)

    def _level(self, line: Span) -> int | None:
        """How high a heading stands; None for a line that is no heading."""
        said = self.text.said(line)
        numbered = next((at for at, one in enumerate(HEADING_LEVELS, 1) if re.match(one, said)), None)
        stop = re.search(r"[。!?;]", said)
        head = said[: stop.start()] if stop else said
        if not head.strip() or len(head.strip()) > LONGEST_HEADING or (stop and numbered is None):
            return None
        return numbered if numbered is not None else UNNUMBERED

    def _announces_plan(self, line: Span) -> bool:
        said = re.split(r"[。!?;]", self.text.said(line))[0]
        return bool(self.words.pattern("plan_heading", "words").search(said)) and not self.words.pattern(
            "plan_heading", "past"
        ).search(said)

    def _ends(self, line: Span, here: int, level: int) -> bool:
        """A heading of the same height that looks back, or a numbered one no deeper than the plan's."""
        said = self.text.said(line)
        looks_back = bool(self.words.pattern("plan_heading", "past").search(said))
        return looks_back and here <= level if level == UNNUMBERED else 0 < here <= level
