"""Anything somebody must resolve: youth-line cases, pairings, problems to put right, opinions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.foundation.privacy.fields import SealedText
from qingce.league.people.models import Person
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records import models as ledger
from qingce.ledger.records.models import Facts, PartList, Record, Tagging


class Case(Record):
    """One matter. Confidential kinds keep their text sealed and their title an alias."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="cases")
    helper = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="cases_helped")
    due_on = models.DateField(_("Deadline"), null=True, blank=True)
    handler = models.CharField(_("Handled by"), max_length=80, blank=True)
    outcome = models.CharField(_("Outcome"), max_length=120, blank=True)
    sealed_text = SealedText(_("What was said"), opened_by="case.see")

    class Meta(Record.Meta):
        verbose_name = _("Case")

    def facts(self) -> Facts:
        known: Facts = [
            (_("Person"), self.person),
            (_("Helped by"), self.helper),
            (_("Deadline"), self.due_on),
            (_("Handled by"), self.handler),
            (_("Outcome"), self.outcome),
        ]
        words: Facts = [(tag.facet_label, str(tag)) for tag in self.tags.all()]
        return [(label, value) for label, value in known if value not in (None, "")] + words

    def lists(self) -> list[PartList]:
        return [
            PartList(_("Stages reached"), ("on", "stage_label"), self.steps.all()),
            PartList(_("Contacts"), ("on", "form_label", "note"), self.contacts.all()),
        ]


class Step(ledger.Step):
    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")

    class Meta(ledger.Step.Meta):
        constraints = [models.UniqueConstraint(fields=["case", "stage", "on"], name="case_stage_once_a_day")]
        indexes = [models.Index(fields=["stage", "on"], name="case_step_date")]


class Contact(Logged):
    """Part: one contact of the helper with the person helped."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="contacts")
    on = models.DateField(_("Date"))
    form = models.CharField(_("Form"), max_length=20)
    note = models.CharField(_("Content"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Contact")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.form_label}"

    @property
    def form_label(self) -> str:
        return taxonomy().word("contact_form", self.form)


class Tag(Tagging):
    case = models.ForeignKey(Case, models.CASCADE, related_name="tags")

    class Meta(Tagging.Meta):
        constraints = [models.UniqueConstraint(fields=["case", "facet", "word"], name="case_word_given_once")]
        indexes = [models.Index(fields=["facet", "word", "case"], name="case_tag_word")]
