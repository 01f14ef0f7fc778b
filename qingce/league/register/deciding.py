"""The verbs of a reconciliation: take over what the export says, or keep what the register says.

A difference is judged anew when it is accepted: what changed on the register since the comparison is
not overwritten, and what the export says must still keep the rules.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.audit.telling import Told, tell_many, telling
from qingce.foundation.privacy.fields import Sealed, digest
from qingce.foundation.refusals import Refused
from qingce.league.access.reach import units
from qingce.league.organisations.models import Membership, Unit
from qingce.league.organisations.numbers import number_problem
from qingce.league.people.matching import People
from qingce.league.people.models import Person
from qingce.league.register.comparing import ELSEWHERE, OF_PERSON, OF_STAY, shown
from qingce.league.register.models import Decision, Difference, Sort

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

PERSONAL = ("name", "sex", "born_on", *OF_PERSON, "phone", "id_number")
DATES = ("born_on", "joined_on", "graduates_on", "since", "until")
NEVER = gettext_lazy("no longer in the export")  # why a stay ended
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
    done, left = [], []
    for difference in differences:
        try:
            with transaction.atomic():
                _demand_open(difference)
                _demand_reach(difference, reached)
                _ACTS[Sort(difference.sort)](difference, on)
        except Refused as refusal:
            difference.because = str(refusal)[:200]
            left.append((difference, refusal))
        else:
            done.append(difference)
    if not done:
        raise left[0][1]
    Difference.objects.bulk_update([one for one, _why in left], ["because"], batch_size=200)
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


def _decide(differences: Sequence[Difference], decision: Decision, told: Told, by: User | None) -> None:
    for difference in differences:
        difference.decision, difference.decided_by = decision.value, by
        difference.decided_at, difference.facts = timezone.now(), ""  # settled: it is kept no longer
    fields = ["decision", "decided_by", "decided_at", "because", "person", "membership", "facts"]
    Difference.objects.bulk_update(differences, fields, batch_size=200)
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


def _demand_reach(difference: Difference, reached: set[int] | None) -> None:
    """A change that touches a branch of another body is decided by the body above both."""
    touched = {difference.branch_id, facts_of(difference).get("unit")}
    touched.add(difference.membership.unit_id if difference.membership else None)
    if reached is not None and touched - {None} - reached:
        raise Refused(_("This touches a branch beyond your reach; the body above both decides it."))


def _bring(difference: Difference, on: dt.date) -> None:
    """A new member, or somebody back from having been in no branch."""
    if difference.fault:
        raise Refused(_("This row breaks a rule, so it is not taken over: %s") % difference.fault)
    facts = facts_of(difference)
    unit = Unit.objects.get(pk=facts["unit"])
    _demand_number_free(facts.get("development_number", ""), None)
    told = {name: facts.get(name, "") for name in PERSONAL if name not in DATES}
    [person] = People(amend=False).bring([{**told, "born_on": facts.get("born_on")}])
    if person.memberships.filter(until=None).exists():
        raise Refused(_("%s is a member of a branch meanwhile; compare again.") % person.name)
    since = facts.get("since") or facts["joined_on"]
    last = person.memberships.order_by("-until").first()
    if last and last.until and since < last.until:
        since = max(last.until, difference.reconciliation.as_of)
    stay = {name: facts[name] for name in (*OF_STAY, "development_number") if facts.get(name)}
    difference.person = person
    difference.membership = Membership.objects.create(person=person, unit=unit, since=since, **stay)


def _end(difference: Difference, on: dt.date) -> None:
    """Whom the export no longer holds leaves the branch on the day of the decision."""
    stay = difference.membership
    if stay is None or stay.until is not None or stay.unit_id != difference.branch_id:
        raise Refused(_("The membership changed since the comparison; compare again."))
    stay.until, stay.ended_because = max(on, stay.since), str(NEVER)[:40]
    stay.save(update_fields=["until", "ended_because"])


def _change(difference: Difference, on: dt.date) -> None:
    """One fact of the person or of the stay takes the export's value."""
    if difference.field == "unit":
        _move(difference, on)
        return
    thing: Any = difference.person if difference.field in PERSONAL else difference.membership
    if thing is None:
        raise Refused(_("The person or the membership is gone; compare again."))
    said = facts_of(difference)[difference.field]
    held = getattr(thing, difference.field)
    if (str(held) if isinstance(held, Sealed) else shown(held)) != difference.held:
        raise Refused(_("This changed on the register since the comparison; compare again."))
    if difference.field == "development_number":
        _demand_number(said, thing)
    setattr(thing, difference.field, said)
    if difference.field == "until":
        thing.ended_because = facts_of(difference)["ended_because"]
    fields = [difference.field, *_beside(thing, difference.field, said)]
    thing.save(update_fields=fields)


def _beside(thing: Any, field: str, said: Any) -> list[str]:
    """Columns that follow from a changed one."""
    if field == "until":
        return ["ended_because"]
    if field == "name":
        return ["initials"]
    if field == "id_number":
        thing.id_digest = digest(said)
        if Person.objects.filter(id_digest=thing.id_digest).exclude(pk=thing.pk).exists():
            raise Refused(_("Another person on the register has this ID number; look at the duplicates."))
        return ["id_digest"]
    return []


def _move(difference: Difference, on: dt.date) -> None:
    """The export knows the member in another branch: the stay here ends and the one there begins."""
    stay = difference.membership
    known = stay is not None and (difference.held == ELSEWHERE or stay.unit_id == difference.branch_id)
    if stay is None or stay.until is not None or not known:
        raise Refused(_("The membership changed since the comparison; compare again."))
    unit = Unit.objects.get(pk=facts_of(difference)["unit"])
    day = max(on, stay.since)
    stay.until, stay.ended_because = day, str(_("moved by the national system"))[:40]
    stay.save(update_fields=["until", "ended_because"])
    goes_on = {name: getattr(stay, name) for name in (*OF_STAY, "development_number")}
    difference.membership = Membership.objects.create(
        person_id=stay.person_id, unit=unit, since=day, **goes_on
    )


def _demand_number(number: str, stay: Membership) -> None:
    if stay.joined_on and (problem := number_problem(number, stay.joined_on, unit=stay.unit)):
        raise Refused(problem)
    _demand_number_free(number, stay.person_id)


def _demand_number_free(number: str, person: int | None) -> None:
    others = Membership.objects.filter(development_number=number).exclude(person=person)
    if number and others.exists():
        raise Refused(_("Another member has this development number; each belongs to one member."))


def _not_ours(difference: Difference, on: dt.date) -> None:
    raise Refused(_("This is put right in the national system or with the paper at hand, not taken over."))


_ACTS: dict[Sort, Callable[[Difference, dt.date], None]] = {
    Sort.NEW: _bring,
    Sort.GONE: _end,
    Sort.CHANGED: _change,
    Sort.CONFLICT: _change,
    Sort.NUMBER: _not_ours,
    Sort.FAULT: _not_ours,
}


def facts_of(difference: Difference) -> dict[str, Any]:
    """What the export says, with days as days again."""
    said = json.loads(difference.facts.reveal() or "{}")  # type: ignore[attr-defined]
    return {
        name: dt.date.fromisoformat(value) if name in DATES and value else value
        for name, value in said.items()
    }


__all__ = ["BY_RULE", "accept", "accept_all", "keep"]
