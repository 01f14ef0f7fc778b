"""What one cell says: text, numbers, dates and identity numbers as people really type them.

Every function takes what the reader found in a cell and returns a value, or raises `Misread` with
the sentence for the person who filled the cell in. Identity and telephone numbers are never quoted.
"""

from __future__ import annotations

import datetime as dt
import decimal
import re
from typing import Any

from django.utils.translation import gettext as _
from stdnum.iso7064 import mod_11_2

EPOCH = dt.date(1899, 12, 30)  # day 0 of Excel's calendar
LAST_SERIAL = 109574  # 2199-12-31; larger whole numbers are read as 19990901
# As serials these are days of 1905 and 1906; whoever writes 2021 or 2021.05 as a number means the year.
YEARS = (1900, 2200)
EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number, the rest turns into noughts
# Beyond ten places a float tells of its own rounding, not of what was typed.
FLOAT_PLACES = 10

UNUSUAL = re.compile("[\u00a0\u200b-\u200f\u2028\u2029\u2060\u3000\ufeff\uff01-\uff5e\x00-\x1f]")
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{2}")
DATE = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?|(\d{4})(\d{2})")
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}-?[2-9]\d{6,7}(?:-\d{1,6})?")
ID_SHAPE = re.compile(r"\d{17}[\dX]")

# Full-width letters and digits become half-width; full-width punctuation is Chinese and stays.
ALPHANUMERIC = {
    full: full - 0xFEE0 for full in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
}
BLANKS = dict.fromkeys([0xA0, 0x3000, 0x2028, 0x2029, *range(32)], " ")
INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), 0x2060, 0xFEFF])
TIDY = {**ALPHANUMERIC, **BLANKS, **INVISIBLE}
LINES_KEPT = {code: to for code, to in TIDY.items() if code not in (9, 10, 13)}
EVERY_WIDTH = {**TIDY, **{full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}}

# What a clerk writes behind the same number, the longest word first. Hours and lessons, sessions and issues
# are not the same and stay apart.
ALIKE = {
    "人": ("人", "名", "位"),
    "名": ("名", "人", "位"),
    "人次": ("人次", "人", "名"),
    "次": ("场次", "次", "场"),
}

TEXT_MARKS = "'‘’`"  # set before a number so that the spreadsheet program keeps its digits

YES = frozenset({"是", "有", "√", "✓", "对", "y", "yes", "true", "1"})
NO = frozenset({"否", "无", "没有", "×", "✗", "不是", "n", "no", "false", "0"})


class Misread(ValueError):
    """A cell does not say what its column asks for; `str()` is the sentence."""


def text(value: Any) -> str:
    """One line of text without odd blanks; numbers and dates as they are written."""
    if value.__class__ is not str:
        return _written(value)
    if not UNUSUAL.search(value):
        return str(value.strip())
    return " ".join(str(value).translate(TIDY).split())


def lines(value: Any) -> str:
    """Text that may run over several lines."""
    if value.__class__ is not str:
        return _written(value)
    return str(value).replace("\r\n", "\n").translate(LINES_KEPT).strip()


def name(value: Any) -> str:
    """A person's name; blanks between Chinese characters are layout, not part of the name."""
    said = text(value)
    if said and (value.__class__ is not str or not any(character.isalpha() for character in said)):
        raise Misread(_("“%s” is not a name; perhaps the columns have shifted.") % said[:40])
    return said if said.isascii() else said.replace(" ", "")


def plain(value: Any) -> str:
    """Text with punctuation half-width too, as numbers, dates and codes need it."""
    if value.__class__ is not str:
        return _written(value)
    if not UNUSUAL.search(value):
        return str(value.strip())
    return str(value).translate(EVERY_WIDTH).strip()


def bare(said: str) -> str:
    """The same for words that differ only in width, blanks or capitals: “（3）班” and “(3) 班”."""
    return said.translate(EVERY_WIDTH).replace(" ", "").lower()


