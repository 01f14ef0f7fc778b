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
    REPORT_FROZEN = "report.frozen", _("{by} issued “{about}” and froze its figures")
    TOKEN_MADE = "token.made", _("{by} made an access token “{about}”")
    TOKEN_REVOKED = "token.revoked", _("{by} revoked the access token “{about}”")
    FACT_REVEALED = "fact.revealed", _("{by} looked at “{about}”")
    SEALED_EXPORTED = "sealed.exported", _("{by} exported sealed facts: “{about}”")
    PERSON_READ = "person.read", _("{by} opened the page of “{about}”")
    PERSON_CORRECTED = "person.corrected", _("{by} corrected the data of “{about}”")
    CONSENT_GIVEN = "consent.given", _("{by} recorded a consent for “{about}”")
    CONSENT_WITHDRAWN = "consent.withdrawn", _("{by} recorded that a consent for “{about}” was withdrawn")
    DATA_REQUESTED = "data.requested", _("{by} asked: “{about}”")
    DATA_ANSWERED = "data.answered", _("{by} answered the request “{about}”")
    DATA_COPIED = "data.copied", _("{by} took a copy of the own data")
    FACTS_ERASED = "facts.erased", _("{by} erased what had to be kept no longer: “{about}”")
