"""Finding what was issued, for the doors: within the units that any post of the reader reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qingce.reports.models import Erratum, FrozenFigure, Snapshot

if TYPE_CHECKING:
    from qingce.league.access.reach import Reach


def snapshot_within_reach(reach: Reach, *, pk: int) -> Snapshot | None:
    """The issued report of this key when its unit lies within any post of the reader."""
    rows = Snapshot.objects.select_related("unit", "by", "replaces", "replacement")
    found: Snapshot | None = rows.filter(pk=pk, unit__in=reach.units()).first()
    return found


class FoundFigure:
    """One figure of an issued report; it lies where its report lies."""

    def __init__(self, snapshot: Snapshot, figure: FrozenFigure) -> None:
        figure.snapshot = snapshot
        self.snapshot, self.figure = snapshot, figure
        self.pk, self.place = snapshot.pk, figure.place
        self.unit_id = snapshot.unit_id


def figure_within_reach(reach: Reach, *, pk: int, place: int) -> FoundFigure | None:
    snapshot = snapshot_within_reach(reach, pk=pk)
    figure = snapshot.figures.select_related("unit").filter(place=place).first() if snapshot else None
    return FoundFigure(snapshot, figure) if snapshot and figure else None


class FoundFile:
    """What was issued, in one form."""

    def __init__(self, issued: Snapshot | Erratum, ending: str) -> None:
        self.issued = issued
        self.pk, self.ending = issued.pk, ending
        self.unit_id = issued.unit_id


class FoundErratumFile(FoundFile):
    """An erratum in one form."""


def file_within_reach(reach: Reach, *, pk: int, ending: str) -> FoundFile | None:
    found = snapshot_within_reach(reach, pk=pk)
    return FoundFile(found, ending) if found else None


def erratum_within_reach(reach: Reach, *, pk: int) -> Erratum | None:
    rows = Erratum.objects.select_related("snapshot__unit", "by")
    found: Erratum | None = rows.filter(pk=pk, snapshot__unit__in=reach.units()).first()
    return found


def erratum_file_within_reach(reach: Reach, *, pk: int, ending: str) -> FoundErratumFile | None:
    found = erratum_within_reach(reach, pk=pk)
    return FoundErratumFile(found, ending) if found else None
