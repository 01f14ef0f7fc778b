"""Dues as a small ledger: what a member owes a month, and entries that are reversed, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.league.organisations.models import Unit
from qingce.league.people.models import Person


class Band(models.TextChoices):
    """What a member's monthly dues follow from."""

    NO_INCOME = "no_income", _("Student or without income")
    WAGE = "wage", _("Wage earner")
    FARMER = "farmer", _("Farmer")


class DuesTerms(Logged):
    """From `since` a member owes this much a month. The wage itself is asked for and not kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="dues_terms")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    since = models.DateField(_("From"))
    band = models.CharField(_("Dues by"), max_length=12, choices=Band)
    amount = models.DecimalField(_("Monthly dues"), max_digits=7, decimal_places=2)

    class Meta:
        verbose_name = _("Monthly dues")
        ordering = ["-since", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "since"], name="one_amount_from_a_day")]

    def __str__(self) -> str:
        return f"{self.get_band_display()} {self.amount}"


class DuesEntry(Logged):
    """One movement: a month paid or waived, cash handed up, or the reversal of one of these."""

    class Sort(models.TextChoices):
        PAID = "paid", _("Dues paid")
        WAIVED = "waived", _("Waived")
        HANDED_UP = "handed_up", _("Cash handed up")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dues", verbose_name=_("Unit"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="dues")
    sort = models.CharField(_("Entry"), max_length=12, choices=Sort)
    month = models.DateField(_("Month"), null=True, blank=True)  # its first day
    amount = models.DecimalField(_("Amount"), max_digits=9, decimal_places=2)
    on = models.DateField(_("On"))
    because = models.CharField(_("Decision or paper"), max_length=120, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal", verbose_name=_("Reverses")
    )
    entered_at = models.DateTimeField(_("Entered at"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("Entry of dues")
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "month"], name="dues_unit_month"),
            models.Index(fields=["person", "month"], name="dues_person_month"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sort="handed_up", person=None, month=None)
                | (~models.Q(sort="handed_up") & models.Q(person__isnull=False, month__isnull=False)),
                name="dues_of_a_member_and_month",
            ),
            models.CheckConstraint(
                condition=models.Q(reverses=None, amount__gt=0)
                | models.Q(reverses__isnull=False, amount__lt=0),
                name="dues_reversed_by_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()} {self.amount}"
