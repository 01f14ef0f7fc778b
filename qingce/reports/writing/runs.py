"""The text of a paragraph as structured pieces: words, live figures, facts, numbers with a source.

Never HTML. In JSON a piece is an object that names its sort and what differs from the default; in the
plain form a piece other than words stands in double braces, as in the outlines of the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused

SLOT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
LONGEST = 4000  # characters of one paragraph
AT_MOST = 200  # pieces of one paragraph
MARKED = {"stated", "named"}  # sorts of words that may hold digits
LIVE = {"figure", "all", "fact"}


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph; which fields mean something depends on `sort`."""

    sort: str = "words"  # words, stated, named, figure, fact, all, gap, table
    text: str = ""  # the words; of a fact or claim, what is said when it holds; of a gap, its label
    code: str = ""  # of an indicator or fact; of a table, what its rows are
    codes: str = ""  # of a table: its indicators or its fact, apart by blanks
    form: str = ""  # of a figure; empty: the indicator's own
    unit: str = ""  # code; empty: the document's own
    period: str = ""  # code; empty: the document's own
    override: str = ""  # what the text says instead of the value
    because: str = ""  # why it is overridden; of a stated number, the paper behind it
    otherwise: str = (
        ""  # of a claim of completeness, what is said when it does not hold; of a table, its column
    )
    by: str = ""  # who stated or overrode it

    def stored(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value and value != "words"} or {
            "text": ""
        }


NAMES = {one.name for one in fields(Piece)}
SORTS = {"words", "gap", "table", *MARKED, *LIVE}
Pieces = tuple[Piece, ...]


def stored(pieces: Iterable[Piece]) -> list[dict[str, str]]:
    return [piece.stored() for piece in pieces]


def read_back(runs: Any) -> Pieces:
    """Pieces from JSON; Refused when it is not what the writer sends."""
    if not isinstance(runs, list) or len(runs) > AT_MOST:
        raise Refused(_("This text cannot be read. Load the page again."))
    pieces = tidy(_read(run) for run in runs)
    if sum(len(piece.text) for piece in pieces) > LONGEST:
        raise Refused(_("A paragraph holds at most %d characters. Divide it in two.") % LONGEST)
    return pieces


def _read(run: Any) -> Piece:
    known = isinstance(run, dict) and set(run) <= NAMES and all(isinstance(one, str) for one in run.values())
    if not known or run.get("sort", "words") not in SORTS:
        raise Refused(_("This text cannot be read. Load the page again."))
    return Piece(**run)


def tidy(pieces: Iterable[Piece]) -> Pieces:
    """Words that stand side by side made one, empty words left out, line breaks made blanks."""
    tidied: list[Piece] = []
    for piece in pieces:
        if piece.sort in {"words", *MARKED}:
            piece = replace(piece, text=re.sub(r"[\r\n\t]+", " ", piece.text))
            if not piece.text:
                continue
        if tidied and piece.sort == "words" == tidied[-1].sort:
            tidied[-1] = replace(piece, text=tidied[-1].text + piece.text)
        else:
            tidied.append(piece)
    return tuple(tidied)


# The plain form


def in_braces(pieces: Iterable[Piece]) -> str:
    """The paragraph for a plain text field, every piece other than words in double braces."""
    return "".join(piece.text if piece.sort == "words" else _braced(piece) for piece in pieces)


def _braced(piece: Piece) -> str:
    head = piece.code if piece.sort == "figure" else f"{piece.sort}:{piece.code or _safe(piece.text)}"
    parts = [head]
    if piece.sort == "figure":
        named = {"unit": piece.unit, "period": piece.period, "as": piece.override, "because": piece.because}
        parts += [piece.form] if piece.form else []
        parts += [f"{name}={_safe(value)}" for name, value in named.items() if value]
    elif piece.sort == "table":
        parts += [piece.codes, _safe(piece.text), _safe(piece.otherwise)]
    elif piece.sort in {"fact", "all"}:
        parts += [_safe(one) for one in (piece.text, piece.otherwise) if one]
    elif piece.sort == "stated":
        parts.append(_safe(piece.because))
    return "{{" + "|".join(parts) + "}}"


def _safe(text: str) -> str:
    """`text` without the signs that divide a slot."""
    return text.translate(str.maketrans("|{}", "｜｛｝"))


def from_braces(text: str) -> Pieces:
    """Pieces from a plain text field; Refused names the slot that cannot be understood."""
    parts = SLOT.split(text)
    return tidy(Piece(text=part) if place % 2 == 0 else _slot(part) for place, part in enumerate(parts))


def _slot(said: str) -> Piece:
    head, *rest = [part.strip() for part in said.split("|")]
    sort, colon, code = head.partition(":")
    if not colon:
        return _figure(head, rest, said)
    words = [*rest, "", "", ""]
    if sort == "table":
        return Piece(sort, words[1], code=code, codes=words[0], otherwise=words[2])
    if sort in {"fact", "all"}:
        return Piece(sort, words[0], code=code, otherwise=words[1])
    if sort == "stated":
        return Piece(sort, code, because=words[0])
    if sort in {"named", "gap"}:
        return Piece(sort, code)
    raise Refused(
        _("“%s” in double braces is not known. Write the code of a figure there, or code|form.") % said
    )


def _figure(code: str, rest: list[str], said: str) -> Piece:
    piece = Piece("figure", code=code)
    names = {"unit": "unit", "period": "period", "as": "override", "because": "because"}
    for part in rest:
        name, equals, value = part.partition("=")
        if equals and name not in names:
            raise Refused(_("“%(name)s” in “%(slot)s” is not known.") % {"name": name, "slot": said})
        piece = replace(piece, **({names[name]: value} if equals else {"form": part}))
    return piece
