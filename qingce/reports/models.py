"""Issued reports: what was handed in keeps its text, its values, the rows behind them, and its files."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.reports.document import Document, read_back
from qingce.reports.frozen import Frozen, digest_of, kept
from qingce.reports.rows import CountedRow

if TYPE_CHECKING:
    from qingce.reports.issued.drift import Drift


class Snapshot(Frozen):
    """A report as it was issued."""

    document = models.CharField(_("Report"), max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    period = models.CharField(_("Period"), max_length=40)
    title = models.CharField(_("Title"), max_length=200)
    initials = models.CharField(max_length=200, blank=True, editable=False)
    content = models.JSONField(_("Text"))
    digest = models.CharField(_("Digest"), max_length=64)
    seal = models.CharField(_("Digest of the whole"), max_length=64, blank=True, editable=False)
    at = models.DateTimeField(_("Issued at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Issued by")
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replacement", verbose_name=_("Replaces")
    )
    because = models.CharField(_("Why it replaces the former issue"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Issued report")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(replaces=None) | ~models.Q(because=""), name="replacement_says_why"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def composed(self) -> Document:
        """The document as it was issued."""
        return read_back(self.content)

    @property
    def period_of_report(self) -> Period:
        return Period.parse(self.period)

    @property
    def replaced_by(self) -> Snapshot | None:
        found: Snapshot | None = getattr(self, "replacement", None)
        return found

    def is_intact(self) -> bool:
        """Whether the stored text is still the one that was issued."""
        return self.composed.digest == self.digest

    def sealed(self, figures: list[FrozenFigure], files: list[IssuedFile]) -> str:
        """The digest of the whole: text, figures with their rows, files, and what it replaces."""
        said = [
            self.document, self.unit_id, self.period, self.title, self.digest, self.at.isoformat(),
            self.by_id, self.replaces_id, self.because,
            [one.digest_now() for one in figures],
            sorted([one.ending, one.digest] for one in files),
        ]  # fmt: skip
        return digest_of(said)

    def drift(self) -> dict[str, Drift]:
        """What has changed since the issue, by code; figures that stand as issued are left out."""
        from qingce.reports.issued.drift import drift_of  # it asks the models

        return drift_of(self)


class FrozenFigure(Frozen):
    """One figure of an issued report, with its definition and the rows it was drawn from."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="figures")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("Unit"))
    period = models.CharField(_("Period"), max_length=40, blank=True)
    label = models.CharField(_("Figure"), max_length=120)
    value = models.DecimalField(_("Value"), max_digits=24, decimal_places=6)
    display = models.CharField(_("Written"), max_length=60)
    exact = models.CharField(_("Exact"), max_length=60)
    override = models.CharField(_("Why it is written otherwise"), max_length=200, blank=True)
    definition = models.TextField(_("Definition"))
    version = models.PositiveSmallIntegerField(_("Version"))
    definition_digest = models.CharField(max_length=16)
    rows = models.JSONField(_("Rows"))
    shares = models.JSONField(_("By unit"), default=list)
    check_code = models.CharField(_("Check code"), max_length=20, blank=True, db_index=True)

    class Meta:
        verbose_name = _("Frozen figure")
        ordering = ["snapshot", "place"]
        constraints = [models.UniqueConstraint(fields=["snapshot", "place"], name="figure_in_one_place")]

    def __str__(self) -> str:
        return f"{self.label} {self.exact}"

    @cached_property
    def counted(self) -> list[CountedRow]:
        return [CountedRow.read_back(row) for row in self.rows]

    @property
    def asked_unit(self) -> Unit:
        """The unit it speaks of; figures issued before they named it speak of the report's."""
        return self.unit or self.snapshot.unit

    @property
    def asked_period(self) -> Period:
        return Period.parse(self.period or self.snapshot.period)

    @property
    def key(self) -> str:
        """Its code, or code and question where it does not ask the report's own."""
        own = (self.unit_id or self.snapshot.unit_id) == self.snapshot.unit_id
        if own and (self.period or self.snapshot.period) == self.snapshot.period:
            return self.code
        return f"{self.code}@{self.asked_unit.code}/{self.asked_period.code}"

    @property
    def list_digest(self) -> str:
        """The digest of the list of rows alone."""
        return digest_of(self.rows)

    def digest_now(self) -> str:
        """The digest of everything that was frozen of this figure."""
        said: list[Any] = [
            self.place, self.code, self.unit_id, self.period, self.label, str(kept(self.value)),
            self.display, self.exact, self.override, self.definition, self.version,
            self.definition_digest, self.rows, self.shares, self.check_code,
        ]  # fmt: skip
        return digest_of(said)


