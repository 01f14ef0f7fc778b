"""The verbs of dues: what a member owes a month, months paid or waived, cash handed up, reversals.

What is due is worked out from the stay, the terms and the rule of the month; nobody enters it. What was
entered is never changed: a mistake is reversed, with its reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Unit
from qingce.league.people.models import Person
from qingce.league.rules import ruling
from qingce.work.membership.models import Band, DuesEntry, DuesTerms

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

CENT = Decimal("0.01")
Sort = DuesEntry.Sort


def monthly(band: str, wage: Decimal | None, *, on: dt.date, unit: Unit | None = None) -> Decimal:
    """The dues of a month by the rule of the day; `wage` after tax, only for wage earners."""
    if band == Band.NO_INCOME:
        return _money("dues_without_income", on, unit)
    if band == Band.FARMER:
        return _money("dues_farmer", on, unit)
    if band != Band.WAGE:
        raise Refused(_("“%s” is no band of dues.") % band)
    if wage is None or wage < 0:
        raise Refused(_("Give the monthly wage after tax; it is used for the sum and not kept."))
    if wage <= _money("dues_wage_band_most", on, unit):
        return _money("dues_low_wage", on, unit)
    share = ruling("dues_wage_share", on=on, unit=unit).value
    owed = (wage * share.numerator / share.denominator).quantize(CENT, ROUND_HALF_UP)
    return min(owed, _money("dues_most", on, unit))


@telling()
def set_terms(
    stay: Membership, band: str, *, wage: Decimal | None = None, since: dt.date, by: User
) -> DuesTerms:
    """From the month of `since` on, the member owes what the rule says of this band."""
    first = month_of(since)
    amount = monthly(band, wage, on=since, unit=stay.unit)
    if DuesEntry.objects.filter(person=stay.person, month__gte=first, reverses=None, reversal=None).exists():
        raise Refused(_("Months from %s on are settled already; begin with a later month.") % since)
    terms, _made = DuesTerms.objects.update_or_create(
        person=stay.person, since=first, defaults={"unit": stay.unit, "band": band, "amount": amount}
    )
    tell(Told.DUES_SET, by=by, about=stay.person.name, reference=stay.person.reference,
         details={"since": first, "band": band, "amount": str(amount)})  # fmt: skip
    return terms


@telling()
def pay(
    unit: Unit, people: Sequence[Person], months: Collection[dt.date], *, on: dt.date, by: User
) -> list[DuesEntry]:
    """These members have paid what they owed for these months; months settled before are passed over."""
    if any(month > on for month in months):
        raise Refused(_("Dues are entered for months that have begun."))
    made = _settle(unit, people, months, Sort.PAID, "", on, by)
    if not made:
        raise Refused(_("Nothing is open for these members and months."))
    total = sum((entry.amount for entry in made), Decimal(0))
    about = _("%(unit)s: %(amount)s paid") % {"unit": unit, "amount": yuan(total)}
    tell(Told.DUES_RECORDED, by=by, about=about, reference=unit.code, details={"entries": len(made)})
    return made


@telling()
def waive(
    unit: Unit, person: Person, months: Collection[dt.date], *, decision: str, on: dt.date, by: User
) -> list[DuesEntry]:
    """The branch meeting let the member off these months; the decision is named."""
    if not decision.strip():
        raise Refused(_("Name the decision of the branch meeting: its day or number."))
    made = _settle(unit, [person], months, Sort.WAIVED, decision.strip(), on, by)
    if not made:
        raise Refused(_("Nothing is open for these members and months."))
    total = sum((entry.amount for entry in made), Decimal(0))
    about = _("%(unit)s: %(amount)s waived") % {"unit": unit, "amount": yuan(total)}
    tell(Told.DUES_RECORDED, by=by, about=about, reference=unit.code, details={"entries": len(made)})
    return made


@telling()
def hand_up(unit: Unit, amount: Decimal, *, paper: str, on: dt.date, by: User) -> DuesEntry:
    """Cash goes to the body above against a receipt; never more than the branch holds."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    held = cash(unit)
    if amount <= 0 or amount.quantize(CENT) != amount:
        raise Refused(_("The amount is more than nothing, in yuan and cents."))
    if amount > held:
        raise Refused(_("The branch holds %s, less than this.") % yuan(held))
    entry = DuesEntry.objects.create(
        unit=unit, sort=Sort.HANDED_UP, amount=amount, on=on, because=paper.strip(), by=by
    )
    about = _("%(unit)s: %(amount)s handed up") % {"unit": unit, "amount": yuan(amount)}
    tell(Told.DUES_RECORDED, by=by, about=about, reference=unit.code, details={"paper": paper})
    return entry


