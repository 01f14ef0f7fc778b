"""Which stay a transfer or a leaving ended, and which it began.

The verbs of the pages say it when they end and begin stays. Of what a sheet tells, the register knows the
stays already, from the national one: there they are looked for, and nothing in the register is changed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qingce.foundation.exchange.saving import Gathering
from qingce.league.organisations.models import Membership
from qingce.ledger.records.models import State
from qingce.work.membership.models import MemberCase
from qingce.work.membership.stepping import write


def tie(case: MemberCase, *, ended: Membership | None = None, begun: Membership | None = None) -> None:
    """The case has ended and begun these stays. Called inside `telling()`."""
    case.stay_ended, case.stay_begun = ended, begun
    write(case, "stay_ended", "stay_begun")


def tie_brought(keys: Collection[int]) -> None:
    """Tie those of these cases that are done to the stays in the register. Three queries."""
    cases = [case for case in MemberCase.objects.filter(pk__in=keys).select_related("to_unit") if _done(case)]
    held: dict[int, list[Membership]] = {}
    people = {case.person_id for case in cases}
    for stay in Membership.objects.filter(person__in=people).order_by("since", "pk"):
        held.setdefault(stay.person_id, []).append(stay)
    gathering = Gathering(MemberCase)
    for case in cases:
        stays = held.get(case.person_id, [])
        ended = _ended(case, stays)
        begun = _begun(case, stays, ended)
        gathering.change(case, {"stay_ended_id": ended and ended.pk, "stay_begun_id": begun and begun.pk})
    gathering.save()


def _done(case: MemberCase) -> bool:
    kind = case.kind_of_work
    ends = "transfer" in kind.parts or "leaving" in kind.parts
    return ends and case.stage == kind.done and case.state != State.VOID


def _ended(case: MemberCase, stays: Sequence[Membership]) -> Membership | None:
    """The first stay in the branch that let go which was over on the day of the case or later."""
    if case.to_unit_id == case.unit_id:
        return None  # came from another county
    here = (stay for stay in stays if stay.unit_id == case.unit_id)
    return next((stay for stay in here if stay.until and stay.until >= case.happened_on), None)


def _begun(case: MemberCase, stays: Sequence[Membership], ended: Membership | None) -> Membership | None:
    """The first stay afterwards where the case says; a body has placed the member in a branch beneath it."""
    if case.to_unit is None:
        return None
    day = ended.until if ended and ended.until else case.happened_on
    later = [stay for stay in stays if stay.since >= day]
    if case.to_unit.is_branch:
        return next((stay for stay in later if stay.unit_id == case.to_unit_id), None)
    return next((stay for stay in later if ended and stay.since == ended.until), None)
