"""The narrow waist: what every record of work has in common, whatever its family.

`Record` is abstract. The six families of `qingce.work` give it a table each; pages, evidence and
frozen figures know a record by its number, which is unique across all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import GuardedQuerySet, Logged
from qingce.foundation.exchange.models import Batch
from qingce.foundation.refusals import Refused
from qingce.foundation.words import initials
from qingce.league.organisations.models import PATH_LENGTH, Unit
from qingce.ledger.kinds.catalogue import Kind, Series, taxonomy
from qingce.ledger.periods import Period

R = TypeVar("R", bound="Record")
Facts = list[tuple[Any, Any]]  # label and value, as a page shows them


class State(models.TextChoices):
    """One life for every record."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Awaiting confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    VOID = "void", _("Void")


class Grade(models.TextChoices):
    """How well a record is founded, the best first."""

    SYSTEM = "system", _("Recorded by the system")
    DOCUMENT = "document", _("Document attached")
    PLATFORM = "platform", _("Imported from a platform")
    HAND = "hand", _("Entered by hand")
    ESTIMATE = "estimate", _("Estimated")


def counts(record: str = "") -> models.Q:
    """The condition under which a record counts, for rows whose path to it is `record`.

    A join answers quicker than a list of every record that counts.
    """
    return models.Q(**{f"{record}__state" if record else "state": State.CONFIRMED})


class RecordQuerySet(GuardedQuerySet[R]):
    """Records change through verbs that tell the log, and are never deleted."""

    def counted(self) -> RecordQuerySet[R]:
        """The only place that says which records count."""
        return self.filter(counts())

    def during(self, period: Period) -> RecordQuerySet[R]:
        return self.filter(happened_on__gte=period.first, happened_on__lte=period.last)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Refused(_("Records are voided with a reason, never deleted."))


class Issue(Logged):
    """One issue (期) of a series. An addressed issue is a task: each unit answers with one record."""

    series = models.CharField(_("Series"), max_length=40)
    year = models.PositiveSmallIntegerField(_("Year"))
    number = models.PositiveSmallIntegerField(_("Issue number"))
    title = models.CharField(_("Title"), max_length=120)
    issued_by = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    opens_on = models.DateField(_("Opens on"))
    due_on = models.DateField(_("Due on"), null=True, blank=True)

    class Meta:
        verbose_name = _("Issue")
        ordering = ["-year", "series", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "number", "issued_by"], name="one_issue_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.title}"

    @property
    def name(self) -> str:
        """The issue as an officer says it: the series, the year and the number."""
        said = {"series": self.series_label, "year": self.year, "number": self.number}
        return gettext("%(series)s, issue %(number)d of %(year)d") % said

    @property
    def series_label(self) -> str:
        series = taxonomy().series.get(self.series)
        return str(series) if series else self.series


@dataclass(frozen=True)
class PartList:
    """A part table of one record: its name, the columns shown, its rows."""

    label: Any
    columns: tuple[str, ...]  # names of fields, or of methods without arguments
    rows: models.QuerySet[Any]


class OwnPage(NamedTuple):
    """Where a record is carried on: what the page is called, its address, and who may open it."""

    label: Any
    href: str
    permission: str


