"""Anything people, units or places apply for and are chosen for: honours, aid, posts, plates."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.league.organisations.models import Unit
from qingce.league.people.models import Person
from qingce.league.places.models import Site
from qingce.ledger.records import models as ledger
from qingce.ledger.records.models import Facts, PartList, Record


class Tier(models.TextChoices):
    """The level that judges or awards."""

    NATIONAL = "national", _("National")
    PROVINCIAL = "provincial", _("Provincial")
    CITY = "city", _("City")
    COUNTY = "county", _("County or district")


class Application(Record):
    """One person, unit or place that seeks one thing; its steps say how far it has come."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="applications")
    subject_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="applications")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="namings")
    tier = models.CharField(_("Level"), max_length=12, choices=Tier, blank=True)
    document_number = models.CharField(_("Document number"), max_length=80, blank=True)
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("Application")

    def facts(self) -> Facts:
        known: Facts = [
            (_("Person"), self.person),
            (_("Unit concerned"), self.subject_unit),
            (_("Site"), self.site),
            (_("Level"), self.get_tier_display() if self.tier else ""),
            (_("Document number"), self.document_number),
            (_("Valid until"), self.valid_until),
        ]
        for part in ("placement", "verdict"):
            if hasattr(self, part):
                known += getattr(self, part).facts()
        return [(label, value) for label, value in known if value not in (None, "")]

    def lists(self) -> list[PartList]:
        return [
            PartList(_("Stages reached"), ("on", "stage_label"), self.steps.all()),
            PartList(_("Payments"), ("paid_on", "amount", "batch_number", "result"), self.payments.all()),
        ]


class Step(ledger.Step):
    """The day on which an application reached a stage; striving and being awarded are two."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps")

    class Meta(ledger.Step.Meta):
        constraints = [
            models.UniqueConstraint(fields=["application", "stage"], name="application_stage_once")
        ]
        indexes = [models.Index(fields=["stage", "on"], name="application_step_date")]


class Placement(Logged):
    """Part: the post where a student was on duty."""

    application = models.OneToOneField(Application, models.CASCADE, primary_key=True)
    host = models.CharField(_("Host"), max_length=80)
    post = models.CharField(_("Post"), max_length=60, blank=True)
    school = models.CharField(_("University"), max_length=80, blank=True)
    season = models.CharField(_("Term"), max_length=12, blank=True)
    began_on = models.DateField(_("On duty from"))
    ended_on = models.DateField(_("On duty until"), null=True, blank=True)
    evaluation = models.CharField(_("Evaluation by the host"), max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.host} {self.post}"

    def facts(self) -> Facts:
        return [
            (_("Host"), self.host),
            (_("Post"), self.post),
            (_("University"), self.school),
            (_("On duty from"), self.began_on),
            (_("On duty until"), self.ended_on),
            (_("Evaluation by the host"), self.evaluation),
        ]


class Payment(Logged):
    """Part: money for an application, in yuan; only what the bank carried out counts as paid."""

    class Result(models.TextChoices):
        PLANNED = "planned", _("Planned")
        PAID = "paid", _("Paid")
        RETURNED = "returned", _("Returned by the bank")

    application = models.ForeignKey(Application, models.CASCADE, related_name="payments")
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=12, decimal_places=2)
    paid_on = models.DateField(_("Date"))
    batch_number = models.CharField(_("Payment batch"), max_length=40, blank=True)
    result = models.CharField(_("Bank result"), max_length=12, choices=Result)

    class Meta:
        verbose_name = _("Payment")
        ordering = ["paid_on", "pk"]

    def __str__(self) -> str:
        return f"{self.application} {self.amount}"


class Verdict(Logged):
    """Part: an official result, entered from the paper."""

    application = models.OneToOneField(Application, models.CASCADE, primary_key=True)
    grade = models.CharField(_("Grade"), max_length=20, blank=True)
    rank = models.PositiveSmallIntegerField(_("Rank"), null=True, blank=True)
    listed = models.CharField(_("List"), max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.grade} {self.rank or ''}".strip()

    def facts(self) -> Facts:
        return [(_("Grade"), self.grade), (_("Rank"), self.rank), (_("List"), self.listed)]
