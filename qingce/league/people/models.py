"""One row per human being, member or not; guardians, consents, and what people ask about their data."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation import dates
from qingce.foundation.audit.guarded import Logged
from qingce.foundation.privacy.fields import SealedText, digest
from qingce.foundation.privacy.masks import ID_NUMBER, PHONE
from qingce.foundation.words import initials, masked_name


class Sex(models.TextChoices):
    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class Person(Logged):
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
    phone = SealedText(_("Phone"), shows=PHONE, found_by="phone_digest")
    phone_digest = models.CharField(max_length=64, blank=True, default="", editable=False, db_index=True)
    # A guardian withdrew consent: nothing but a waiting name is used any more.
    waiting_name = models.BooleanField(_("Waiting name only"), default=False)
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
        if "phone" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "phone_digest"}
        super().save(*args, **kwargs)

    def fill(self) -> Person:
        """Bring the derived columns in step; bulk saves call it themselves."""
        self.initials = initials(self.name)[:60]
        phone = self.__dict__.get("phone")
        if phone is not None and phone.is_fresh:
            self.phone_digest = digest(phone.reveal())
        return self

    @property
    def masked_name(self) -> str:
        return masked_name(self.name)

    @property
    def reference(self) -> str:
        """What the log of actions calls this person."""
        return f"person:{self.pk}"

    def age(self, *, on: dt.date) -> int | None:
        return dates.age(self.born_on, on=on) if self.born_on else None


class Guardian(Logged):
    """Who answers for a child: whom to ask for consent, and whom to telephone."""

    class Relation(models.TextChoices):
        FATHER = "father", _("Father")
        MOTHER = "mother", _("Mother")
        GRANDPARENT = "grandparent", _("Grandparent")
        OTHER = "other", _("Other guardian")

    person = models.ForeignKey(Person, models.CASCADE, related_name="guardians")
    name = models.CharField(_("Name of the guardian"), max_length=60)
    relation = models.CharField(_("Relation to the child"), max_length=12, choices=Relation, blank=True)
    phone = SealedText(_("Phone of the guardian"), shows=PHONE)

    class Meta:
        verbose_name = _("Guardian")
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="guardian_named_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_name(self) -> str:
        return masked_name(self.name)


class Consent(Logged):
    """Leave to hold and use personal data for one purpose, given by a guardian or by the person."""

    class Manner(models.TextChoices):
        PAPER = "paper", _("On paper")
        SCREEN = "screen", _("On screen")

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    guardian = models.ForeignKey(
        Guardian, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Guardian")
    )
    purpose = models.CharField(_("Purpose"), max_length=40)
    scope = models.CharField(_("Scope"), max_length=120, blank=True)
    given_on = models.DateField(_("Given on"))
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, blank=True)
    manner = models.CharField(_("How it was given"), max_length=8, choices=Manner, default=Manner.PAPER)
    paper = models.CharField(_("Where the paper is kept"), max_length=120, blank=True)
    text_version = models.PositiveSmallIntegerField(_("Version of the text"), default=1)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("Recorded by")
    )
    recorded_at = models.DateTimeField(_("Recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("Consent")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=models.Q(withdrawn_on=None),
                name="one_consent_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_on}"


class Request(Logged):
    """What a person asks for about the own data, and what the office answered."""

    class Sort(models.TextChoices):
        CORRECTION = "correction", _("Correct my data")
        COPY = "copy", _("Give me a copy")
        DELETION = "deletion", _("Delete my data")

    person = models.ForeignKey(Person, models.CASCADE, related_name="requests")
    sort = models.CharField(_("Request"), max_length=12, choices=Sort)
    words = SealedText(_("What is asked"), opened_by="privacy.keep")
    made_at = models.DateTimeField(_("Made at"), auto_now_add=True)
    due_on = models.DateField(_("To be answered by"))
    answer = SealedText(_("Answer"), opened_by="privacy.keep")
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Request about personal data")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return str(self.get_sort_display())


class Erasure(Logged):
    """Personal facts that were erased when their time was over: which and when, never what they were."""

    rule = models.CharField(_("Rule"), max_length=40)
    table = models.CharField(_("Table"), max_length=80)
    reference = models.CharField(_("Number"), max_length=80)
    fields = models.CharField(_("Erased"), max_length=200)
    at = models.DateTimeField(_("When"), auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("Erasure")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.rule} {self.reference}"


__all__ = ["Consent", "Erasure", "Guardian", "Person", "Request", "Sex", "digest"]
