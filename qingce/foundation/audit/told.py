"""Everything that can be told: a closed list, each with words a new colleague understands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Told(models.TextChoices):
    """Everything that can be told; the label is the sentence, with {by} and {about} in it."""

    RECORD_ENTERED = "record.entered", _("{by} entered “{about}”")
    RECORD_SUBMITTED = "record.submitted", _("{by} submitted “{about}” for confirmation")
    RECORD_RETURNED = "record.returned", _("{by} returned “{about}” to be amended")
    RECORD_CONFIRMED = "record.confirmed", _("{by} confirmed “{about}”; it now counts")
    RECORD_CORRECTED = "record.corrected", _("{by} corrected “{about}”")
    RECORD_VOIDED = "record.voided", _("{by} voided “{about}”; it no longer counts")
    EVIDENCE_ADDED = "evidence.added", _("{by} added evidence to “{about}”")
    FILE_IMPORTED = "file.imported", _("{by} imported the file “{about}”")
    ROWS_EXPORTED = "rows.exported", _("{by} exported “{about}”")
    FIGURE_STATED = "figure.stated", _("{by} stated by hand: “{about}”")
    STATEMENT_VOIDED = "statement.voided", _("{by} voided the statement “{about}”")
    REPORT_FROZEN = "report.frozen", _("{by} issued “{about}” and froze its figures")
    TOKEN_MADE = "token.made", _("{by} made an access token “{about}”")
    TOKEN_REVOKED = "token.revoked", _("{by} revoked the access token “{about}”")
