"""Who did what: one sentence for every action, written once, chained to the one before, never altered."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.digests import BEGINNING
from qingce.foundation.audit.told import Told
from qingce.foundation.refusals import Refused

DIGEST_LENGTH = 80


class AppendOnly(models.QuerySet[Any]):
    """Rows that only `chain` may write. The database's own triggers refuse what goes around this."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Refused(_("The log of actions cannot be changed."))

    def _refuse_delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Refused(_("The log of actions cannot be deleted from."))

    create = bulk_create = update = _update = bulk_update = update_or_create = get_or_create = _refuse
    delete = _raw_delete = _refuse_delete


class Written(models.Model):
    """What is written once by `chain` and by nobody else."""

    objects = AppendOnly.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Refused(_("The log of actions cannot be changed."))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Refused(_("The log of actions cannot be deleted from."))


class Entry(Written):
    """One thing told. `about` is what an officer calls the object, `reference` its number or code."""

    number = models.PositiveBigIntegerField(_("Entry"), unique=True)
    at = models.DateTimeField(_("When"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("Who")
    )
    told = models.CharField(_("What"), max_length=60, db_index=True)
    reference = models.CharField(_("Number"), max_length=80, db_index=True)
    about = models.CharField(_("About"), max_length=200)
    details = models.JSONField(_("Details"), default=dict)
    origin = models.CharField(_("From where"), max_length=60, blank=True, default="")
    previous = models.CharField(max_length=DIGEST_LENGTH, editable=False)
    digest = models.CharField(_("Digest"), max_length=DIGEST_LENGTH, editable=False)

    class Meta(Written.Meta):
        ordering = ["-at", "-pk"]
        verbose_name = _("Log entry")

    def __str__(self) -> str:
        return f"{self.told} {self.about}"

    @property
    def sentence(self) -> str:
        """What was done, as a new colleague would understand it, with the reason where one was given."""
        said = self.said_of(self.about)
        because = self.details.get("because")
        return f"{said}：{because}" if because else said

    def said_of(self, about: str) -> str:
        """The sentence without its reason, about a thing as a reader may know it."""
        if self.told not in Told.values:
            return f"{self.told} {about}"
        return str(Told(self.told).label).format(by=self.by or _("The system"), about=about)

    @property
    def changes(self) -> list[tuple[str, Any, Any]]:
        """What changed: name, before, after."""
        changed = self.details.get("changes", {})
        return [(name, before, after) for name, (before, after) in changed.items()]

    @property
    def particulars(self) -> list[tuple[str, Any]]:
        """What else was told, beside the changes."""
        return [(name, value) for name, value in self.details.items() if name != "changes" and value]


class Head(models.Model):
    """The last entry of the chain, kept apart from it: so a chain cut short at its end is found."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=DIGEST_LENGTH, default=BEGINNING)

    class Meta:
        verbose_name = _("End of the log")

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"


class Checkpoint(Written):
    """Where older entries were taken out after the time of keeping: the chain goes on from here."""

    number = models.PositiveBigIntegerField(_("Up to entry"), unique=True)
    digest = models.CharField(_("Digest"), max_length=DIGEST_LENGTH)
    file_name = models.CharField(_("File"), max_length=200)
    file_digest = models.CharField(_("Digest of the file"), max_length=DIGEST_LENGTH)
    at = models.DateTimeField(_("When"))

    class Meta(Written.Meta):
        ordering = ["number"]
        verbose_name = _("Log taken out")

    def __str__(self) -> str:
        return f"{self.number} {self.file_name}"
