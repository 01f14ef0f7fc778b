"""A draft drawn: every live piece asked anew, all at once, and the text as it then reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from qingce.figures.indicators import batch
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.question import Question
from qingce.figures.indicators.sight import Sight
from qingce.foundation.words import chinese
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import Unit, tree_held_still
from qingce.ledger.periods import Period
from qingce.reports.document import Run
from qingce.reports.facts import NOTHING, Fact, Finding, find
from qingce.reports.outline import outlines
from qingce.reports.tables import Grid, is_unknown
from qingce.reports.writing.forms_of_figures import COMPARED, said
from qingce.reports.writing.models import Draft, Paragraph, Role
from qingce.reports.writing.runs import Piece
from qingce.reports.writing.tabled import TABLE, table_of
from qingce.reports.writing.values import fill

COMPLETE = Decimal(1)
Key = tuple[str, str, str]  # indicator, unit, period


@dataclass(frozen=True)
class Said:
    """A piece as it reads now."""

    piece: Piece
    text: str
    address: str = ""  # of the drawer, or of the record behind a fact
    gap: str = ""  # what is still to be settled
    value: Decimal | None = None
    key: Key | None = None
    record: str = ""
    rows: tuple[tuple[Said, ...], ...] = ()  # of a table, its columns' names first

    @property
    def tone(self) -> str:
        if self.gap:
            return "warn"
        return "stated" if self.piece.override or self.piece.sort == "stated" else ""

    @property
    def remark(self) -> str:
        """Who says so, where it is not the ledger."""
        piece = self.piece
        if piece.override:
            told = {"because": piece.because, "by": piece.by}
            return _("Written otherwise by %(by)s: %(because)s") % told
        if piece.sort == "stated":
            return _("Stated by hand by %(by)s: %(because)s") % {"because": piece.because, "by": piece.by}
        return ""


class Drawing:
    """The paragraphs given, as one reader sees them."""

    def __init__(self, draft: Draft, paragraphs: Sequence[Paragraph], reach: Reach | None = None) -> None:
        self.draft = draft
        self.paragraphs = paragraphs
        self.reach = reach

    @cached_property
    def of_paragraph(self) -> dict[int, list[Said]]:
        """What each paragraph says, by its key."""
        with tree_held_still():
            return {one.pk: [self.say(piece) for piece in one.pieces] for one in self.paragraphs}

    def text(self, paragraph: Paragraph) -> str:
        return "".join(one.text for one in self.of_paragraph[paragraph.pk])

    def says(self, paragraph: Paragraph) -> list[tuple[str, str]]:
        """What the paragraph says piece by piece, each with the code of its figure; a table cell by cell."""
        return [
            said
            for one in self.of_paragraph[paragraph.pk]
            for said in (_cells(one) if one.piece.sort == TABLE else [(one.text, one.piece.code)])
        ]

    def everything(self) -> Iterator[Said]:
        for told in self.of_paragraph.values():
            yield from told

    @cached_property
    def gaps(self) -> list[str]:
        return [one.gap for one in self.everything() if one.gap]

    def say(self, piece: Piece) -> Said:
        if piece.sort in {"figure", "all"}:
            return self._figure(piece)
        if piece.sort == "fact":
            return self._fact(piece)
        if piece.sort == "gap":
            return _gap(piece, piece.text)
        if piece.sort == TABLE:
            return self._table(piece)
        return Said(piece, piece.text)

    def key(self, piece: Piece) -> Key:
        return (piece.code, piece.unit or self.draft.unit.code, piece.period or self.draft.period)

    # Asked at once

    @cached_property
    def figures(self) -> dict[Key, Figure]:
        """Every figure that the paragraphs speak of."""
        return self._asked[0]

    @cached_property
    def before(self) -> dict[Key, Figure]:
        """The same period of last year, for those compared with it."""
        return self._asked[1]

    @cached_property
    def grids(self) -> dict[Piece, Grid]:
        """The tables of the paragraphs."""
        return self._asked[2]

    @cached_property
    def _asked(self) -> tuple[dict[Key, Figure], dict[Key, Figure], dict[Piece, Grid]]:
        """All of them, asked in one go."""
        live = [one for piece in self._pieces() for one in _asked_by(piece)]
        keys = {self.key(piece): None for piece in live if piece.code in indicators()}
        units = self._units({unit for _code, unit, _period in keys})
        found = {
            key: Figure(indicators()[key[0]], units[key[1]], Period.parse(key[2]))
            for key in keys
            if key[1] in units
        }
        compared = {self.key(piece) for piece in live if piece.form in COMPARED}
        before = {key: found[key].last_year() for key in compared & found.keys()}
        own = (self.draft.unit.code, self.draft.period)
        fill([one for key, one in found.items() if key[1:] == own], self.draft.unit, self.draft.period_asked)
        grids = {piece: self._grid(piece, found) for piece in self._pieces() if piece.sort == TABLE}
        others = [one for grid in grids.values() for one in grid.others]
        batch.evaluate([*(one for key, one in found.items() if key[1:] != own), *before.values(), *others])
        return found, before, grids

    def _grid(self, piece: Piece, found: dict[Key, Figure]) -> Grid:
        unit, period = self.draft.unit, self.draft.period_asked
        table = table_of(piece, facts())
        figures = {code: found[(code, unit.code, self.draft.period)] for code in table.codes}
        return Grid(table, unit, period, figures, facts(), self._covers)

    def _covers(self, figure: Figure) -> bool:
        return self._is_covered((figure.indicator.code, figure.unit.code, figure.period.code), figure)

    def _pieces(self) -> Iterator[Piece]:
        for paragraph in self.paragraphs:
            yield from paragraph.pieces

    def _units(self, codes: set[str]) -> dict[str, Unit]:
        own = self.draft.unit
        others = codes - {own.code}
        found = Unit.objects.in_bulk(others, field_name="code") if others else {}
        return {own.code: own, **found}

    @cached_property
    def findings(self) -> dict[str, Finding]:
        unit, period = self.draft.unit, self.draft.period_asked
        asked = {piece.code for piece in self._pieces() if piece.sort == "fact"}
        return {code: find(facts()[code], unit, period) for code in sorted(asked & facts().keys())}

    # One piece

    def _figure(self, piece: Piece) -> Said:
        key = self.key(piece)
        figure = self.figures.get(key)
        if figure is None:
            return _gap(piece, _("%s: the catalogue no longer knows it") % piece.code)
        label = str(figure.indicator)
        address = Question(figure.unit, figure.period).address("figure", piece.code)
        if self._is_covered(key, figure):
            return _gap(piece, _("%s: a small number of a sensitive matter") % label, address, key)
        text = self._claim(piece, figure) if piece.sort == "all" else self._written(piece, figure, key)
        if piece.override:
            text = piece.override
        elif is_unknown(figure) or text == "—":
            return _gap(piece, label, address, key)
        return Said(piece, text, address, value=figure.told, key=key)

    def _is_covered(self, key: Key, figure: Figure) -> bool:
        """A small number of a sensitive matter, unless the outline itself makes it public."""
        if self.reach is None or (
            key[1:] == (self.draft.unit.code, self.draft.period) and key[0] in self._public
        ):
            return False
        return Sight(self.reach).covers(figure)

    @cached_property
    def _public(self) -> set[str]:
        return set(self.draft.plan.codes()) if self.draft.plan else set()

    def _written(self, piece: Piece, figure: Figure, key: Key) -> str:
        return said(figure, piece.form, self.before.get(key))

    def _table(self, piece: Piece) -> Said:
        """Drawn as a whole; each of its numbers opens the figure of this unit and period."""
        grid = self.grids[piece]
        rows = tuple(tuple(self._cell(run) for run in row) for row in grid.rows)
        return Said(piece, piece.text, gap=grid.missing, rows=rows)

    def _cell(self, run: Run) -> Said:
        if not run.figure:
            address = f"/records/{run.record}/" if run.record else ""
            return Said(
                Piece(text=run.text), run.text, address, gap=run.text if run.gap else "", record=run.record
            )
        piece = Piece("figure", code=run.figure)
        unit, period = self.draft.unit, self.draft.period_asked
        return Said(
            piece, run.text, Question(unit, period).address("figure", run.figure), key=self.key(piece)
        )

    def _claim(self, piece: Piece, figure: Figure) -> str:
        """Words of completeness when the rate is whole; otherwise other words, and the rate."""
        whole = figure.told is not None and figure.told >= COMPLETE
        return piece.text if whole else f"{piece.otherwise}（{figure.in_form('percent')}）"

    def _fact(self, piece: Piece) -> Said:
        found = self.findings.get(piece.code, NOTHING)
        if not found.rows:
            return _gap(piece, str(facts().get(piece.code, piece.code)))
        address = f"/records/{found.record}/" if found.record else ""
        return Said(piece, piece.text or found.words, address, record=found.record)


def _asked_by(piece: Piece) -> list[Piece]:
    """The figures that a piece speaks of."""
    if piece.sort == TABLE:
        return [Piece("figure", code=code) for code in table_of(piece, facts()).codes]
    return [piece] if piece.sort in {"figure", "all"} else []


def _cells(table: Said) -> Iterator[tuple[str, str]]:
    yield table.text, ""
    for row in table.rows:
        for place, cell in enumerate(row):
            yield ("　" if place else "\n"), ""
            yield cell.text, cell.piece.code


def facts() -> dict[str, Fact]:
    """Every fact of the catalogue; each outline knows them all."""
    outline = next(iter(outlines().values()), None)
    return dict(outline.facts) if outline else {}


def _gap(piece: Piece, label: str, address: str = "", key: Key | None = None) -> Said:
    return Said(piece, _("[To be settled: %s]") % label, address, gap=label, key=key)


def numerals(paragraphs: Iterable[Paragraph]) -> dict[int, str]:
    """What stands before each heading and item, by their order."""
    counts: dict[str, int] = {}
    found = {}
    for one in paragraphs:
        counts[one.role] = counts.get(one.role, 0) + 1
        for lower in BENEATH.get(one.role, ()):
            counts[lower] = 0
        found[one.pk] = _numeral(one.role, counts[one.role])
    return found


BENEATH: dict[str, tuple[Role, ...]] = {
    Role.CHAPTER: (Role.POINT, Role.ITEM),
    Role.HEADING: (Role.POINT, Role.ITEM),
    Role.POINT: (Role.ITEM,),
}


def _numeral(role: str, count: int) -> str:
    if role == Role.CHAPTER:
        return f"{chinese(count)}、"
    if role == Role.POINT:
        return f"（{chinese(count)}）"
    return f"{count}." if role == Role.ITEM else ""
