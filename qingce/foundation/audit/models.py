"""Who did what: one sentence for every action, written once and never altered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.told import Told
from qingce.foundation.refusals import Refused


class AppendOnly(models.QuerySet["Entry"]):
    def update(self, **fields: Any) -> int:
        raise Refused(_("The log of actions cannot be changed."))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Refused(_("The log of actions cannot be deleted from."))


class Entry(models.Model):
    """One thing told. `about` is what an officer calls the object, `reference` its number or code."""

    at = models.DateTimeField(_("When"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("Who")
    )
    told = models.CharField(_("What"), max_length=60, db_index=True)
    reference = models.CharField(_("Number"), max_length=80, db_index=True)
    about = models.CharField(_("About"), max_length=200)
    details = models.JSONField(_("Details"), default=dict)

    objects = models.Manager.from_queryset(AppendOnly)()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("Log entry")

    def __str__(self) -> str:
        return f"{self.told} {self.about}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise Refused(_("The log of actions cannot be changed."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Refused(_("The log of actions cannot be deleted from."))

    @property
    def sentence(self) -> str:
        """What was done, as a new colleague would understand it, with the reason where one was given."""
        said = Told(self.told).label.format(by=self.by or _("The system"), about=self.about)
        because = self.details.get("because")
        return f"{said}：{because}" if because else str(said)
