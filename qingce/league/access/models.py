"""Access tokens: a key for a program, given no more than its owner holds, for a limited time."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged

PREFIX = "qc_"


class Token(Logged):
    """A key for the API. Only its digest is kept; the key itself is shown once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(_("What it is for"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("May"), default=list)
    made_at = models.DateTimeField(_("Made at"), auto_now_add=True)
    expires_on = models.DateField(_("Valid until"))
    revoked_at = models.DateTimeField(_("Revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Access token")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name

    def is_valid(self, *, on: dt.date) -> bool:
        return self.revoked_at is None and on <= self.expires_on and self.user.is_active


def fresh_key() -> str:
    """A key that nobody can guess: 256 random bits behind a prefix that scanners can find."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    """The digest under which a key is kept; a random key needs no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()
