"""The papers behind many records that one reader may take along, and those that stay, with the reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingce.league.access.reach import Reach
from qingce.ledger.records import families
from qingce.ledger.records.listing import PEOPLE
from qingce.ledger.records.models import Evidence, Record

AT_ONCE = 2000  # records asked in one query


@dataclass(frozen=True)
class Paper:
    """One paper of one record: the file's place in the package, or why there is none."""

    record: str
    label: str
    evidence: Evidence
    name: str = ""  # in the package
    because: str = ""  # why it is not in it


def papers(numbers: Collection[str], reach: Reach, *, names: bool) -> Iterator[Paper]:
    """Every paper of the records of these numbers, in the order of the numbers."""
    wanted = sorted(number for number in numbers if number)
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        records = {record.number: record for record in _records(part)}
        seen: dict[str, int] = {}
        for one in Evidence.objects.filter(record__in=part).order_by("record", "pk"):
            record = records.get(one.record)
            if record is None:
                continue
            seen[one.record] = seen.get(one.record, 0) + 1
            yield _paper(one, record, seen[one.record], reach, names=names)


def _records(numbers: list[str]) -> Iterator[Record]:
    for family in families.families():
        mine = [one for one in numbers if families.by_number(one) is family]
        if mine:
            held = {one.name for one in family.model._meta.get_fields()}
            people = [name for name in PEOPLE if name in held]
            yield from family.model._default_manager.select_related("unit", *people).filter(number__in=mine)


def _paper(one: Evidence, record: Record, place: int, reach: Reach, *, names: bool) -> Paper:
    because = _kept_back(one, record, reach, names=names)
    if because:
        return Paper(
            record.number, "" if record.kind_of_work.confidential else one.label, one, because=because
        )
    ending = str(one.file.name).rpartition(".")[2]
    return Paper(record.number, one.label, one, name=f"evidence/{record.number}/{place:02d}.{ending}")


def _kept_back(one: Evidence, record: Record, reach: Reach, *, names: bool) -> str:
    kind = record.kind_of_work
    if not reach.holds_at("record.see", record.place):
        return _("The record lies outside what the reader may see.")
    if kind.confidential and not reach.holds_at("case.see", record.place):
        return _("A confidential matter.")
    about_somebody = any(getattr(record, name, None) is not None for name in PEOPLE)
    if (kind.sensitive or about_somebody) and not names:
        return _("It is about a person, and the package was taken without names.")
    if not one.file:
        return _("Kept as a paper: %s") % one.kept_at if one.kept_at else _("No file; it is only noted.")
    if not one.file.storage.exists(str(one.file.name)):
        return _("The file is missing from the store.")
    return ""
