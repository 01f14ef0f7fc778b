"""What stands in the way of a text: gaps, words that no value bears out, numbers typed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from qingce.league.access.reach import Reach
from qingce.reports.writing.drawing import Drawing
from qingce.reports.writing.models import Draft, Paragraph
from qingce.reports.writing.offers import Offer, offers
from qingce.reports.writing.typed import Typed, typed_numbers
from qingce.reports.writing.wording import clashes


@dataclass(frozen=True)
class Finding:
    """One thing to look at, in one paragraph."""

    sort: str  # gap, wording, typed, override
    paragraph: int
    sentence: str
    blocks: bool  # whether the document cannot be issued so
    typed: Typed | None = None
    piece: int = 0  # of a typed number: which piece of the paragraph it stands in
    offers: Sequence[Offer] = field(default_factory=tuple)


def findings(drawing: Drawing, reach: Reach) -> list[Finding]:
    """Everything to look at in the paragraphs drawn, in reading order."""
    return [finding for one in drawing.paragraphs for finding in findings_of(drawing, one, reach)]


def findings_of(drawing: Drawing, paragraph: Paragraph, reach: Reach) -> list[Finding]:
    told = drawing.of_paragraph[paragraph.pk]
    gaps = [Finding("gap", paragraph.pk, _("To be settled: %s") % one.gap, True) for one in told if one.gap]
    words = [
        Finding("wording", paragraph.pk, clash.sentence, clash.strict)
        for clash in clashes(drawing, paragraph)
    ]
    overridden = [
        Finding("override", paragraph.pk, _overridden(one.text, one.remark), False)
        for one in told
        if one.piece.override
    ]
    return [*gaps, *words, *_typed(drawing.draft, paragraph, reach), *overridden]


def _overridden(text: str, remark: str) -> str:
    return f"“{text}” {remark}"


def _typed(draft: Draft, paragraph: Paragraph, reach: Reach) -> Iterator[Finding]:
    text = "".join(piece.text if piece.sort == "words" else "　" for piece in paragraph.pieces)
    at = 0
    for place, piece in enumerate(paragraph.pieces):
        if piece.sort != "words":
            at += 1
            continue
        for number in typed_numbers(piece.text):
            whole = Typed(
                at + number.start, at + number.end, number.raw, number.value, number.more, number.unit
            )
            likely = offers(whole, text, draft.unit, draft.period_asked, reach)
            sentence = _("“%s” is typed by hand: no record stands behind it.") % number.raw
            yield Finding("typed", paragraph.pk, sentence, True, number, place, likely)
        at += len(piece.text)


def typed_by_hand(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The numbers for which nobody has said where they come from."""
    return [
        number.raw
        for one in paragraphs
        for piece in one.pieces
        if piece.sort == "words"
        for number in typed_numbers(piece.text)
    ]