class Record(models.Model):
    """A piece of work recorded once."""

    number = models.CharField(_("Number"), max_length=20, unique=True)
    kind = models.CharField(_("Kind"), max_length=40)
    stage = models.CharField(_("Stage"), max_length=24)
    title = models.CharField(_("Title"), max_length=160)
    initials = models.CharField(max_length=160, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    place = models.CharField(max_length=PATH_LENGTH, editable=False)
    happened_on = models.DateField(_("Date"))
    ended_on = models.DateField(_("Last day"), null=True, blank=True)
    series = models.CharField(_("Series"), max_length=40, blank=True)
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.DRAFT)
    state_reason = models.CharField(_("Reason"), max_length=200, blank=True)
    grade = models.CharField(_("Evidence"), max_length=12, choices=Grade, default=Grade.HAND)
    paper_missing = models.BooleanField(_("Required paper missing"), default=False)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("Recorded by"),
    )
    entered_at = models.DateTimeField(_("Entered at"))
    source_key = models.CharField(max_length=80, blank=True, editable=False)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-happened_on", "-pk"]
        indexes = [
            models.Index(fields=["kind", "happened_on"], name="%(class)s_kind_date"),
            models.Index(fields=["happened_on", "id"], name="%(class)s_date"),
            models.Index(fields=["place", "happened_on"], name="%(class)s_place_date"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source_key"],
                condition=~models.Q(source_key=""),
                name="%(class)s_once_per_source",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="void") | ~models.Q(state_reason=""),
                name="%(class)s_void_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Refused(_("Records are voided with a reason, never deleted."))

    @property
    def kind_of_work(self) -> Kind:
        return taxonomy().kinds[self.kind]

    @property
    def series_of_work(self) -> Series | None:
        return taxonomy().series.get(self.series)

    @property
    def stage_label(self) -> str:
        return taxonomy().word("stage", self.stage)

    @property
    def is_counted(self) -> bool:
        return self.state == State.CONFIRMED

    def has_part(self, part: str) -> bool:
        return part in self.kind_of_work.parts

    def fill(self) -> Record:
        """Bring the derived columns in step; bulk saves call it themselves."""
        self.initials = initials(self.title)[:160]
        return self

    def facts(self) -> Facts:
        """What the family knows beyond the common columns, as (label, value) for the page."""
        return []

    def lists(self) -> list[PartList]:
        """The part tables of this record that hold anything, each as a list for the page."""
        return []

    def carried_on_by(self) -> str:
        """Where the record is carried on, when verbs of its own do it; empty when the ledger's verbs may.

        A record whose steps have effects elsewhere is not confirmed, taken back or voided past them.
        """
        return ""

    def own_page(self) -> OwnPage | None:
        """The page of the procedure to which the record belongs, where it has one."""
        return None

    def missing_evidence(self) -> list[str]:
        """Labels of the evidence that this kind asks for and does not have yet."""
        held = set(Evidence.objects.filter(record=self.number).values_list("label", flat=True))
        return [label for label in self.kind_of_work.evidence if label not in held]


class Step(Logged):
    """The day on which a record reached a stage; each family gives it a foreign key to its record."""

    stage = models.CharField(_("Stage"), max_length=24)
    on = models.DateField(_("On"))

    class Meta:
        abstract = True
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.stage_label} {self.on}"

    @property
    def stage_label(self) -> str:
        return taxonomy().word("stage", self.stage)


class Evidence(Logged):
    """A paper behind a record: a file, or the place where the paper is kept."""

    record = models.CharField(_("Record"), max_length=20, db_index=True)
    label = models.CharField(_("What it is"), max_length=60)
    file = models.FileField(_("File"), upload_to="evidence/%Y/%m/", blank=True)
    kept_at = models.CharField(_("Kept at"), max_length=120, blank=True)
    added_at = models.DateTimeField(_("Added at"), auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("Evidence")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label


class Correction(Logged):
    """One fact of a confirmed record put right: what it was, what it is, who, when, why."""

    record = models.CharField(_("Record"), max_length=20, db_index=True)
    field = models.CharField(_("What"), max_length=40)
    before = models.CharField(_("Before"), max_length=500, blank=True)
    after = models.CharField(_("After"), max_length=500, blank=True)
    because = models.CharField(_("Reason"), max_length=200)
    at = models.DateTimeField(_("When"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("Correction")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.record} {self.field}"


class Numbering(models.Model):
    """The last number given out, for each letter and year."""

    letter = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "year"], name="one_numbering")]

    def __str__(self) -> str:
        return f"{self.letter}{self.year}-{self.last:06d}"


class Revision(models.Model):
    """Grows by one with every change to what may be counted; caches of figures are keyed by it."""

    value = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def current(cls) -> int:
        return cls.objects.values_list("value", flat=True).first() or 0

    @classmethod
    def advance(cls) -> None:
        if not cls.objects.update(value=models.F("value") + 1):
            cls.objects.create(value=1)


class Tagging(Logged):
    """A word from one of the catalogue's facets, given to a record; families add the foreign key."""

    facet = models.CharField(_("Facet"), max_length=24)
    word = models.CharField(_("Word"), max_length=40)

    class Meta:
        abstract = True
        ordering = ["facet", "pk"]

    def __str__(self) -> str:
        return taxonomy().word(self.facet, self.word)

    @property
    def facet_label(self) -> str:
        facet = taxonomy().facets.get(self.facet)
        return str(facet) if facet else self.facet
