"""Public notices (公示): who is put up, on which working days, and what was objected.

Whatever the matter, a notice is unable to print more than name, school, grade, class and major.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.league.organisations.models import Unit
from qingce.league.people import working_days

# Every column that a notice prints; there is no place in the table for anything else.
PRINTED = ("name", "school", "grade", "class_name", "major")


class Notice(Logged):
    """One sheet on the board of a unit, from its first working day to its last, both counted."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notices")
    purpose = models.CharField(_("What it is about"), max_length=40)
    title = models.CharField(_("Title"), max_length=120)
    opens_on = models.DateField(_("First day"))
    closes_on = models.DateField(_("Last day"))
    put_up_at = models.CharField(_("Where it hangs"), max_length=120, blank=True)
    contact = models.CharField(_("Where to object"), max_length=120, blank=True)
    taken_down_on = models.DateField(_("Taken down on"), null=True, blank=True)
    taken_down_because = models.CharField(_("Why it was taken down"), max_length=200, blank=True)
    put_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("Public notice")
        ordering = ["-opens_on", "-pk"]
        indexes = [models.Index(fields=["unit", "opens_on"], name="notice_unit_opens")]

    def __str__(self) -> str:
        return self.title

    @property
    def working_days(self) -> int:
        return working_days.between(self.opens_on, self.closes_on)

    def is_over(self, *, on: dt.date) -> bool:
        """Whether the next step may be taken: on the day after the last one."""
        return on > self.closes_on

    @property
    def reference(self) -> str:
        """What the log of actions calls this notice."""
        return f"notice:{self.pk}"


class NoticeEntry(Logged):
    """One line of a notice: these five columns and no more, and the record it belongs to."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="entries")
    record = models.CharField(_("Record"), max_length=20, db_index=True)
    name = models.CharField(_("Name"), max_length=60)
    school = models.CharField(_("School"), max_length=80, blank=True)
    grade = models.CharField(_("Grade"), max_length=20, blank=True)
    class_name = models.CharField(_("Class"), max_length=60, blank=True)
    major = models.CharField(_("Major"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("Line of a notice")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "record"], name="noticed_once")]

    def __str__(self) -> str:
        return self.name


class Objection(Logged):
    """What somebody held against a line of a notice, and what came of it; nobody is named."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("Being looked into")
        RESOLVED = "resolved", _("Resolved, the notice stands")
        UPHELD = "upheld", _("Upheld")

    entry = models.ForeignKey(NoticeEntry, models.CASCADE, related_name="objections")
    received_on = models.DateField(_("Received on"))
    about = models.CharField(_("What is objected, without naming who objects"), max_length=200)
    kept_at = models.CharField(_("Where the letter is kept"), max_length=120, blank=True)
    outcome = models.CharField(_("Outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    settled_on = models.DateField(_("Settled on"), null=True, blank=True)
    answer = models.CharField(_("What was found"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Objection")
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="open") | ~models.Q(answer=""), name="objection_settled_says_what"
            )
        ]

    def __str__(self) -> str:
        return self.about
