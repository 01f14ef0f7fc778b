"""What may be saved in a paragraph, and who answers for what the ledger did not say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.figures.indicators.definitions import indicators
from qingce.foundation.refusals import Refused
from qingce.league.access.reach import Reach
from qingce.ledger.periods import Period
from qingce.reports.writing.drawing import facts
from qingce.reports.writing.forms_of_figures import LABELS
from qingce.reports.writing.models import Paragraph, Role
from qingce.reports.writing.runs import LIVE, MARKED, Piece, Pieces
from qingce.reports.writing.tabled import TABLE, admit_table, refuse_mixed
from qingce.reports.writing.typed import typed_numbers

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


def admit(pieces: Pieces, paragraph: Paragraph, reach: Reach) -> None:
    """Refuse what nothing can be drawn from: unknown figures, units out of reach, unexplained numbers."""
    refuse_mixed(pieces, is_table=paragraph.role == Role.TABLE)
    for piece in pieces:
        if piece.sort == TABLE:
            admit_table(piece, facts())
        if piece.sort in LIVE:
            _live(piece, paragraph, reach)
        if piece.sort == "stated" and not piece.because.strip():
            raise Refused(_("“%s” is stated by hand: say which paper it comes from.") % piece.text)
        if piece.sort in LIVE and bool(piece.override.strip()) != bool(piece.because.strip()):
            raise Refused(_("Whoever writes another value says why; both are kept with the document."))


def _live(piece: Piece, paragraph: Paragraph, reach: Reach) -> None:
    known = facts() if piece.sort == "fact" else indicators()
    if piece.code not in known:
        raise Refused(_("There is no figure “%s” in the catalogue.") % piece.code)
    if piece.form and piece.form not in LABELS:
        raise Refused(_("A figure cannot be written as “%s”.") % piece.form)
    if piece.period:
        Period.parse(piece.period)
    if piece.unit and reach.unit(piece.unit) is None:
        raise Refused(_("No unit within your reach is called so."))
    typed = typed_numbers(piece.text + piece.otherwise)
    if typed and piece not in paragraph.pieces:
        raise Refused(_("“%s” is typed by hand: no record stands behind it.") % typed[0].raw)


def signed(pieces: Pieces, before: Pieces, by: User) -> Pieces:
    """Who stated or overrode something, or said that digits are no figure, is the one who saved it first."""
    said = {replace(piece, by=""): piece.by for piece in before if _is_signed(piece)}
    return tuple(
        replace(piece, by=said.get(replace(piece, by=""), str(by)) if _is_signed(piece) else "")
        for piece in pieces
    )


def _is_signed(piece: Piece) -> bool:
    return piece.sort in MARKED or bool(piece.override)
