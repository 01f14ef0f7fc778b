"""What was imported, how the columns of other offices are called, and files being looked at."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged


class Batch(Logged):
    """One imported file: which sheets it held and what they brought."""

    file_name = models.CharField(_("File"), max_length=200)
    digest = models.CharField(_("Digest"), max_length=64, db_index=True)
    sheets = models.JSONField(_("Sheets"), default=list)
    created = models.PositiveIntegerField(_("Created"), default=0)
    updated = models.PositiveIntegerField(_("Updated"), default=0)
    unchanged = models.PositiveIntegerField(_("Unchanged"), default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("Who"),
    )
    at = models.DateTimeField(_("When"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("Import")

    def __str__(self) -> str:
        return self.file_name


class ColumnMapping(Logged):
    """What the columns of one layout mean; chosen again whenever the same heads come."""

    sheet = models.CharField(_("Sheet"), max_length=60)
    name = models.CharField(_("Name of this layout"), max_length=120)
    heads = models.JSONField(_("Columns"))  # normalised head → field
    signature = models.CharField(_("Signature of the heads"), max_length=64, unique=True)

    class Meta:
        ordering = ["sheet", "name"]
        verbose_name = _("Meaning of columns")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def by_signature(cls) -> dict[str, dict[str, str]]:
        return dict(cls.objects.values_list("signature", "heads"))


class Upload(models.Model):
    """A file that somebody is looking at before importing it; it is kept until then, or a day."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    file_name = models.CharField(_("File"), max_length=200)
    kind = models.CharField(_("Sheet"), max_length=60, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("Sent by")
    )
    at = models.DateTimeField(_("Sent at"), auto_now_add=True)

    class Meta:
        verbose_name = _("File being looked at")

    def __str__(self) -> str:
        return self.file_name

    @property
    def folder(self) -> Path:
        return Path(settings.DATA) / "imports" / self.key.hex

    @property
    def path(self) -> Path:
        return self.folder / self.file_name

    def forget(self) -> None:
        """Remove the file and this row: people's data is not left lying about."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.delete()
