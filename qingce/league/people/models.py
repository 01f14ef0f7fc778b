"""One row per human being, member or not."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation import dates
from qingce.foundation.privacy.fields import SealedText, digest
from qingce.foundation.privacy.masks import ID_NUMBER, PHONE
from qingce.foundation.words import initials, masked_name


class Sex(models.TextChoices):
    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class Person(models.Model):
    """A human being. ID number and phone are sealed; what is counted stands beside them."""

    name = models.CharField(_("Name"), max_length=60)
    initials = models.CharField(max_length=60, db_index=True, editable=False)
    sex = models.CharField(_("Sex"), max_length=8, choices=Sex, blank=True)
    born_on = models.DateField(_("Date of birth"), null=True, blank=True)
    ethnicity = models.CharField(_("Ethnic group"), max_length=20, blank=True)
    political_status = models.CharField(_("Political status"), max_length=20, blank=True)
    education = models.CharField(_("Education"), max_length=20, blank=True)
    workplace = models.CharField(_("School or employer"), max_length=80, blank=True)
    id_number = SealedText(_("ID number"), shows=ID_NUMBER, found_by="id_digest")
    id_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    phone = SealedText(_("Phone"), shows=PHONE)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("Account"),
    )

    class Meta:
        verbose_name = _("Person")
        constraints = [
            models.UniqueConstraint(
                fields=["id_digest"], condition=~models.Q(id_digest=""), name="one_person_per_id"
            )
        ]
        indexes = [models.Index(fields=["name", "born_on"], name="person_name_birth")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill()
        super().save(*args, **kwargs)

    def fill(self) -> Person:
        """Bring the derived columns in step; bulk saves call it themselves."""
        self.initials = initials(self.name)[:60]
        return self

    @property
    def masked_name(self) -> str:
        return masked_name(self.name)

    def age(self, *, on: dt.date) -> int | None:
        return dates.age(self.born_on, on=on) if self.born_on else None


__all__ = ["Person", "Sex", "digest"]