@telling()
def reverse(entry: DuesEntry, *, because: str, on: dt.date, by: User) -> DuesEntry:
    """Take an entry back in the open: its opposite is entered with the reason, both stay."""
    if not because.strip():
        raise Refused(_("Please give the reason: it is kept with the record."))
    unit = Unit.objects.select_for_update().get(pk=entry.unit_id)
    if entry.reverses_id or DuesEntry.objects.filter(reverses=entry).exists():
        raise Refused(_("This entry has been reversed already, or is itself a reversal."))
    if entry.sort == Sort.PAID and entry.amount > cash(unit):
        raise Refused(_("This money has been handed up; reverse the handing up first."))
    opposite = DuesEntry.objects.create(
        unit=unit,
        person=entry.person,
        sort=entry.sort,
        month=entry.month,
        amount=-entry.amount,
        on=on,
        because=because.strip()[:120],
        reverses=entry,
        by=by,
    )
    tell(Told.DUES_REVERSED, by=by, about=f"{unit}: {entry}", reference=unit.code,
         details={"because": because})  # fmt: skip
    return opposite


def cash(unit: Unit) -> Decimal:
    """What was paid and has not been handed up."""
    sums = dict(DuesEntry.objects.filter(unit=unit).order_by().values_list("sort").annotate(Sum("amount")))
    return sums.get(Sort.PAID, Decimal(0)) - sums.get(Sort.HANDED_UP, Decimal(0))


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """The first days of all months from one day to another."""
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [dt.date(number // 12, number % 12 + 1, 1) for number in range(begin, end + 1)]


def owed_months(stay: Membership, first: dt.date, last: dt.date) -> list[dt.date]:
    """Months on whose first day the member belonged to the branch: each month is owed in one branch."""
    return [month for month in months_between(first, last) if stay.is_in_force(month)]


def amount_owed(terms: Sequence[DuesTerms], month: dt.date, unit: Unit) -> Decimal:
    """By the latest terms that had begun, and without any, what students and those without income owe."""
    begun = [one for one in terms if one.since <= month]
    if begun:
        return max(begun, key=lambda one: one.since).amount
    return monthly(Band.NO_INCOME, None, on=month, unit=unit)


def yuan(amount: Decimal) -> str:
    """As an official writes it: 12.40元."""
    return _("%s yuan") % amount.quantize(CENT)


def _settle(
    unit: Unit,
    people: Sequence[Person],
    months: Collection[dt.date],
    sort: str,
    because: str,
    on: dt.date,
    by: User,
) -> list[DuesEntry]:
    keys = [person.pk for person in people]
    list(Person.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if not months:
        raise Refused(_("Choose the months."))
    first, last = min(months), max(months)
    stays = list(Membership.objects.filter(unit=unit, person__in=keys).select_related("person"))
    terms = _by_person(DuesTerms.objects.filter(person__in=keys))
    settled = set(
        DuesEntry.objects.filter(person__in=keys, month__gte=first, month__lte=last)
        .filter(reverses=None, reversal=None)
        .values_list("person", "month")
    )
    fresh = [
        DuesEntry(
            unit=unit, person=stay.person, sort=sort, month=month, on=on, because=because, by=by,
            amount=amount_owed(terms.get(stay.person_id, []), month, unit),
        )
        for stay in stays
        for month in owed_months(stay, first, last)
        if month in months and (stay.person_id, month) not in settled
    ]  # fmt: skip
    return DuesEntry.objects.bulk_create(fresh)


def _by_person(rows: Iterable[DuesTerms]) -> dict[int, list[DuesTerms]]:
    found: dict[int, list[DuesTerms]] = {}
    for one in rows:
        found.setdefault(one.person_id, []).append(one)
    return found


def _money(code: str, on: dt.date, unit: Unit | None) -> Decimal:
    said = ruling(code, on=on, unit=unit)
    if not said.holds:
        raise Refused(_("No rule of %(day)s says how much is owed (%(rule)s).")
            % {"day": on, "rule": said.label})  # fmt: skip
    return Decimal(said.value)
