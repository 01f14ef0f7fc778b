"""Places where the work happens: youth homes, friendly communities, shops, delegates' stations."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.foundation.words import initials
from qingce.league.organisations.models import Unit


class Site(Logged):
    """One place; what it is named (shop, space, community …) is said by records of naming."""

    code = models.CharField(_("Site code"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    initials = models.CharField(max_length=80, db_index=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sites", verbose_name=_("Responsible unit"))
    sort = models.CharField(_("Sort of site"), max_length=40, db_index=True)
    address = models.CharField(_("Address"), max_length=120, blank=True)
    manager = models.CharField(_("Manager"), max_length=60, blank=True)
    opened_on = models.DateField(_("Opened on"))
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    cloud_code = models.CharField(_("Cloud platform number"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("Site")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill()
        super().save(*args, **kwargs)

    def fill(self) -> Site:
        """Bring the derived columns in step; bulk saves call it themselves."""
        self.initials = initials(self.name)[:80]
        return self