def date(value: Any, *, month_only: bool = False) -> dt.date | None:
    """A day; with `month_only`, a month alone stands for its first day."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _date_of_number(value, month_only)
    said = plain(value)
    return _date_of_text(said, month_only) if said else None


def whole(value: Any, unit: str = "") -> int | None:
    """A whole number; `unit` may follow it."""
    number = decimal_number(value, unit)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise Misread(_("“%s” should be a whole number.") % text(value))
    return int(number)


def decimal_number(value: Any, unit: str = "") -> decimal.Decimal | None:
    """An exact number, read with thousands separators and an optional unit, or one that means the same."""
    if value.__class__ is float or value.__class__ is int:
        return _decimal_of_number(value)
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        raise Misread(_("“%s” is not a number.") % _written(value))
    said = plain(value)
    if not said:
        return None
    digits = _without(unit, said).strip().replace(",", "").replace("，", "")
    try:
        number = decimal.Decimal(digits)
    except decimal.InvalidOperation:
        raise Misread(_not_a_number(said)) from None
    if not number.is_finite():
        raise Misread(_not_a_number(said))
    return number


def money(value: Any) -> decimal.Decimal | None:
    """An amount in yuan, also from “￥1,200元” and “1.2万元”."""
    if value.__class__ is not str:
        return decimal_number(value)
    said = plain(value).lstrip("¥￥").removesuffix("元").strip()
    if said.endswith("万"):
        myriads = decimal_number(said[:-1])
        return None if myriads is None else myriads * 10000
    return decimal_number(said)


def yes_no(value: Any) -> bool | None:
    said = plain(value).lower()
    if not said:
        return None
    if said in YES:
        return True
    if said in NO:
        return False
    raise Misread(_("“%s” should be 是 (yes) or 否 (no).") % said)


def id_number(value: Any) -> str | None:
    """A resident identity number of 18 places whose date of birth and check digit are right."""
    if value.__class__ is float and abs(value) >= EXACT:
        raise Misread(_shortened())
    said = plain(value).replace(" ", "").lstrip(TEXT_MARKS).upper()
    if not said:
        return None
    if ID_SHAPE.fullmatch(said):
        return _checked_id_number(said)
    if SCIENTIFIC.fullmatch(said):
        raise Misread(_shortened())
    if len(said) != 18:
        raise Misread(
            _("An identity number has 18 characters, this one has %(count)d.") % {"count": len(said)}
        )
    raise Misread(_("An identity number is 17 digits and one more digit or X; check the letters."))


def phone(value: Any) -> str | None:
    """A mobile or fixed telephone number, without blanks and country code."""
    said = plain(value).replace(" ", "").lstrip(TEXT_MARKS)
    if not said:
        return None
    if SCIENTIFIC.fullmatch(said):
        raise Misread(_shortened())
    said = said.removeprefix("+86").removeprefix("0086").replace("—", "-").replace("－", "-")
    if MOBILE.fullmatch(said.replace("-", "")):
        return said.replace("-", "")
    if LANDLINE.fullmatch(said):
        return said
    digits = sum(character.isdigit() for character in said)
    raise Misread(
        _("A mobile number has 11 digits, this one has %(count)d; a fixed line needs its area code.")
        % {"count": digits}
        if digits != 11
        else _("This is not a valid telephone number; check its digits.")
    )


def code(value: Any) -> str:
    """A code or number kept as text: 12.0 is “12”, and digits lost to rounding are refused."""
    if value.__class__ is float and abs(value) >= EXACT:
        raise Misread(_shortened())
    said = text(value)
    narrow = said.translate(EVERY_WIDTH).lstrip(TEXT_MARKS)
    if narrow.isascii():
        said = narrow  # with Chinese in it, it is a name, and its punctuation is Chinese too
    if said[:1].isdigit() and SCIENTIFIC.fullmatch(said):
        raise Misread(_shortened())
    return said


def _written(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        at_midnight = value.time() == dt.time()
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "minutes")
    if value is True or value is False:
        return str(value).upper()
    return "" if value is None else str(value)


def _date_of_number(value: float, month_only: bool) -> dt.date:
    if YEARS[0] <= value < YEARS[1]:
        # 2021.1 may have been January or, as 2021.10, October.
        raise Misread(
            _("“%s” is a number, not a day; write the whole date, like 2023-05-04.") % _written(value)
        )
    if value >= 1 and value <= LAST_SERIAL:
        return EPOCH + dt.timedelta(days=int(value))
    said = _written(value)
    found = _date_of_text(said, month_only) if said.isdigit() else None
    if found is None:
        raise Misread(_not_a_date(said))
    return found


def _date_of_text(said: str, month_only: bool) -> dt.date:
    parts = DATE.fullmatch(said) or COMPACT_DATE.fullmatch(said)
    if parts:
        return _day(said, *(int(part) for part in parts.groups()))
    if said.isdigit() and len(said) == 5 and 1 <= int(said) <= LAST_SERIAL:
        return EPOCH + dt.timedelta(days=int(said))
    if month := MONTH.fullmatch(said):
        if not month_only:
            raise Misread(_("“%s” names a month; add the day, like 2023-05-04.") % said)
        return _day(said, int(month[1] or month[3]), int(month[2] or month[4]), 1)
    raise Misread(_not_a_date(said))


def _day(said: str, year: int, month: int, day: int) -> dt.date:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise Misread(_("“%s” is not a day of the calendar.") % said) from None
    if not 1900 <= year <= 2199:
        raise Misread(_("The year of “%s” cannot be right.") % said)
    return found


def _without(unit: str, said: str) -> str:
    ending = next((one for one in ALIKE.get(unit, (unit,)) if said.endswith(one)), "")
    return said.removesuffix(ending)


def _decimal_of_number(value: float) -> decimal.Decimal:
    if value.__class__ is float:
        return decimal.Decimal(repr(round(value, FLOAT_PLACES)))
    return decimal.Decimal(value)


def _checked_id_number(said: str) -> str:
    try:
        born = dt.date(int(said[6:10]), int(said[10:12]), int(said[12:14]))
    except ValueError:
        born = None
    if born is None or born.year < 1900:
        raise Misread(_("The date of birth within the identity number is not a day of the calendar."))
    if mod_11_2.checksum(said) != 1:
        raise Misread(_("The check digit of the identity number does not agree; compare it with the card."))
    return said


def _shortened() -> str:
    return _(
        "The spreadsheet program has shortened this long number and its last digits are lost; "
        "set the column to text and enter the number again."
    )


def _not_a_date(said: str) -> str:
    return _("“%s” is not a date; write it like 2023-05-04.") % said[:40]


def _not_a_number(said: str) -> str:
    return _("“%s” is not a number; enter digits only.") % said[:40]