class KeptFile(Frozen):
    """A file as it was handed in, kept as bytes."""

    ending = models.CharField(_("Form"), max_length=10)
    file = models.FileField(_("File"), upload_to="issued")
    digest = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField(_("Size"))

    class Meta:
        abstract = True


class IssuedFile(KeptFile):
    """A report as it was handed in; one file for each form."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="files")

    class Meta:
        verbose_name = _("Issued file")
        ordering = ["snapshot", "ending"]
        constraints = [models.UniqueConstraint(fields=["snapshot", "ending"], name="one_file_per_form")]

    def __str__(self) -> str:
        return f"{self.snapshot_id}.{self.ending}"


class Erratum(Frozen):
    """A correction of an issued report: what was said, what holds, and why; numbered, printed and kept."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="errata")
    number = models.PositiveSmallIntegerField(_("Number"))
    because = models.CharField(_("Reason"), max_length=200)
    content = models.JSONField(_("Text"))
    digest = models.CharField(_("Digest"), max_length=64)
    seal = models.CharField(_("Digest of the whole"), max_length=64, editable=False)
    at = models.DateTimeField(_("Issued at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Issued by")
    )

    class Meta:
        verbose_name = _("Erratum")
        ordering = ["snapshot", "number"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "number"], name="errata_are_numbered"),
            models.CheckConstraint(condition=~models.Q(because=""), name="erratum_says_why"),
        ]

    def __str__(self) -> str:
        return _("Erratum %(number)s to “%(title)s”") % {
            "number": self.number,
            "title": self.snapshot.title,
        }

    @property
    def unit_id(self) -> int:
        """It lies where its report lies."""
        return self.snapshot.unit_id

    @cached_property
    def composed(self) -> Document:
        return read_back(self.content)

    def is_intact(self) -> bool:
        return self.composed.digest == self.digest

    def sealed(self, figures: list[ErratumFigure], files: list[ErratumFile]) -> str:
        said = [
            self.snapshot.seal, self.number, self.because, self.digest, self.at.isoformat(), self.by_id,
            [one.digest_now() for one in figures],
            sorted([one.ending, one.digest] for one in files),
        ]  # fmt: skip
        return digest_of(said)


class ErratumFigure(Frozen):
    """One figure put right: what it said before, what it says from now on, and the rows that moved it."""

    erratum = models.ForeignKey(Erratum, models.PROTECT, related_name="figures")
    figure = models.ForeignKey(FrozenFigure, models.PROTECT, related_name="put_right")
    before = models.CharField(_("Before"), max_length=60)
    before_display = models.CharField(_("Written before"), max_length=60)
    value = models.DecimalField(_("Value"), max_digits=24, decimal_places=6)
    display = models.CharField(_("Written"), max_length=60)
    exact = models.CharField(_("Exact"), max_length=60)
    definition = models.TextField(_("Definition"))
    version = models.PositiveSmallIntegerField(_("Version"))
    definition_digest = models.CharField(max_length=16)
    rows = models.JSONField(_("Rows"))
    added = models.JSONField(_("Rows added"))
    removed = models.JSONField(_("Rows removed"))

    class Meta:
        verbose_name = _("Figure put right")
        ordering = ["erratum", "figure__place"]
        constraints = [models.UniqueConstraint(fields=["erratum", "figure"], name="figure_put_right_once")]

    def __str__(self) -> str:
        return f"{self.before} → {self.exact}"

    def digest_now(self) -> str:
        said: list[Any] = [
            self.figure_id, self.before, self.before_display, str(kept(self.value)), self.display,
            self.exact, self.definition, self.version, self.definition_digest, self.rows, self.added,
            self.removed,
        ]  # fmt: skip
        return digest_of(said)


class ErratumFile(KeptFile):
    """An erratum as it was handed in."""

    erratum = models.ForeignKey(Erratum, models.PROTECT, related_name="files")

    class Meta:
        verbose_name = _("File of an erratum")
        ordering = ["erratum", "ending"]
        constraints = [
            models.UniqueConstraint(fields=["erratum", "ending"], name="one_erratum_file_per_form")
        ]

    def __str__(self) -> str:
        return f"{self.erratum_id}.{self.ending}"
