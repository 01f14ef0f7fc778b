"""The verb that remembers: these two look like one and are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.league.people.models import Person
from qingce.league.register.models import Distinct

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@telling()
def tell_apart(one: Person, other: Person, *, because: str = "", by: User | None) -> Distinct:
    first, second = sorted((one, other), key=lambda person: person.pk)
    usual = {"because": because.strip()[:200], "by": by}
    made, new = Distinct.objects.get_or_create(one=first, other=second, defaults=usual)
    if new:
        tell(Told.PERSONS_DISTINCT, by=by, about=first.name, reference=first.reference)
    return made
