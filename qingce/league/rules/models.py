"""What a higher body ordered for itself and everything beneath it, in place of the catalogue's value."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.league.organisations.models import Unit
from qingce.league.rules.catalogue import rules
from qingce.league.rules.values import read_value


class RuleOverride(Logged):
    """One rule at one unit and beneath, from `since` until the day before `until`."""

    rule = models.CharField(_("Rule"), max_length=60, db_index=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="rule_overrides", verbose_name=_("Ordered by")
    )
    value = models.CharField(_("Value"), max_length=60)
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=200)
    basis = models.CharField(_("Basis"), max_length=200)
    switched_on = models.BooleanField(_("Blocks instead of warning"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("By")
    )
    made_at = models.DateTimeField(_("Recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("Local rule")
        ordering = ["rule", "since", "pk"]

    def __str__(self) -> str:
        return f"{self.label} {self.value}"

    @property
    def shown(self) -> str:
        """The value with what it is measured in."""
        rule = rules().get(self.rule)
        return self.value if rule is None else rule.measured(read_value(rule.sort, self.value))

    @property
    def label(self) -> str:
        """The reader's name of the rule; its code when the catalogue no longer holds it."""
        return str(rules().get(self.rule, self.rule))
