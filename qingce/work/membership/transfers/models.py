"""What a transfer of membership keeps beside the case, and the reminders sent about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.league.organisations.models import Unit
from qingce.work.membership.models import MemberCase
from qingce.work.membership.transfers.reasons import Reason, goal_label, reasons


class Direction(models.TextChoices):
    WITHIN = "within", _("Within the county")
    OUT = "out", _("Out of the county")
    IN = "in", _("Into the county")


class Transfer(Logged):
    """Why and where to; the case's unit is the sending side, its `to_unit` the receiving side."""

    member_case = models.OneToOneField(
        MemberCase, models.CASCADE, primary_key=True, related_name="transfer", verbose_name=_("Transfer")
    )
    direction = models.CharField(_("Direction"), max_length=8, choices=Direction, default=Direction.WITHIN)
    cause = models.CharField(_("Reason"), max_length=24)
    goal = models.CharField(_("Destination"), max_length=24)
    elsewhere = models.CharField(_("Body outside the county"), max_length=120, blank=True)
    branch = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Placed in")
    )
    graduate = models.BooleanField(_("Graduate"), default=False)
    asked_on = models.DateField(_("Asked for on"), null=True, blank=True)  # by the receiving branch
    asked_because = models.CharField(_("Why it is asked for"), max_length=200, blank=True)
    due_on = models.DateField(_("To be done by"), null=True, blank=True)
    opinion = models.CharField(_("Opinion"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Particulars of a transfer")
        indexes = [models.Index(fields=["graduate", "cause"], name="transfer_graduates")]

    def __str__(self) -> str:
        return f"{self.reason or self.cause} · {self.goal_label}"

    @property
    def reason(self) -> Reason | None:
        return reasons().get(self.cause)

    @property
    def goal_label(self) -> str:
        return goal_label(self.goal)


class Reminder(Logged):
    """Somebody asked the other side to act: who, when, and on what."""

    member_case = models.ForeignKey(MemberCase, models.CASCADE, related_name="reminders")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    on = models.DateField(_("On"))
    note = models.CharField(_("Note"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("Reminder")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["member_case", "unit", "on"], name="one_reminder_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.on}"
