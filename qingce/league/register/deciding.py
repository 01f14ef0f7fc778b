"""The verbs of a reconciliation: take over what the export says, or keep what the register says.

A difference is judged anew when it is accepted: what changed on the register since the comparison is
not overwritten, and what the export says must still keep the rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.foundation.among import Among
from qingce.foundation.audit.telling import Told, tell_many, telling
from qingce.foundation.exchange.saving import chunks, rewrite
from qingce.foundation.refusals import Refused
from qingce.league.access.reach import units
from qingce.league.organisations.models import Membership
from qingce.league.register.models import Decision, Difference, Sort
from qingce.league.register.taking import facts_of, take_over

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

BY_RULE = (Sort.NEW, Sort.GONE, Sort.CHANGED)  # what may be accepted many at a time


@telling()
def accept(difference: Difference, *, on: dt.date, by: User | None) -> Difference:
    """Take over what the export says about one thing."""
    return accept_all([difference], on=on, by=by)[0]


@telling()
def accept_all(differences: Sequence[Difference], *, on: dt.date, by: User | None) -> list[Difference]:
    """Take over many; those that no longer fit stay open, each with the reason, if others do."""
    if not differences:
        raise Refused(_("Nothing of this list is taken over together; look at each by itself."))
    reached = _reached(by)
    judged = [one for some in _alike(differences) for one in _taken_over(some, on, reached)]
    done = [difference for difference, refusal in judged if refusal is None]
    left = [(difference, refusal) for difference, refusal in judged if refusal]
    if not done:
        raise left[0][1]
    for difference, refusal in left:
        difference.because = str(refusal)[:200]
    rewrite(Difference, [difference for difference, _refusal in left], ["because"])
    _decide(done, Decision.ACCEPTED, Told.DIFFERENCE_ACCEPTED, by)
    return done


@telling()
def keep(differences: Sequence[Difference], *, because: str, by: User | None) -> None:
    """Leave the register as it is, with a reason; the difference is settled and stays to be read."""
    if not because.strip():
        raise Refused(_("Say why ours is kept; the reason stands beside the difference."))
    for difference in differences:
        _demand_open(difference)
        difference.because = because.strip()[:200]
    _decide(differences, Decision.KEPT, Told.DIFFERENCE_KEPT, by)


def _alike(differences: Sequence[Difference]) -> Iterator[Sequence[Difference]]:
    """Those of one sort about one column, as many as are taken over together."""
    groups: dict[tuple[str, str], list[Difference]] = {}
    for difference in differences:
        groups.setdefault((difference.sort, difference.field), []).append(difference)
    for group in groups.values():
        yield from chunks(group)


def _taken_over(
    differences: Sequence[Difference], on: dt.date, reached: set[int] | None
) -> Iterator[tuple[Difference, Refused | None]]:
    """All at once; when something stands against one of them, by halves, until it is found."""
    try:
        with transaction.atomic():
            for difference in differences:
                _demand_open(difference)
            _demand_reach(differences, reached)
            take_over(differences, on=on)
    except Refused as refusal:
        if len(differences) == 1:
            yield differences[0], refusal
            return
        middle = len(differences) // 2
        yield from _taken_over(differences[:middle], on, reached)
        yield from _taken_over(differences[middle:], on, reached)
    else:
        yield from ((difference, None) for difference in differences)


def _decide(differences: Sequence[Difference], decision: Decision, told: Told, by: User | None) -> None:
    now = timezone.now()
    for difference in differences:
        difference.decision, difference.decided_by = decision.value, by
        difference.decided_at, difference.facts = now, ""  # settled: it is kept no longer
    fields = ["decision", "decided_by", "decided_at", "because", "person", "membership", "facts"]
    rewrite(Difference, differences, fields)
    tell_many(told, [_sentence(one) for one in differences], by=by)


def _sentence(difference: Difference) -> tuple[str, str, dict[str, Any], dict[str, tuple[Any, Any]] | None]:
    """For the log: sealed facts only as they are shown."""
    reference = f"person:{difference.person_id}" if difference.person_id else ""
    changes = {difference.field: (difference.held, difference.said)} if difference.field else None
    details = {"reconciliation": difference.reconciliation_id, "row": difference.row}
    return f"{difference.get_sort_display()} · {difference.name}", reference, details, changes


def _demand_open(difference: Difference) -> None:
    if difference.decision:
        raise Refused(_("This difference is decided already."))


def _reached(by: User | None) -> set[int] | None:
    """Keys of the units where `by` may decide; None for the machine, which may everywhere."""
    if by is None:
        return None
    return set(units(by, "register.reconcile", on=timezone.localdate()).values_list("pk", flat=True))


def _demand_reach(differences: Sequence[Difference], reached: set[int] | None) -> None:
    """A change that touches a branch of another body is decided by the body above both."""
    if reached is None:
        return
    touched = {one.branch_id for one in differences} | {facts_of(one).get("unit") for one in differences}
    stays = Membership.objects.filter(Among("pk", {one.membership_id for one in differences}))
    touched.update(stays.values_list("unit_id", flat=True))
    if touched - {None} - reached:
        raise Refused(_("This touches a branch beyond your reach; the body above both decides it."))


__all__ = ["BY_RULE", "accept", "accept_all", "keep"]
