"""What stands in the way of a text: gaps, words that no value bears out, numbers typed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from qingce.league.access.reach import Reach
from qingce.reports.writing.drawing import Drawing
from qingce.reports.writing.models import Draft, Paragraph
from qingce.reports.writing.offers import Offer, offers
from qingce.reports.writing.runs import MARKED, Piece
from qingce.reports.writing.typed import Typed, typed_numbers
from qingce.reports.writing.wording import clashes


@dataclass(frozen=True)
class Finding:
    """One thing to look at, in one paragraph."""

    sort: str  # gap, wording, typed, override, named
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
    said_to_be_none = [
        Finding("named", paragraph.pk, _no_figure(one.text, one.piece.by), False)
        for one in told
        if one.piece.sort == "named" and one.piece.by
    ]
    typed = _typed(drawing.draft, paragraph, reach)
    return [*gaps, *words, *typed, *overridden, *said_to_be_none]


def _no_figure(text: str, by: str) -> str:
    return _("“%(text)s” is no figure, says %(by)s.") % {"text": text, "by": by}


def _overridden(text: str, remark: str) -> str:
    return f"“{text}” {remark}"


def _typed(draft: Draft, paragraph: Paragraph, reach: Reach) -> Iterator[Finding]:
    text = _words(paragraph)
    for number, place in _by_piece(paragraph):
        likely = offers(number, text, draft.unit, draft.period_asked, reach)
        sentence = _("“%s” is typed by hand: no record stands behind it.") % number.raw
        yield Finding("typed", paragraph.pk, sentence, True, number, place, likely)


def typed_by_hand(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The numbers for which nobody has said where they come from."""
    return [number.raw for one in paragraphs for number, _place in _by_piece(one)]


def _by_piece(paragraph: Paragraph) -> Iterator[tuple[Typed, int]]:
    """Each number typed in plain words, and which piece of the paragraph it stands in."""
    numbers = typed_numbers(_words(paragraph))
    at = 0
    for place, piece in enumerate(paragraph.pieces):
        end = at + len(_shown(piece))
        if piece.sort == "words":
            yield from ((number, place) for number in numbers if at <= number.start and number.end <= end)
        at = end


def _words(paragraph: Paragraph) -> str:
    """The paragraph as words alone: what stands there alive leaves a blank."""
    return "".join(_shown(piece) for piece in paragraph.pieces)


def _shown(piece: Piece) -> str:
    return piece.text if piece.sort in {"words", *MARKED} else "\u3000"
