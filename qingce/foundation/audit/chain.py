"""Writing to the end of the log, and finding what was altered in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qingce.foundation.audit.digests import BEGINNING, digest_of
from qingce.foundation.audit.models import Checkpoint, Entry, Head
from qingce.foundation.audit.told import Told

CHUNK = 500


@transaction.atomic
def append(entries: Sequence[Entry]) -> None:
    """Chain `entries` to the end of the log, in their order."""
    if not entries:
        return
    # Two writers would both follow the same entry: the head's row is the lock of the chain.
    head = Head.objects.select_for_update().get_or_create(pk=1)[0]
    for entry in entries:
        entry.number, entry.previous = head.number + 1, head.digest
        entry.digest = digest_of(entry, scheme=settings.DIGEST)
        head.number, head.digest = entry.number, entry.digest
    rows: QuerySet[Entry] = QuerySet(Entry)
    rows.bulk_create(entries, batch_size=CHUNK)
    head.save()


def faults() -> Iterator[str]:
    """A sentence for everything in the log that is not as it was written; nothing when it is whole."""
    checkpoint = Checkpoint.objects.last()
    number, digest = (checkpoint.number, checkpoint.digest) if checkpoint else (0, BEGINNING)
    yield from _unannounced()
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != number + 1:
            yield (
                _("Log entries %(first)d to %(last)d are missing.")
                % {
                    "first": number + 1,
                    "last": entry.number - 1,
                }
                if entry.number > number
                else _("Log entry %d was put in.") % entry.number
            )
        elif entry.previous != digest:
            yield _("Log entry %d does not follow the one before it.") % entry.number
        if entry.digest != digest_of(entry):
            yield _("Log entry %(number)d (%(at)s) was altered.") % {
                "number": entry.number,
                "at": entry.at.isoformat(" ", "seconds"),
            }
        number, digest = entry.number, entry.digest
    head = Head.objects.filter(pk=1).first() or Head()
    if (head.number, head.digest) != (number, digest):
        yield _("The log ends at entry %(found)d, but entry %(last)d was the last one written.") % {
            "found": number,
            "last": head.number,
        }


def _unannounced() -> Iterator[str]:
    """Every taking out is told in the log itself."""
    announced = set(Entry.objects.filter(told=Told.LOG_TAKEN_OUT).values_list("reference", flat=True))
    for number in Checkpoint.objects.values_list("number", flat=True):
        # An old announcement may have been taken out by a later one.
        if str(number) not in announced and not Checkpoint.objects.filter(number__gt=number).exists():
            yield _("The log was cut at entry %d and nobody was told.") % number
