"""Which indicator a claim speaks of: the kind of work, the measure word and the words near it decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qingce.figures.indicators.definitions import Indicator, indicators
from qingce.reports.claims.reading import Claim, Reading
from qingce.reports.claims.vocabulary import Tie, Vocabulary, vocabulary

NEAR, SENTENCE, PARAGRAPH = 2.0, 1.0, 0.3
LEANING, FURTHER, BY_LABEL = 0.4, 0.4, 1.5
STOPS = tuple(",、。;:!?()\n ")
# people, money and rates may follow a figure that named the work; sessions and things name their own
FOLLOWS = dict.fromkeys(("人次", "名", "人", "位", "元", "%", "小时", "课时"), True)
UNTIED = ("change", "scope")  # growth and places are no figure of the ledger by themselves


@dataclass(frozen=True)
class Around:
    """What is said near a claim, in its sentence and in its paragraph before it."""

    near: str
    sentence: str
    paragraph: str

    def heard(self, words: Sequence[str]) -> float:
        """How near one of the words stands; nought when none does."""
        for said, weight in ((self.near, NEAR), (self.sentence, SENTENCE), (self.paragraph, PARAGRAPH)):
            if any(word in said for word in words):
                return weight
        return 0.0


def tied(reading: Reading, words: Vocabulary | None = None) -> dict[Claim, Indicator]:
    """The indicator of every claim that has one."""
    words = words or vocabulary()
    found = {}
    counted = reading.countable
    for claim, before, after in zip(counted, [None, *counted], [*counted[1:], None], strict=False):
        indicator = _indicator(claim, around(reading, claim, before, after), words)
        if indicator is not None:
            found[claim] = indicator
    return found


def around(reading: Reading, claim: Claim, before: Claim | None, after: Claim | None) -> Around:
    text = reading.text
    sentence, line = text.sentence(claim.start), text.line(claim.start)
    left = max(sentence.start, _left(reading, claim, before))
    right = _right(reading, claim, after)
    return Around(
        near=text.read[left : claim.start] + "…" + text.read[claim.end : right],
        sentence=text.read[sentence.start : right],
        paragraph=text.read[line.start : sentence.start],
    )


def _left(reading: Reading, claim: Claim, before: Claim | None) -> int:
    """Where what is said of this claim begins: after the last figure and the thing that it counted."""
    if before is None:
        return 0
    clause = reading.text.clause(before.start)
    counts_on = reading.text.read[before.end : before.end + 1] not in STOPS
    return clause.end if counts_on and clause.end < claim.start else before.end


def _right(reading: Reading, claim: Claim, after: Claim | None) -> int:
    """Where it ends: with the clause, or before the thing that the next figure counts."""
    text, end = reading.text, max(claim.end, reading.text.clause(claim.start).end)
    if after is None or after.start >= end:
        listed = text.read.find("、", claim.end, claim.end + 1)
        return claim.end if listed == claim.end else end
    cut = text.read.rfind("、", claim.end, after.start)
    return cut if cut >= claim.end else after.start


def _indicator(claim: Claim, said: Around, words: Vocabulary) -> Indicator | None:
    if claim.role in UNTIED:
        return None
    scores = {}
    for indicator in indicators().values():
        if (indicator.form == "rank") is not (claim.role == "rank"):
            continue
        tie = words.ties.get(indicator.code)
        score = _fits(claim, said, tie) if tie else _by_label(claim, said, indicator)
        if score:
            scores[indicator.code] = score
    best = max(scores, key=lambda code: scores[code], default=None)
    return indicators()[best] if best else None


def _fits(claim: Claim, said: Around, tie: Tie) -> float:
    """How well the words around a claim fit; nought when one that is needed is missing."""
    if claim.system not in tie.systems or claim.unit not in tie.units:
        return 0.0
    if any(word in said.near for word in tie.excluded):
        return 0.0
    heard = [said.heard(group) for group in tie.needed]
    follows = FOLLOWS.get(claim.unit, False) and claim.role != "subset"
    if not all(heard) or (max(heard) < NEAR and not follows):
        return 0.0
    further = FURTHER * (sum(weight == NEAR for weight in heard) - 1)
    return sum(heard) / len(heard) + further + LEANING * sum(word in said.near for word in tie.leaning)


def _by_label(claim: Claim, said: Around, indicator: Indicator) -> float:
    """An indicator without a stanza of its own is meant when its very name stands near."""
    fits = claim.unit == indicator.unit and claim.system == indicator.system
    return BY_LABEL if fits and indicator.label in said.near else 0.0
