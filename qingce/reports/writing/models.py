"""Documents in writing: paragraphs with live figures, who holds them, what was said, what they were."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingce.foundation.audit.guarded import GuardedQuerySet, Logged
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.reports.models import Snapshot
from qingce.reports.outline import Outline, outlines
from qingce.reports.writing.runs import Pieces, read_back

HELD_FOR = dt.timedelta(minutes=2)  # a paragraph that its writer has left without a word


class State(models.TextChoices):
    """The life of a document before it is issued."""

    DRAFT = "draft", _("In writing")
    SUBMITTED = "submitted", _("Under review")
    RETURNED = "returned", _("Returned to be revised")
    APPROVED = "approved", _("Approved")
    ISSUED = "issued", _("Issued")


WRITABLE = (State.DRAFT, State.RETURNED)


class Role(models.TextChoices):
    """What a paragraph is in the document; numerals of headings come from their order."""

    TITLE = "title", _("Title")
    SUBTITLE = "subtitle", _("Subtitle")
    OPENING = "opening", _("Opening")
    CHAPTER = "chapter", _("Heading 一、")
    HEADING = "heading", _("Heading without numeral")
    POINT = "point", _("Heading （一）")
    ITEM = "item", _("Item 1.")
    TEXT = "text", _("Text")
    CLOSING = "closing", _("Closing line")
    TABLE = "table", _("Table")


def _by(label: Any, **more: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **more
    )


class Draft(Logged):
    """A document being written, from the first word to its issue."""

    outline = models.CharField(_("Kind"), max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    period = models.CharField(_("Period"), max_length=40)
    title = models.CharField(_("Title"), max_length=200, blank=True)
    initials = models.CharField(max_length=200, blank=True, editable=False)
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.DRAFT)
    reviewed_at = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("Under review at")
    )
    by = _by(_("Begun by"))
    at = models.DateTimeField(_("Begun at"))
    changed_by = _by(_("Changed by"))
    changed_at = models.DateTimeField(_("Changed at"))
    paper = models.JSONField(_("Parts of the paper"), default=dict)  # number, addressee … as an editor says
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, null=True, related_name="draft")

    class Meta:
        verbose_name = _("Document in writing")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(snapshot=None) ^ Q(state=State.ISSUED), name="draft_issued_has_its_report"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SUBMITTED) | Q(reviewed_at__isnull=False),
                name="draft_under_review_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.kind_label

    @property
    def plan(self) -> Outline | None:
        """Its outline, while the catalogue holds it."""
        return outlines().get(self.outline)

    @property
    def kind_label(self) -> str:
        return str(self.plan or self.outline)

    @property
    def period_asked(self) -> Period:
        return Period.parse(self.period)

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def reference(self) -> str:
        return f"draft-{self.pk}"

    def standing(self) -> list[Paragraph]:
        """The paragraphs of the text in order."""
        return list(self.paragraphs.filter(removed_at=None).select_related("held_by").order_by("place", "pk"))

    def authors(self) -> set[int]:
        """Everybody who began it, wrote in it or handed it up: none of them decides about it."""
        wrote = self.versions.values_list("by", flat=True)
        acted = self.steps.filter(sort=Step.Sort.SUBMITTED).values_list("by", flat=True)
        return {self.by_id, self.changed_by_id, *wrote, *acted}


class Paragraph(Logged):
    """One paragraph; `version` rises with every text saved, so that a stale save is noticed."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="paragraphs")
    place = models.PositiveIntegerField()
    role = models.CharField(_("Role"), max_length=12, choices=Role, default=Role.TEXT)
    runs = models.JSONField(_("Text"), default=list)
    version = models.PositiveIntegerField(default=1)
    changed_by = _by(_("Changed by"))
    changed_at = models.DateTimeField(_("Changed at"))
    held_by = _by(_("Being written by"), null=True)
    held_until = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(_("Taken out at"), null=True)

    class Meta:
        verbose_name = _("Paragraph")
        ordering = ["draft", "place"]
        indexes = [models.Index(fields=["draft", "place"], name="paragraph_in_order")]

    def __str__(self) -> str:
        return f"{self.draft_id}-{self.place}"

    @property
    def unit_id(self) -> int:
        return self.draft.unit_id

    @cached_property
    def pieces(self) -> Pieces:
        return read_back(self.runs)

    def holder(self, now: dt.datetime) -> Any | None:
        """Who is writing in it at this moment."""
        return self.held_by if self.held_until and self.held_until > now else None


class Version(models.Model):
    """The whole text as it was, with what each figure said then; written on until somebody else writes."""

    class Sort(models.TextChoices):
        WRITTEN = "written", pgettext_lazy("version", "Written")
        SUBMITTED = "submitted", _("Submitted")
        APPROVED = "approved", _("Approved")
        ISSUED = "issued", _("Issued")
        RESTORED = "restored", _("An earlier version restored")
        REFUSED = "refused", _("Not saved: somebody else had saved before")

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="versions")
    sort = models.CharField(max_length=12, choices=Sort, default=Sort.WRITTEN)
    by = _by(_("By"))
    at = models.DateTimeField(_("From"))
    until = models.DateTimeField(_("Until"))
    content = models.JSONField()  # [{paragraph, role, runs, says}], `says` with every figure written out
    restores = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name=_("As it was at")
    )

    objects = GuardedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Version")
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.until:%Y-%m-%d %H:%M}"

    @property
    def unit_id(self) -> int:
        return self.draft.unit_id


class Comment(Logged):
    """Something said about a paragraph, or about all from it to another; an answer hangs on its question."""

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="comments")
    until = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, related_name="+", verbose_name=_("Reaches to")
    )
    quote = models.CharField(_("Words quoted"), max_length=300, blank=True)
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    text = models.CharField(_("Comment"), max_length=500)
    by = _by(_("By"))
    at = models.DateTimeField(_("At"))
    settled_by = _by(_("Settled by"), null=True)
    settled_at = models.DateTimeField(_("Settled at"), null=True)

    class Meta:
        verbose_name = _("Comment")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def unit_id(self) -> int:
        return self.paragraph.draft.unit_id

    @property
    def reaches_over(self) -> int:
        """How many paragraphs of the text it speaks of."""
        last = (self.until or self.paragraph).place
        standing = Paragraph.objects.filter(draft=self.paragraph.draft_id, removed_at=None)
        return standing.filter(place__range=(self.paragraph.place, last)).count()


class Step(models.Model):
    """One step of the way to the issue; steps are added, never changed."""

    class Sort(models.TextChoices):
        SUBMITTED = "submitted", _("submitted")
        WITHDRAWN = "withdrawn", _("taken back")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")
        ISSUED = "issued", _("issued")

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="steps")
    sort = models.CharField(max_length=12, choices=Sort)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("Unit"))
    by = _by(_("By"))
    at = models.DateTimeField(_("At"))
    because = models.CharField(_("Reason"), max_length=300, blank=True)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Step of review")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sort="returned") | ~Q(because=""), name="returned_draft_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.sort}"
