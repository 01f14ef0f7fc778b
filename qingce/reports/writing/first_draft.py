"""The first draft in one click: the outline's headings and sentences, with live figures in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.reports import outline as plans
from qingce.reports.compose import settings_of
from qingce.reports.outline import Outline, Section, Slot, Table
from qingce.reports.writing.models import Role
from qingce.reports.writing.runs import Piece, Pieces, tidy
from qingce.reports.writing.tabled import piece_of
from qingce.reports.writing.typed import typed_numbers

Lines = Iterator[tuple[str, Pieces]]


def first_draft(outline: Outline, unit: Unit, period: Period) -> list[tuple[str, Pieces]]:
    """Role and pieces of every paragraph, in order."""
    return list(_lines(outline, settings_of(outline, unit, period)))


def headings_only(outline: Outline, unit: Unit, period: Period) -> list[tuple[str, Pieces]]:
    """The outline's headings with an empty paragraph under each, for those who write by themselves."""
    kept = []
    for role, pieces in first_draft(outline, unit, period):
        if role not in {Role.TEXT, Role.OPENING, Role.ITEM}:
            kept.append((role, pieces))
        if role in {Role.POINT, Role.OPENING}:
            kept.append((str(Role.OPENING if role == Role.OPENING else Role.TEXT), ()))
    return kept


def _lines(outline: Outline, settings: Mapping[str, str]) -> Lines:
    for line in outline.title:
        yield Role.TITLE, _pieces((line,), settings)
    if outline.subtitle:
        yield Role.SUBTITLE, _pieces((outline.subtitle,), settings)
    yield from _each(Role.OPENING, outline.opening, settings)
    yield from _each(Role.ITEM, outline.items, settings)
    yield from _tables(outline.tables, settings)
    for chapter in outline.chapters:
        yield Role.CHAPTER, _pieces((chapter.heading,), settings)
        yield from _under(chapter, settings)
    if outline.plan:
        yield Role.HEADING, _pieces((outline.plan.heading,), settings)
        yield from _under(outline.plan, settings)
    yield from _each(Role.CLOSING, outline.closing, settings)


def _under(section: Section, settings: Mapping[str, str]) -> Lines:
    yield from _each(Role.TEXT, section.paragraphs, settings)
    yield from _each(Role.ITEM, section.items, settings)
    yield from _tables(section.tables, settings)
    for point in section.points:
        yield Role.POINT, _pieces((point.heading,), settings)
        yield from _each(Role.TEXT, point.paragraphs, settings)
        yield from _each(Role.ITEM, point.items, settings)
        yield from _tables(point.tables, settings)


def _each(role: Role, paragraphs: tuple[plans.Pieces, ...], settings: Mapping[str, str]) -> Lines:
    for pieces in paragraphs:
        yield role, _pieces(pieces, settings)


def _tables(tables: tuple[Table, ...], settings: Mapping[str, str]) -> Lines:
    for table in tables:
        yield Role.TABLE, (piece_of(table, table.caption.format_map(settings)),)


def _pieces(pieces: plans.Pieces, settings: Mapping[str, str]) -> Pieces:
    found: list[Piece] = []
    for piece in pieces:
        found += [_slot(piece, settings)] if isinstance(piece, Slot) else _words(piece.format_map(settings))
    return tidy(found)


def _words(text: str) -> Iterator[Piece]:
    """Digits that the catalogue's own words hold are names and years: it types no figure."""
    at = 0
    for number in typed_numbers(text):
        yield Piece(text=text[at : number.start])
        yield Piece("named", text[number.start : number.end])
        at = number.end
    yield Piece(text=text[at:])


def _slot(slot: Slot, settings: Mapping[str, str]) -> Piece:
    words, otherwise = slot.words.format_map(settings), slot.otherwise.format_map(settings)
    return Piece(slot.sort, words, code=slot.code, form=slot.form, otherwise=otherwise)
