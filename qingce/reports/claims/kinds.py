"""What kind of work a figure is about: words near it speak, the nearer the louder."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, partial

from qingce.reports.claims.spans import Expression
from qingce.reports.claims.text import CLAUSE_ENDS, SENTENCE_ENDS, Span, Text
from qingce.reports.claims.vocabulary import WEIGHTS, Vocabulary, alternatives

RIGHT, LEFT = 1.0, 1.15  # a word after the measure word, a word before the number
STEP = 0.5  # how much is lost with every figure between
COMMA = 0.72  # with every comma between
SENTENCE_BEFORE, HEADING, FURTHER = 0.16, 0.22, 0.07
UNIT, FRAME = 1.2, 6.0
GOES_ON, SAME_SENTENCE, QUIET, NEXT_SENTENCE = 2.0, 1.2, 0.4, 0.3
LOOSELY = 0.6  # an event of no narrower kind binds what follows less
FOLLOWERS = {"people", "rates", "money", "work_time", "quantities"}
LEAST = 0.6
FALLBACK = "event"
GAP, BETWEEN = "~", r"[^,。;:、!?\d\n]{0,5}?"


@dataclass(frozen=True)
class Cue:
    start: int
    end: int
    word: str


class Topics:
    """The words of a text that speak for a kind of work, found once."""

    def __init__(
        self, text: Text, words: Vocabulary, figures: list[Expression], places: Collection[Expression] = ()
    ) -> None:
        self.text, self.words, self.figures = text, words, figures
        self.places = set(places)  # figures that only say where: what was done there stands after them

    @cached_property
    def speaking(self) -> dict[str, list[tuple[str, float]]]:
        """For each word the kinds it speaks for and how loudly."""
        found: dict[str, list[tuple[str, float]]] = {}
        for kind in self.words.kinds.values():
            for word, weight in kind.words.items():
                found.setdefault(word, []).append((kind.code, weight))
        return found

    @cached_property
    def cues(self) -> list[Cue]:
        """Every word, but none that lies within a longer one."""
        plain = [Cue(*match.span(1), match[1]) for match in _pattern(self.words).finditer(self.text.read)]
        wide = [
            Cue(*match.span(), word)
            for word, pattern in _wide(self.words)
            for match in pattern.finditer(self.text.read)
        ]
        found: list[Cue] = []
        for cue in sorted([*plain, *wide], key=lambda one: (one.start, -one.end)):
            if not (found and cue.end <= found[-1].end):
                found.append(cue)
        return found

    def kinds(self, counted: list[Expression]) -> dict[Expression, str]:
        """For each figure its kind, read in order: one without words of its own goes on from the last."""
        found: dict[Expression, str] = {}
        before: Expression | None = None
        for figure in counted:
            found[figure] = self.of(figure, counted, before, found[before] if before else "")
            if not self._is_framed(figure):
                before = figure
        return found

    def of(self, figure: Expression, counted: list[Expression], before: Expression | None, kind: str) -> str:
        scores = self.scores(figure, counted)
        if before and kind:
            share = LOOSELY if kind == FALLBACK else 1.0
            scores[kind] = scores.get(kind, 0.0) + share * self._goes_on(before, figure)
        best = max(scores, key=lambda code: scores[code], default=FALLBACK)
        return best if scores.get(best, 0) >= LEAST else FALLBACK

    def _goes_on(self, before: Expression, figure: Expression) -> float:
        """How strongly a figure belongs to what the last one spoke of."""
        said = self.text.read[before.end : figure.start]
        if any(mark in said for mark in SENTENCE_ENDS):
            return 0.0 if "\n" in said else NEXT_SENTENCE
        own = self._own_voice(before, figure)
        if own >= WEIGHTS["strong"]:
            return QUIET
        return GOES_ON if figure.sort in FOLLOWERS or own < WEIGHTS["usual"] else SAME_SENTENCE

    def _own_voice(self, before: Expression, figure: Expression) -> float:
        """The loudest word between the last figure and this one, or right after it."""
        clause = self.text.clause(figure.start)
        after = min([clause.end, *(one.start for one in self.figures if one.start >= figure.end)])
        own = (cue for cue in self._between(before.end, after) if cue.end <= after)
        return max((self._loudest(cue) for cue in own), default=0.0)

    def _loudest(self, cue: Cue) -> float:
        return max(weight for _code, weight in self.speaking[cue.word])

    def scores(self, figure: Expression, counted: list[Expression]) -> dict[str, float]:
        heard: dict[tuple[str, str], float] = {}
        for cue, loud in self._around(figure, counted):
            for code, weight in self.speaking[cue.word]:
                key = (code, cue.word)
                heard[key] = max(heard.get(key, 0.0), weight * loud)
        scores: dict[str, float] = {}
        for (code, _word), loud in sorted(heard.items(), key=lambda one: -one[1]):
            # further words of one kind add less and less, so that a list does not drown a name
            scores[code] = scores.get(code, 0.0) + loud * (1.0 if code not in scores else 0.45)
        for kind in self.words.kinds.values():
            if figure.unit in kind.units and scores.get(kind.code, 0.0) >= UNIT:
                scores[kind.code] += UNIT
            if any(self._framed(figure, before, after) for before, after in kind.frames):
                scores[kind.code] = scores.get(kind.code, 0.0) + FRAME
        return scores

    def _is_framed(self, figure: Expression) -> bool:
        return any(
            self._framed(figure, *frame) for kind in self.words.kinds.values() for frame in kind.frames
        )

    def _framed(self, figure: Expression, before: str, after: str) -> bool:
        left = self.text.read[max(0, figure.start - 6) : figure.start]
        right = self.text.read[figure.end : figure.end + 14].split(",")[0]
        return before in left and after in right

    def _around(self, figure: Expression, counted: list[Expression]) -> list[tuple[Cue, float]]:
        sentence = self.text.sentence(figure.start)
        paragraph = self.text.line(figure.start)
        near = []
        for cue in self._between(min(paragraph.start, self.heading(paragraph.start).start), sentence.end):
            if sentence.start <= cue.start < sentence.end:
                loud = self._in_sentence(cue, figure, counted)
            elif paragraph.start <= cue.start < sentence.start:
                loud = (
                    SENTENCE_BEFORE if cue.start >= self.text.sentence(sentence.start - 1).start else FURTHER
                )
            elif self.heading(paragraph.start).holds(cue.start):
                loud = HEADING
            else:
                continue
            near.append((cue, loud))
        return near

    def _in_sentence(self, cue: Cue, figure: Expression, counted: list[Expression]) -> float:
        if cue.start >= figure.end:
            return self._after(cue, figure, counted)
        between = [one for one in counted if cue.end <= one.start and one.end <= figure.start]
        commas = sum(self.text.read.count(mark, cue.end, figure.start) for mark in ",:")
        listed = self.text.read.count("、", cue.end, figure.start)
        distance = figure.start - cue.end
        return (
            LEFT * (STEP ** len(between)) * (COMMA**commas) * (0.93**listed) * max(0.55, 1 - distance / 120)
        )

    def _after(self, cue: Cue, figure: Expression, counted: list[Expression]) -> float:
        """A word after the figure speaks when it stands before the next figure, best without a comma."""
        if figure in self.places:
            return (
                RIGHT
                * 0.8 ** self.text.read.count(",", figure.end, cue.start)
                * max(0.5, 1 - (cue.start - figure.end) / 60)
            )
        between = [one for one in counted if figure.end <= one.start and one.end <= cue.start]
        commas = sum(self.text.read.count(mark, figure.end, cue.start) for mark in CLAUSE_ENDS + "、")
        follows = commas == 0 and not between
        if follows:
            return RIGHT * max(0.6, 1 - (cue.start - figure.end) / 60)
        return 0.25 * (0.6 ** len(between)) * (0.8**commas)

    def _between(self, start: int, end: int) -> list[Cue]:
        """The words that begin within a stretch."""
        return self.cues[bisect_left(self._places, start) : bisect_left(self._places, end)]

    @cached_property
    def _places(self) -> list[int]:
        return [cue.start for cue in self.cues]

    def heading(self, place: int) -> Span:
        """The nearest short line without a stop above this line."""
        lines = self.text.lines
        at = bisect_left([line.start for line in lines], place)
        for line in reversed(lines[max(0, at - 3) : at]):
            said = self.text.said(line).strip()
            if said and len(said) <= 30 and said[-1:] not in "。;!?,，；" and "\t" not in said:
                return line
        return Span(place, place)


def _pattern(words: Vocabulary) -> re.Pattern[str]:
    said = [word for kind in words.kinds.values() for word in kind.words if GAP not in word]
    return words.once("kinds", lambda: re.compile(f"(?=({alternatives(said)}))"))


def _wide(words: Vocabulary) -> list[tuple[str, re.Pattern[str]]]:
    """Words with a gap: 发展~团员 is heard in 发展两新领域团员."""
    said = {word for kind in words.kinds.values() for word in kind.words if GAP in word}
    return [(word, words.once(word, partial(_with_gaps, word))) for word in sorted(said)]


def _with_gaps(word: str) -> re.Pattern[str]:
    return re.compile(BETWEEN.join(map(re.escape, word.split(GAP))))
