"""What is stated by hand: a number from outside, with who says so, why, and the paper behind it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.figures.indicators.definitions import Indicator, indicators
from qingce.figures.indicators.display import written
from qingce.foundation.audit.guarded import GuardedQuerySet
from qingce.foundation.refusals import Refused
from qingce.foundation.ui.numbers import short_day
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period

UNTOUCHABLE = gettext_lazy("What was stated stays to be read. Void it with a reason and state it anew.")


class StatementQuerySet(GuardedQuerySet["Statement"]):
    def standing(self) -> StatementQuerySet:
        return self.filter(voided_at=None)

    def update(self, **fields: Any) -> int:
        raise Refused(UNTOUCHABLE)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Refused(UNTOUCHABLE)

    def take_back(self, **fields: Any) -> int:
        """For the verb alone: mark rows as void."""
        return super().update(**fields)


class Statement(models.Model):
    """The value of one figure as somebody states it; written once, voided with a reason, never edited."""

    code = models.CharField(gettext_lazy("Figure"), max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=gettext_lazy("Unit"))
    period = models.CharField(gettext_lazy("Period"), max_length=40)
    value = models.DecimalField(gettext_lazy("Value"), max_digits=18, decimal_places=2)
    because = models.CharField(gettext_lazy("Why it is not counted here"), max_length=200)
    paper = models.CharField(
        gettext_lazy("Paper behind it"),
        max_length=200,
        help_text=gettext_lazy("Title, number and date of the paper, and where it is kept."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=gettext_lazy("Stated by")
    )
    at = models.DateTimeField(gettext_lazy("Stated at"))
    voided_at = models.DateTimeField(gettext_lazy("Voided at"), null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    voided_because = models.CharField(gettext_lazy("Reason for voiding"), max_length=200, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("Statement by hand")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "unit", "period"], condition=Q(voided_at=None), name="stated_once"
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None) | ~Q(voided_because=""), name="statement_void_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(because="") & ~Q(paper=""), name="statement_says_why_and_shows_its_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.period_asked.label} {self.display}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Refused(UNTOUCHABLE)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Refused(UNTOUCHABLE)

    @property
    def indicator(self) -> Indicator | None:
        return indicators().get(self.code)

    @property
    def label(self) -> str:
        return str(self.indicator or self.code)

    @property
    def period_asked(self) -> Period:
        return Period.parse(self.period)

    @property
    def stated_value(self) -> Decimal:
        return Decimal(self.value)

    @property
    def display(self) -> str:
        indicator = self.indicator
        if indicator is None:
            return str(self.value)
        return written(self.stated_value, unit=indicator.unit, form=indicator.form)

    @property
    def sentence(self) -> str:
        """Who stated it, when, why, and by which paper."""
        said = {"by": self.by, "day": short_day(self.at.date()), "because": self.because, "paper": self.paper}
        return _("Stated by hand by %(by)s on %(day)s: %(because)s. Paper: %(paper)s.") % said
