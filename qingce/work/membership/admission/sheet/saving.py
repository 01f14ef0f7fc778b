"""What rows tell beside the case itself: who helped, and the notices that hung."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from qingce.foundation.exchange import Row
from qingce.foundation.exchange.saving import Gathering
from qingce.league.organisations.models import Placement, Unit
from qingce.ledger.notices.models import Notice, NoticeEntry
from qingce.work.membership.admission.models import Helper
from qingce.work.membership.admission.notices import TITLES, school_and_class
from qingce.work.membership.admission.sheet.columns import HELPERS, hung
from qingce.work.membership.models import MemberCase
from qingce.work.membership.procedure_sheet import people_by_number


def save_helpers(pairs: Sequence[tuple[Row, MemberCase]]) -> None:
    """Mentors and sponsors as the rows name them; a part of which a row says nothing stays as it is."""
    numbers = {row[name] for row, _case in pairs for names in HELPERS.values() for name in names if row[name]}
    people = people_by_number(numbers)
    held = set(
        Helper.objects.filter(member_case__in=[case.pk for _row, case in pairs]).values_list(
            "member_case", "part", "person"
        )
    )
    told = {
        (case.pk, str(part), people[row[name]].pk)
        for row, case in pairs
        for part, names in HELPERS.items()
        for name in names
        if row[name] and row[name] in people
    }
    named = {(case, part) for case, part, _person in told}
    gone = {one for one in held - told if one[:2] in named}
    for case, part, person in gone:
        Helper.objects.filter(member_case=case, part=part, person=person).delete()
    fresh = Gathering(Helper)
    for case, part, person in sorted(told - held):
        fresh.add(Helper(member_case_id=case, part=part, person_id=person))
    fresh.save()


def save_notices(pairs: Sequence[tuple[Row, MemberCase]], by: Any) -> None:
    """One notice for all rows of a body that hung on the same days."""
    held = set(
        NoticeEntry.objects.filter(record__in=[case.number for _row, case in pairs]).values_list(
            "record", "notice__purpose", "notice__opens_on", "notice__closes_on"
        )
    )
    bodies = _bodies({row["unit"].pk for row, _case in pairs})
    sheets: dict[tuple[Unit, str, dt.date, dt.date], list[tuple[Row, MemberCase]]] = {}
    for row, case in pairs:
        for purpose, one in hung(row).items():
            if (case.number, purpose, one.opens_on, one.closes_on) not in held:
                body = bodies.get(row["unit"].pk, row["unit"])
                sheets.setdefault((body, purpose, one.opens_on, one.closes_on), []).append((row, case))
    entries = Gathering(NoticeEntry)
    notices = Gathering(Notice)
    for body, purpose, first, last in sheets:
        notices.add(
            Notice(
                unit=body,
                purpose=purpose,
                title=str(TITLES[purpose]),
                opens_on=first,
                closes_on=last,
                put_up_by=by,
            )
        )
    notices.save()
    for notice, ((body, *_rest), those) in zip(notices.fresh, sheets.items(), strict=True):
        for row, case in those:
            school, class_name = school_and_class(row["unit"], body)
            entries.add(
                NoticeEntry(
                    notice=notice,
                    record=case.number,
                    name=row["title"],
                    school=school,
                    class_name=class_name,
                )
            )
    entries.save()


def _bodies(units: set[int]) -> dict[int, Unit]:
    """The body that each branch stands under."""
    placed = Placement.objects.filter(unit__in=units, parent__isnull=False).select_related("parent")
    return {one.unit_id: one.parent for one in placed.order_by("since") if one.parent}
