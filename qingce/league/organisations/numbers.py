"""Development numbers: what is wrong with one, by the rules of the day of joining."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from qingce.league.rules.rulings import Ruling, Rulings

if TYPE_CHECKING:
    from qingce.league.organisations.models import Unit

SHAPE = (
    "development_number_year_digits",
    "development_number_province_digits",
    "development_number_serial_digits",
)
REQUIRED = ("development_number_required", "development_number_required_xinjiang")


class Shape(NamedTuple):
    """How many digits of a development number tell the year, the province, and the place in the row."""

    year: int
    province: int
    serial: int

    @property
    def length(self) -> int:
        return self.year + self.province + self.serial


def shape_on(day: dt.date, *, rulings: Rulings | None = None) -> Shape:
    """The shape of a number by the rules of a day."""
    book = rulings or Rulings()
    return Shape(*(int(book.ruling(code, on=day).value or 0) for code in SHAPE))


def card_number_problem(
    number: str, joined: dt.date, *, unit: Unit | None = None, rulings: Rulings | None = None
) -> str:
    """What is unusual about the number of a membership card; else nothing."""
    said = (rulings or Rulings()).ruling("card_number_digits", on=joined, unit=unit)
    if not said.holds or (number.isdigit() and said.allows(len(number))):
        return ""
    return said.refusal(_("The number of the membership card is not of the usual form; look at the card."))


def number_problem(
    number: str, joined: dt.date, *, unit: Unit | None = None, rulings: Rulings | None = None
) -> str:
    """What is wrong with the number of somebody who joined on a day; else nothing."""
    if not number.isascii() or not number.isdigit():
        return _("A development number consists of digits only.")
    book = rulings or Rulings()
    return _early(number, joined, unit, book) or _modern(number, joined, unit, book)


def missing_number_problem(
    joined: dt.date, *, unit: Unit | None = None, rulings: Rulings | None = None
) -> str:
    """The sentence for who joined on a day that demands a number and has none; else nothing."""
    book = rulings or Rulings()
    for code in REQUIRED:
        said = book.ruling(code, on=joined, unit=unit)
        if said.blocks:
            return said.refusal(_("Who joined then has a development number; fill it in."))
    return ""


def _early(number: str, joined: dt.date, unit: Unit | None, book: Rulings) -> str:
    """Where the rule of early numbers holds, only their beginning is fixed."""
    said = book.ruling("development_number_old_digits_least", on=joined, unit=unit)
    if said.holds and not (said.allows(len(number)) and number.startswith(str(joined.year))):
        return said.refusal(
            _("A development number from before 2017 begins with the year of joining, %d.") % joined.year
        )
    return ""


def _modern(number: str, joined: dt.date, unit: Unit | None, book: Rulings) -> str:
    said = book.ruling("development_number_digits", on=joined, unit=unit)
    if not said.holds or _is_legacy(number, joined, unit, book):
        return ""
    if not said.allows(len(number)):
        return said.refusal(
            _("A development number has %(due)d digits, this one has %(has)d.")
            % {"due": said.value, "has": len(number)}
        )
    return _of_another_year(number, joined, unit, book)


def _is_legacy(number: str, joined: dt.date, unit: Unit | None, book: Rulings) -> bool:
    """A longer number of a province that had such, where a body says that it is one of them."""
    said = book.ruling("development_number_legacy_digits", on=joined, unit=unit)
    return said.blocks and said.allows(len(number)) and number.startswith(str(joined.year))


def _of_another_year(number: str, joined: dt.date, unit: Unit | None, book: Rulings) -> str:
    year = int(number[: shape_on(joined, rulings=book).year])
    if year == joined.year:
        return ""
    exchanged: Ruling = book.ruling("development_number_interchangeable", on=joined, unit=unit)
    if exchanged.holds and exchanged.allows(year):
        return ""
    said = book.ruling("development_number_year_matches", on=joined, unit=unit)
    return said.refusal(
        _("The development number says %(said)s, but the member joined in %(year)d; compare both.")
        % {"said": number[:4], "year": joined.year}
    )
