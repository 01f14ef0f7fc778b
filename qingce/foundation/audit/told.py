"""Everything that can be told: a closed list, each with words a new colleague understands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Told(models.TextChoices):
    """Everything that can be told; the label is the sentence, with {by} and {about} in it."""

    RECORD_ENTERED = "record.entered", _("{by} entered “{about}”")
    RECORD_SUBMITTED = "record.submitted", _("{by} submitted “{about}” for confirmation")
    RECORD_RETURNED = "record.returned", _("{by} returned “{about}” to be amended")
    RECORD_WITHDRAWN = "record.withdrawn", _("{by} took “{about}” back before it was confirmed")
    RECORD_CONFIRMED = "record.confirmed", _("{by} confirmed “{about}”; it now counts")
    RECORD_CORRECTED = "record.corrected", _("{by} corrected “{about}”")
    RECORD_VOIDED = "record.voided", _("{by} voided “{about}”; it no longer counts")
    RECORD_AMENDED = "record.amended", _("{by} amended the draft “{about}”")
    EVIDENCE_ADDED = "evidence.added", _("{by} added evidence to “{about}”")
    FILE_IMPORTED = "file.imported", _("{by} imported the file “{about}”")
    ROWS_EXPORTED = "rows.exported", _("{by} exported “{about}”")
    FIGURE_STATED = "figure.stated", _("{by} stated by hand: “{about}”")
    STATEMENT_VOIDED = "statement.voided", _("{by} voided the statement “{about}”")
    REPORT_FROZEN = "report.frozen", _("{by} issued “{about}” and froze its figures")
    DOCUMENT_BEGUN = "document.begun", _("{by} began to write “{about}”")
    DOCUMENT_WRITTEN = "document.written", _("{by} wrote in “{about}”")
    DOCUMENT_OVERRIDDEN = "document.overridden", _("{by} wrote another value than was counted: “{about}”")
    DOCUMENT_STATED = "document.stated", _("{by} stated a number by hand: “{about}”")
    DOCUMENT_COMMENTED = "document.commented", _("{by} commented: “{about}”")
    COMMENT_SETTLED = "comment.settled", _("{by} settled the comment “{about}”")
    COMMENT_REOPENED = "comment.reopened", _("{by} opened the comment “{about}” again")
    DOCUMENT_SUBMITTED = "document.submitted", _("{by} submitted “{about}” for review")
    DOCUMENT_WITHDRAWN = "document.withdrawn", _("{by} took “{about}” back from review")
    DOCUMENT_RETURNED = "document.returned", _("{by} returned the text “{about}” to be revised")
    DOCUMENT_APPROVED = "document.approved", _("{by} approved the text “{about}”")
    SIGNED_IN = "account.signed_in", _("{by} signed in")
    SIGN_IN_REFUSED = "account.refused", _("A sign-in to the account “{about}” was refused")
    PASSWORD_CHANGED = "account.password_changed", _("{by} chose a new password")
    PASSWORD_RESET = "account.password_reset", _("{by} gave “{about}” a one-time password")
    PHONE_CHANGED = "account.phone_changed", _("{by} changed the phone used for signing in")
    SECOND_FACTOR_ADDED = "account.factor_added", _("{by} set up a second factor: {about}")
    SECOND_FACTOR_REMOVED = "account.factor_removed", _("{by} removed a second factor: {about}")
    ACCOUNT_CONNECTED = "account.connected", _("{by} connected the account with {about}")
    ACCOUNT_DISCONNECTED = "account.disconnected", _("{by} disconnected the account from {about}")
    VISITOR_SIGNED_IN = "visitor.signed_in", _("The phone {about} was confirmed with a one-time code")
    INVITATION_MADE = "invitation.made", _("{by} invited {about}")
    INVITATION_RENEWED = "invitation.renewed", _("{by} made a new code for the invitation of {about}")
    INVITATION_WITHDRAWN = "invitation.withdrawn", _("{by} withdrew the invitation of {about}")
    INVITATION_TAKEN_UP = "invitation.taken_up", _("{by} took up the invitation to be {about}")
    POST_GIVEN = "post.given", _("{by} appointed {about}")
    POST_ENDED = "post.ended", _("{by} ended the post of {about}")
    STAND_IN_NAMED = "post.stand_in", _("{by} named a stand-in: {about}")
    STAND_IN_ENDED = "post.stand_in_ended", _("{by} ended a stand-in: {about}")
    TOKEN_MADE = "token.made", _("{by} made an access token “{about}”")
    TOKEN_REVOKED = "token.revoked", _("{by} revoked the access token “{about}”")
    UNITS_PLACED = "units.placed", _("{by} gave “{about}” its place in the tree")
    UNIT_MOVED = "unit.moved", _("{by} moved “{about}” to another place in the tree")
    COLUMNS_NAMED = "columns.named", _("{by} said what the columns of “{about}” mean")
    FILE_SENT = "file.sent", _("{by} sent the file “{about}” to be looked at")
    FILE_DISCARDED = "file.discarded", _("{by} discarded the file “{about}” without importing it")
    LOG_TAKEN_OUT = "log.taken_out", _("{by} took older log entries out into “{about}”")
    BACKUP_MADE = "backup.made", _("{by} made the backup “{about}”")
    BACKUP_RESTORED = "backup.restored", _("{by} restored the backup “{about}”")
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


# Sentences that say somebody looked at what is not open to everyone who reaches it.
LOOKS = [Told.FACT_REVEALED, Told.PERSON_READ, Told.SEALED_EXPORTED]
