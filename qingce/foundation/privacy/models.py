"""How far each table's sealed values are in step with the newest key."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Keeping(models.Model):
    """One table with sealed values: with what they are sealed, and how far a re-sealing has come."""

    table = models.CharField(_("Table"), max_length=80, primary_key=True)  # people.person
    # Scheme and key of every value; empty before the first re-sealing.
    tag = models.CharField(_("Sealed with"), max_length=40, blank=True, default="")
    under_way = models.CharField(max_length=40, blank=True, default="")  # tag being brought in
    cursor = models.BigIntegerField(default=0)  # last row brought in

    class Meta:
        verbose_name = _("State of sealing")

    def __str__(self) -> str:
        return f"{self.table} {self.tag}"
