from django.conf import settings
from django.db import migrations
from django.db.models import QuerySet

from qingce.foundation.audit.digests import BEGINNING, digest_of

CHUNK = 1000


def chain(apps, schema_editor):
    """Give every entry told so far its number and its digests."""
    Entry, Head = apps.get_model("audit", "Entry"), apps.get_model("audit", "Head")
    number, digest, waiting = 0, BEGINNING, []
    for entry in QuerySet(Entry).order_by("pk").iterator(chunk_size=CHUNK):
        number += 1
        entry.number, entry.previous = number, digest
        digest = entry.digest = digest_of(entry, scheme=settings.DIGEST)
        waiting.append(entry)
        if len(waiting) == CHUNK:
            write(Entry, waiting)
            waiting = []
    write(Entry, waiting)
    Head.objects.create(pk=1, number=number, digest=digest)


def write(model, entries):
    QuerySet(model).bulk_update(entries, ["number", "previous", "digest"], batch_size=100)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_where_and_chain")]
    operations = [migrations.RunPython(chain, migrations.RunPython.noop)]
