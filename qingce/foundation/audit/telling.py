"""Telling the log: a closed list of things, each with words a new colleague understands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.models import Entry

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


class Told(models.TextChoices):
    """Everything that can be told; the label is the sentence, with {by} and {about} in it."""

    RECORD_ENTERED = "record.entered", _("{by} entered “{about}”")
    RECORD_SUBMITTED = "record.submitted", _("{by} submitted “{about}” for confirmation")
    RECORD_RETURNED = "record.returned", _("{by} returned “{about}” to be amended")
    RECORD_CONFIRMED = "record.confirmed", _("{by} confirmed “{about}”; it now counts")
    RECORD_CORRECTED = "record.corrected", _("{by} corrected “{about}”")
    RECORD_VOIDED = "record.voided", _("{by} voided “{about}”; it no longer counts")
    FILE_IMPORTED = "file.imported", _("{by} imported the file “{about}”")
    ROWS_EXPORTED = "rows.exported", _("{by} exported “{about}”")
    REPORT_FROZEN = "report.frozen", _("{by} issued “{about}” and froze its figures")
    TOKEN_MADE = "token.made", _("{by} made an access token “{about}”")
    TOKEN_REVOKED = "token.revoked", _("{by} revoked the access token “{about}”")


def tell(
    told: Told, *, by: User | None, about: str, reference: str = "", details: Any = None
) -> Entry:
    """Write one sentence into the log; `by` is None only for what the machine did itself."""
    return Entry.objects.create(
        at=timezone.now(),
        by=by,
        told=told,
        about=about[:200],
        reference=reference,
        details=details or {},
    )
