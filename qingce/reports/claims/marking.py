"""A checked text as a page shows it: paragraphs of runs, each figure with its verdict and where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.figures.indicators.display import number as plainly
from qingce.reports.claims.checking import AGREES, DIFFERS, NO_INDICATOR, NOT_A_CLAIM, Checked, Judged
from qingce.reports.claims.text import ENUMERATOR, Span
from qingce.reports.claims.vocabulary import vocabulary

SHORT = 40


@dataclass(frozen=True)
class Run:
    """A stretch of text; with `mark` a figure."""

    text: str
    mark: str = ""
    address: str = ""
    title: str = ""
    name: str = ""


@dataclass(frozen=True)
class Paragraph:
    role: str  # title, chapter, text
    runs: tuple[Run, ...]


def paragraphs(checked: Checked) -> list[Paragraph]:
    """The text line by line, figures marked."""
    text = checked.reading.text
    lines = [line for line in text.lines if text.written[line.start : line.end].strip()]
    return [
        Paragraph(
            _role(text.written[line.start : line.end], first=line is lines[0]), tuple(_runs(checked, line))
        )
        for line in lines
    ]


def _role(said: str, *, first: bool) -> str:
    short = len(said.strip()) <= SHORT and said.strip()[-1:] not in "。；;:：，"
    if first and short:
        return "title"
    return "chapter" if short and ENUMERATOR.match(said.replace("（", "(").replace("）", ")")) else "text"


def _runs(checked: Checked, line: Span) -> Iterator[Run]:
    written = checked.reading.text.written
    place = line.start
    for number, one in enumerate(checked.judged, 1):
        claim = one.claim
        if claim.start < place or claim.end > line.end:
            continue
        if claim.start > place:
            yield Run(written[place : claim.start])
        yield Run(
            written[claim.start : claim.end], one.verdict, _address(one, number), explained(one), f"f{number}"
        )
        place = claim.end
    if place < line.end:
        yield Run(written[place : line.end])


def _address(one: Judged, number: int) -> str:
    return one.address or f"#n{number}"


def explained(one: Judged) -> str:
    """What stands behind a mark, in one sentence."""
    if one.claim.upper is not None and one.verdict in {AGREES, DIFFERS}:
        return _explained_range(one, one.claim.value or Decimal(0), one.claim.upper)
    if one.verdict == AGREES:
        return _("%(figure)s: the ledger has %(value)s.") % {"figure": one.indicator, "value": one.stated}
    if one.verdict == DIFFERS:
        said = _("%(figure)s: the text says %(said)s, the ledger has %(value)s.")
        return said % {"figure": one.indicator, "said": one.claim.raw, "value": one.stated}
    return one.reason


def _explained_range(one: Judged, low: Decimal, high: Decimal) -> str:
    ends = {"low": plainly(low), "high": plainly(high)}
    named = {"figure": one.indicator, "value": one.stated}
    if one.verdict == AGREES:
        return _("%(figure)s: the ledger has %(value)s, between %(low)s and %(high)s.") % {**named, **ends}
    said = _("%(figure)s: the text says from %(low)s to %(high)s, the ledger has %(value)s.")
    return said % {**named, **ends}


LABELS = {
    AGREES: gettext_lazy("agrees"),
    DIFFERS: gettext_lazy("differs"),
    NO_INDICATOR: gettext_lazy("not in the ledger"),
    NOT_A_CLAIM: gettext_lazy("left aside"),
}


def rows(checked: Checked) -> list[dict[str, Any]]:
    """Every number of the text with its place in the list."""
    kinds = vocabulary().kinds
    return [
        {
            "number": number,
            "judged": one,
            "kind": kinds.get(one.claim.system, ""),
            "label": LABELS[one.verdict],
        }
        for number, one in enumerate(checked.judged, 1)
    ]


def legend(checked: Checked) -> list[tuple[str, str, int]]:
    return [(verdict, str(label), checked.counts[verdict]) for verdict, label in LABELS.items()]
