"""Finding admissions, allotments and recommendations within reach, for the doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qingce.work.membership.models import Admission, Allotment, Recommendation

if TYPE_CHECKING:
    from qingce.league.access.reach import Reach


def admission_within_reach(reach: Reach, *, number: str) -> Admission | None:
    """The admission of this number when its branch lies within any post of the reader."""
    rows = Admission.objects.select_related("member_case__person", "member_case__unit")
    return rows.filter(member_case__number=number.upper(), member_case__unit__in=reach.units()).first()


def recommendation_within_reach(reach: Reach, *, number: str) -> Recommendation | None:
    rows = Recommendation.objects.select_related("member_case__person", "member_case__unit")
    return rows.filter(member_case__number=number.upper(), member_case__unit__in=reach.units()).first()


def allotment_within_reach(reach: Reach, *, pk: int) -> Allotment | None:
    return Allotment.objects.select_related("unit").filter(pk=pk, unit__in=reach.units()).first()
