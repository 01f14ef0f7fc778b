"""Words around a figure held against its value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qingce.figures.indicators.figure import Figure
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.reports.writing.drawing import Drawing, Said
from qingce.reports.writing.forms_of_figures import COMPARED
from qingce.reports.writing.models import Paragraph
from qingce.reports.writing.rules import Rule, rules
from qingce.reports.writing.typed import said_number

CLAUSE = re.compile(r"[，。；、！？：\n]")


@dataclass(frozen=True)
class Beside:
    """A figure in its place: what is written, and the words around it."""

    text: str
    figure: Figure
    overridden: bool
    before: str  # of the same paragraph, up to the figure
    after: str
    clause: str  # the words between the nearest stops, without the figures

    @property
    def said_with_neighbours(self) -> str:
        return self.text + self.after


@dataclass(frozen=True)
class Clash:
    """A word that the value does not bear out."""

    word: str
    sentence: str
    strict: bool


def clashes(drawing: Drawing, paragraph: Paragraph) -> Iterator[Clash]:
    """Every word of the paragraph that a figure beside it does not bear out."""
    told = drawing.of_paragraph[paragraph.pk]
    for place, one in enumerate(told):
        if one.key is None or one.gap or one.piece.form in COMPARED or one.piece.sort != "figure":
            continue
        beside = _beside(told, place, one, drawing.figures[one.key])
        for rule in rules():
            if word := _broken(rule, beside):
                yield Clash(word, _sentence(rule, word, beside.figure), rule.strict)


def _beside(told: Sequence[Said], place: int, one: Said, figure: Figure) -> Beside:
    before = "".join(other.text for other in told[:place])
    after = "".join(other.text for other in told[place + 1 :])
    left, right = CLAUSE.split(before)[-1], CLAUSE.split(after)[0]
    return Beside(one.text, figure, bool(one.piece.override), before, after, left + right)


def _broken(rule: Rule, beside: Beside) -> str:
    """The word of the rule that stands there and is not borne out; empty when all is well."""
    word = _standing(rule, beside)
    if not word or not BROKEN[rule.sort](rule, beside):
        return ""
    return word


def _standing(rule: Rule, beside: Beside) -> str:
    if rule.sort == "measure":
        return _unfit(rule, beside)
    for word in rule.before:
        if beside.before.endswith(word):
            return word
    for word in rule.after:
        behind_all = len(word) > 1 and beside.after.startswith(word)  # 143场次以上, but 143场次多方…
        if behind_all or re.match(rf"[万亿]?{word}", _behind(beside)):
            return word
    return next((word for word in rule.clause if word in beside.clause), "")


def _behind(beside: Beside) -> str:
    """What stands behind the number: the rest of the figure's text, then the words after it."""
    number = said_number(beside.text)
    return (beside.text[number.end :] if number else "") + beside.after


def _unfit(rule: Rule, beside: Beside) -> str:
    """The wrong measure word behind the number; a figure in its own form brings the right one."""
    counted = beside.overridden and beside.figure.indicator.unit in rule.counted_in
    return _of_its_own(_behind(beside), rule) if counted and said_number(beside.text) else ""


def _of_its_own(behind: str, rule: Rule) -> str:
    """The wrong measure word with which the text behind a number begins, 余 and 万 aside."""
    plain = re.sub(r"^[万亿余多]+", "", behind)
    longest = sorted((*rule.unfit, *rule.counted_in), key=len, reverse=True)
    first = next((word for word in longest if plain.startswith(word)), "")
    return first if first in rule.unfit else ""


def _not_above(rule: Rule, beside: Beside) -> bool:
    value, number = beside.figure.told, said_number(beside.text)
    if value is None or number is None:
        return False
    return not (value > number.value or (rule.also and value == number.value))


def _not_below(rule: Rule, beside: Beside) -> bool:
    value, number = beside.figure.told, said_number(beside.text)
    return value is not None and number is not None and value >= number.value


def _not_whole(rule: Rule, beside: Beside) -> bool:
    value = beside.figure.told
    return beside.figure.indicator.unit == "%" and value is not None and value < 1


def _not_of_the_stage(rule: Rule, beside: Beside) -> bool:
    stages = beside.figure.indicator.where.get("stage", ())
    return bool(stages) and not set(stages) & set(rule.stages)


BROKEN = {
    "above": _not_above,
    "below": _not_below,
    "whole": _not_whole,
    "measure": lambda rule, beside: True,
    "stage": _not_of_the_stage,
}


def _sentence(rule: Rule, word: str, figure: Figure) -> str:
    stages = figure.indicator.where.get("stage", ())
    return rule.sentence.format(
        word=word,
        exact=figure.exact,
        label=figure.indicator,
        stage="、".join(taxonomy().word("stage", stage) for stage in stages),
    )
