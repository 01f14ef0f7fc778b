"""Frozen reports: what was handed in keeps its text, its values and the rows behind them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.figures.indicators import batch
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.foundation.audit.guarded import GuardedQuerySet
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.reports.document import Document, read_back
from qingce.reports.rows import CountedRow, counted_rows

UNTOUCHABLE = _("An issued report stays as it was issued. Issue a new one beside it.")


class FrozenQuerySet(GuardedQuerySet[Any]):
    def update(self, **fields: Any) -> int:
        raise Refused(UNTOUCHABLE)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Refused(UNTOUCHABLE)


class Frozen(models.Model):
    """Written once, never changed, never deleted."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Refused(UNTOUCHABLE)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Refused(UNTOUCHABLE)


class Snapshot(Frozen):
    """A report as it was issued."""

    document = models.CharField(_("Report"), max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    period = models.CharField(_("Period"), max_length=40)
    title = models.CharField(_("Title"), max_length=200)
    content = models.JSONField(_("Text"))
    digest = models.CharField(_("Digest"), max_length=64)
    at = models.DateTimeField(_("Issued at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Issued by")
    )

    class Meta:
        verbose_name = _("Issued report")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def composed(self) -> Document:
        """The document as it was issued."""
        return read_back(self.content)

    @property
    def period_of_report(self) -> Period:
        return Period.parse(self.period)

    def is_intact(self) -> bool:
        """Whether the stored text is still the one that was issued."""
        return self.composed.digest == self.digest

    def drift(self) -> dict[str, Drift]:
        """What has changed since the issue, by code; figures that stand as issued are left out."""
        frozen = list(self.figures.all())
        known = [one for one in frozen if one.code in indicators()]
        live = [Figure(indicators()[one.code], self.unit, self.period_of_report) for one in known]
        batch.evaluate(live)
        rows = dict(zip((one.code for one in known), counted_rows(live), strict=True))
        figures = {figure.indicator.code: figure for figure in live}
        drifts = [_drift(one, figures.get(one.code), rows.get(one.code, [])) for one in frozen]
        return {drift.frozen.code: drift for drift in drifts if drift.is_change}


class FrozenFigure(Frozen):
    """One figure of an issued report, with its definition and the rows it was drawn from."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="figures")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    label = models.CharField(_("Figure"), max_length=120)
    value = models.DecimalField(_("Value"), max_digits=24, decimal_places=6)
    display = models.CharField(_("Written"), max_length=60)
    exact = models.CharField(_("Exact"), max_length=60)
    definition = models.TextField(_("Definition"))
    version = models.PositiveSmallIntegerField(_("Version"))
    definition_digest = models.CharField(max_length=16)
    rows = models.JSONField(_("Rows"))

    class Meta:
        verbose_name = _("Frozen figure")
        ordering = ["snapshot", "place"]
        constraints = [models.UniqueConstraint(fields=["snapshot", "code"], name="figure_frozen_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.exact}"

    @cached_property
    def counted(self) -> list[CountedRow]:
        return [CountedRow.read_back(row) for row in self.rows]


@dataclass(frozen=True)
class Drift:
    """How far the ledger has moved from a frozen figure."""

    frozen: FrozenFigure
    live: Decimal | None  # None when the indicator is gone or has no value now
    live_exact: str
    added: list[CountedRow]
    removed: list[CountedRow]
    redefined: bool

    @property
    def difference(self) -> Decimal | None:
        return None if self.live is None else self.live - self.frozen.value

    @property
    def is_change(self) -> bool:
        return bool(self.difference is None or self.difference or self.added or self.removed) or (
            self.redefined
        )


def _drift(frozen: FrozenFigure, live: Figure | None, rows: list[CountedRow]) -> Drift:
    before, now = set(frozen.counted), set(rows)
    value = None if live is None or live.told is None else _kept(live.told)
    return Drift(
        frozen=frozen,
        live=value,
        live_exact=live.exact if live else "—",
        added=[row for row in rows if row not in before],
        removed=[row for row in frozen.counted if row not in now],
        redefined=live is None or live.indicator.digest != frozen.definition_digest,
    )


def _kept(value: Decimal) -> Decimal:
    """The value with as many decimals as a frozen figure keeps."""
    return value.quantize(Decimal("0.000001"))
