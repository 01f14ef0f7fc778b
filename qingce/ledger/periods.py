"""A period: the time a figure speaks of. A flow gathers over it; a stock is read on its last day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused

DAY = dt.timedelta(days=1)
FORMS = {
    "year": re.compile(r"^(\d{4})$"),
    "half": re.compile(r"^(\d{4})H([12])$"),
    "quarter": re.compile(r"^(\d{4})Q([1-4])$"),
    "month": re.compile(r"^(\d{4})-(\d{2})$"),
    "months": re.compile(r"^(\d{4})-(\d{2})\.\.(\d{4})-(\d{2})$"),
    "school_year": re.compile(r"^(\d{4})S$"),
    "days": re.compile(r"^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$"),
}


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included; `code` is the word that stands in an address."""

    first: dt.date
    last: dt.date
    code: str

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31), f"{year:04d}")

    @classmethod
    def half(cls, year: int, half: int) -> Period:
        start = 6 * half - 5
        return cls(dt.date(year, start, 1), _month_end(year, start + 5), f"{year:04d}H{half}")

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        start = 3 * quarter - 2
        return cls(dt.date(year, start, 1), _month_end(year, start + 2), f"{year:04d}Q{quarter}")

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        return cls(dt.date(year, month, 1), _month_end(year, month), f"{year:04d}-{month:02d}")

    @classmethod
    def months(cls, year: int, first: int, last: int) -> Period:
        """Months of one year, as in “January to November”: summaries are written early."""
        return cls(
            dt.date(year, first, 1),
            _month_end(year, last),
            f"{year:04d}-{first:02d}..{year:04d}-{last:02d}",
        )

    @classmethod
    def school_year(cls, year: int) -> Period:
        """From 1 September of `year` to 31 August of the next."""
        return cls(dt.date(year, 9, 1), dt.date(year + 1, 8, 31), f"{year:04d}S")

    @classmethod
    def days(cls, first: dt.date, last: dt.date) -> Period:
        """Any days, such as a term of office; Refused when they are reversed."""
        if last < first:
            raise Refused(_("The period ends before it begins: %s.") % f"{first}..{last}")
        return cls(first, last, f"{first}..{last}")

    @classmethod
    def parse(cls, code: str) -> Period:
        """The period that `code` names; Refused with the forms that are understood."""
        try:
            return _parsed(code.strip())
        except (ValueError, StopIteration):
            raise Refused(
                _(
                    "“%s” is not a period. Write 2023, 2023H1, 2023Q2, 2023-05, "
                    "2023-01..2023-11, 2023S or 2023-03-01..2023-06-30."
                )
                % code
            ) from None

    @property
    def last_year(self) -> Period:
        """The same period one year earlier."""
        return _shifted(self, -1)

    @property
    def sub_months(self) -> list[Period]:
        """The calendar months that the period touches, cut to it."""
        months = []
        day = self.first
        while day <= self.last:
            month = Period.month(day.year, day.month)
            months.append(Period(max(month.first, self.first), min(month.last, self.last), month.code))
            day = month.last + DAY
        return months

    @property
    def label(self) -> str:
        """As an official writes it: 2023年, 2023年上半年, 2023年1—11月 …"""
        year, month = self.first.year, self.first.month
        if FORMS["year"].match(self.code):
            return _("%(year)d") % {"year": year}
        if half := FORMS["half"].match(self.code):
            first_half = half.group(2) == "1"
            text = _("first half of %(year)d") if first_half else _("second half of %(year)d")
            return text % {"year": year}
        if quarter := FORMS["quarter"].match(self.code):
            return _("quarter %(quarter)s of %(year)d") % {
                "quarter": quarter.group(2),
                "year": year,
            }
        if FORMS["month"].match(self.code):
            return _("%(year)d-%(month)d") % {"year": year, "month": month}
        if FORMS["months"].match(self.code) and self.last.year == year:
            return _("months %(first)d to %(last)d of %(year)d") % {
                "first": month,
                "last": self.last.month,
                "year": year,
            }
        if FORMS["school_year"].match(self.code):
            return _("school year %(first)d–%(last)d") % {"first": year, "last": year + 1}
        return _("%(first)s to %(last)s") % {"first": self.first, "last": self.last}

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.first <= day <= self.last


def _parsed(code: str) -> Period:
    form, parts = next(
        (form, match.groups()) for form, pattern in FORMS.items() if (match := pattern.match(code))
    )
    if form == "days":
        return Period.days(dt.date.fromisoformat(parts[0]), dt.date.fromisoformat(parts[1]))
    numbers = [int(part) for part in parts]
    if form == "months":
        first = Period.month(numbers[0], numbers[1])
        last = Period.month(numbers[2], numbers[3])
        if last.last < first.first:
            raise ValueError(code)
        return Period(first.first, last.last, code)
    return getattr(Period, form)(*numbers)


def _shifted(period: Period, years: int) -> Period:
    def again(match: re.Match[str]) -> str:
        return f"{int(match.group()) + years:04d}"

    code = re.sub(r"\d{4}(?=-\d{2}|[HQS]|$)", again, period.code)
    return _parsed(re.sub(r"(\d{4})-02-29", r"\1-02-28", code))


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
