"""Taking entries out after their time of keeping: into a file first, told, and with a checkpoint."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.foundation.audit import chain
from qingce.foundation.audit.models import Checkpoint, Entry
from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.refusals import Refused

FIELDS = ["number", "at", "by_id", "told", "reference", "about", "details", "origin", "previous", "digest"]
SALT = "qingce.audit.retention"


@transaction.atomic
def take_out(path: Path, *, by: Any) -> int:
    """Move entries older than the time of keeping into `path`; how many there were.

    Cybersecurity Law, article 21 (3): logs are kept for at least six months.
    """
    if path.exists():
        raise Refused(_("%s is there already; choose another name.") % path.name)
    if fault := next(chain.faults(), ""):
        raise Refused(_("The log is not whole, so nothing is taken out of it: %s") % fault)
    oldest_kept = timezone.now() - dt.timedelta(days=settings.AUDIT_DAYS)
    young = Entry.objects.filter(at__gte=oldest_kept).order_by("number").first()
    old = Entry.objects.order_by("number")
    old = old.filter(number__lt=young.number) if young else old
    last = old.last()
    if last is None:
        return 0
    count = old.count()
    digest = _write(path, old)
    checkpoints: QuerySet[Checkpoint] = QuerySet(Checkpoint)
    checkpoints.bulk_create(
        [Checkpoint(number=last.number, digest=last.digest, file_name=path.name[:200], file_digest=digest,
                    at=timezone.now())]
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE number <= %s", [last.number])
    tell(
        Told.LOG_TAKEN_OUT, by=by, about=path.name, reference=str(last.number),
        details={"entries": count, "digest": digest},
    )  # fmt: skip
    return count


def _write(path: Path, entries: QuerySet[Any]) -> str:
    """One line for each entry, the signature of all of them as the last; the digest of the file."""
    lines = hashlib.sha256()
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as out:
        for row in entries.values(*FIELDS).iterator(chunk_size=2000):
            line = json.dumps({**row, "at": row["at"].isoformat()}, ensure_ascii=False).encode() + b"\n"
            lines.update(line)
            out.write(line)
        out.write(signing.Signer(salt=SALT).sign(lines.hexdigest()).encode() + b"\n")
    return hashlib.sha256(path.read_bytes()).hexdigest()
