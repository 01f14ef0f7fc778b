"""Keys and papers of access: tokens for programs, invitations to open an account, stand-ins for posts."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.foundation.dates import DatedQuerySet
from qingce.foundation.privacy.fields import Mask, SealedText
from qingce.league.access.roles import permission_labels, roles
from qingce.league.organisations.models import Post, Unit
from qingce.league.people.models import Person

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

    @property
    def labels(self) -> list[str]:
        """What the key may do, in the reader's words."""
        labels = permission_labels()
        return [labels.get(one, one) for one in self.scopes]

    def is_valid(self, *, on: dt.date) -> bool:
        return self.revoked_at is None and on <= self.expires_on and self.user.is_active


class StandIn(models.Model):
    """Somebody does the work of a post for some days, with all that the post may do."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="stand_ins")
    person = models.ForeignKey(Person, models.CASCADE, related_name="stand_ins")
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"))
    because = models.CharField(_("Reason"), max_length=120)

    objects = DatedQuerySet["StandIn"].as_manager()

    class Meta:
        verbose_name = _("Stand-in")
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"{self.person} → {self.post}"

    @property
    def unit_id(self) -> int:
        """It belongs where its post belongs."""
        return self.post.unit_id


class Invitation(Logged):
    """A code of eight digits that lets one person open the account of one post, once.

    Only a keyed digest of the code is kept.
    """

    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="invitations")
    role = models.CharField(_("Role"), max_length=40)
    title = models.CharField(_("Title of the post"), max_length=40, blank=True)
    phone = SealedText(_("Phone"), shows=Mask(first=3, last=4))
    since = models.DateField(_("In post from"))
    until = models.DateField(_("In post until"), null=True, blank=True)
    batch = models.CharField(max_length=40, blank=True, db_index=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("Made at"))
    expires_at = models.DateTimeField(_("Valid until"))
    used_at = models.DateTimeField(_("Taken up at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Invitation")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person} · {self.unit} · {roles()[self.role]}"

    def state(self, *, now: dt.datetime) -> str:
        """used, withdrawn, expired or open."""
        if self.used_at:
            return "used"
        if self.withdrawn_at:
            return "withdrawn"
        return "open" if now < self.expires_at else "expired"


def fresh_key() -> str:
    """A key that nobody can guess: 256 random bits behind a prefix that scanners can find."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    """The digest under which a key is kept; a random key needs no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()
