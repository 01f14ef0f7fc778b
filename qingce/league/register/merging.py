"""Two rows of one human being made one, and taken apart again exactly as they were.

Every foreign key to a person is moved by walking the tables, so that a table made tomorrow moves too.
All that changes is written down as changes of single columns; taking back undoes them in reverse.
The row merged into another stays, empty of relations, and is found no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.privacy.fields import Sealed
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Unit
from qingce.league.people.models import Person
from qingce.league.register.changes import Carry, Change, Set, read_change
from qingce.league.register.models import Distinct, Merge

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

OWN_BOOKS = (Merge, Distinct)  # who was merged or told apart stays written as it was
DERIVED = {"id", "initials"}  # follow from other columns
OF_ONE_ROW = {"id_number", "id_digest", "user"}
AT_ONE_TIME = "merged"  # why the doubled stay of the merged row ended


@telling()
def merge(keep: Person, drop: Person, *, unit: Unit, because: str = "", by: User | None) -> Merge:
    """Everything that names `drop` names `keep` from now on; gaps of `keep` are filled from `drop`."""
    keep, drop = _locked(keep), _locked(drop)
    _demand_one_human_being(keep, drop)
    changes = [*_doubled_stays(keep, drop), *_moved(keep, drop), *_filled(keep, drop)]
    made = Merge.objects.create(
        kept=keep,
        dropped=drop,
        unit=unit,
        because=because.strip()[:200],
        changes=[change.written() for change in changes],
        by=by,
    )
    _tell(Told.PERSONS_MERGED, made, by)
    return made


@telling()
def unmerge(made: Merge, *, by: User | None) -> Merge:
    """Put every column back; what came after the merge stays with the kept row."""
    if made.undone_at:
        raise Refused(_("This merge is taken back already."))
    both = {made.kept_id, made.dropped_id}
    later = Merge.objects.filter(Q(kept__in=both) | Q(dropped__in=both), pk__gt=made.pk, undone_at=None)
    if other := later.first():
        raise Refused(_("A later merge of the same person stands (%s); take that one back first.") % other)
    for written in reversed(made.changes):
        read_change(written).take_back()
    made.undone_at = timezone.now()
    made.save(update_fields=["undone_at"])
    _tell(Told.PERSONS_UNMERGED, made, by)
    return made


def relations() -> Iterator[ForeignKey[Any, Any]]:
    """Every column that points at a person, hidden ones too, but for the books of merging itself."""
    for relation in Person._meta.get_fields(include_hidden=True):
        column = getattr(relation, "field", None)
        if relation.auto_created and isinstance(column, ForeignKey) and column.model not in OWN_BOOKS:
            yield column


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)


def _demand_one_human_being(keep: Person, drop: Person) -> None:
    if keep.pk == drop.pk:
        raise Refused(_("Choose two entries; this is one and the same."))
    if keep.id_digest and drop.id_digest:
        raise Refused(
            _("The two have different ID numbers: correct the wrong one first, or they are two people.")
        )
    if keep.user_id and drop.user_id:
        raise Refused(_("Both have an account; close one of them first."))
    gone = Merge.objects.filter(Q(dropped=keep) | Q(dropped=drop), undone_at=None)
    if gone.exists():
        raise Refused(_("One of the two was merged into somebody already."))


def _doubled_stays(keep: Person, drop: Person) -> Iterator[Change]:
    """Nobody is in two branches at a time: a stay of `drop` beside one of `keep` becomes empty.

    What it said and the kept stay does not say, such as the development number, goes over.
    """
    kept = list(keep.memberships.order_by("since", "pk"))
    for stay in drop.memberships.order_by("since", "pk"):
        beside = next((one for one in kept if _overlap(one, stay)), None)
        if beside is None:
            continue
        yield from _gaps_filled(beside, stay)
        yield Set.of(stay, "until", stay.since)
        yield Set.of(stay, "ended_because", AT_ONE_TIME)


def _overlap(one: Membership, other: Membership) -> bool:
    return (other.until is None or one.since < other.until) and (one.until is None or other.since < one.until)


def _gaps_filled(beside: Membership, stay: Membership) -> Iterator[Change]:
    for field in Membership._meta.concrete_fields:
        if field.is_relation or field.primary_key or field.name in ("since", "until", "ended_because"):
            continue
        said = getattr(stay, field.name)
        if said not in ("", None) and getattr(beside, field.name) in ("", None):
            yield Set.of(beside, field.name, said)


def _moved(keep: Person, drop: Person) -> Iterator[Change]:
    for column in relations():
        rows: QuerySet[Any] = QuerySet(column.model).filter(**{column.name: drop.pk}).order_by("pk")
        for row in rows:
            if (change := _pointed(row, column, keep)) is not None:
                yield change


def _pointed(row: Model, column: ForeignKey[Any, Any], keep: Person) -> Change | None:
    """The row with its column turned to `keep`; None where the table allows only one such row.

    Two children's names at one activity, say: the second row stays with the merged person.
    """
    try:
        with transaction.atomic():
            return Set.of(row, column.attname, keep.pk)
    except IntegrityError:
        return None


def _filled(keep: Person, drop: Person) -> Iterator[Change]:
    """Facts that only `drop` has; those that one row alone may have leave it."""
    for field in Person._meta.concrete_fields:
        column = field.attname
        held, said = getattr(keep, column), getattr(drop, column)
        if field.name not in DERIVED and said and not held:
            empty = "" if isinstance(held, Sealed) else held
            yield Carry(keep.pk, drop.pk, column, empty, clears=field.name in OF_ONE_ROW).carry()


def _tell(told: Told, made: Merge, by: User | None) -> None:
    details = {"dropped": made.dropped_id, "because": made.because, "changes_made": len(made.changes)}
    tell(told, by=by, about=made.kept.name, reference=made.kept.reference, details=details)
