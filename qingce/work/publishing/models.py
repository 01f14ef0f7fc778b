"""Anything made public: posts, placements in outside media, job bulletins, policies, notices."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.models import Facts, PartList, Record, Tagging


class Publication(Record):
    """One item made public. A reprint points at the item it repeats."""

    issue_number = models.PositiveSmallIntegerField(_("Issue number"), null=True, blank=True)
    outlet = models.CharField(_("Outlet"), max_length=40, blank=True)
    author = models.CharField(_("Author or department"), max_length=80, blank=True)
    original = models.BooleanField(_("Own text"), default=True)
    reprint_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reprints")
    link = models.CharField(_("Link"), max_length=200, blank=True)
    valid_until = models.DateField(_("In force until"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("Publication")

    @property
    def outlet_label(self) -> str:
        return taxonomy().word("outlet", self.outlet)

    def facts(self) -> Facts:
        known: Facts = [
            (_("Issue number"), self.issue_number),
            (_("Outlet"), self.outlet_label),
            (_("Author or department"), self.author),
            (_("Reprint of"), self.reprint_of),
            (_("In force until"), self.valid_until),
            (_("Link"), self.link),
        ]
        words: Facts = [(tag.facet_label, str(tag)) for tag in self.tags.all()]
        return [(label, value) for label, value in known if value not in (None, "")] + words

    def lists(self) -> list[PartList]:
        return [
            PartList(_("Job openings"), ("employer", "post", "openings", "pay"), self.positions.all()),
            PartList(_("Reviews"), ("level", "reviewer", "on"), self.reviews.all()),
            PartList(_("Reprints"), ("happened_on", "title", "outlet_label"), self.reprints.all()),
        ]


class Tag(Tagging):
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="tags")

    class Meta(Tagging.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "facet", "word"], name="publication_word_given_once"
            )
        ]
        indexes = [models.Index(fields=["facet", "word", "publication"], name="publication_tag_word")]


class Position(Logged):
    """Part: one job in a bulletin. The same job in a later bulletin has the same `fingerprint`."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="positions")
    employer = models.CharField(_("Employer"), max_length=80)
    post = models.CharField(_("Post"), max_length=80)
    openings = models.PositiveIntegerField(_("Openings"))
    pay = models.CharField(_("Pay"), max_length=40, blank=True)
    closes_on = models.DateField(_("Closing date"), null=True, blank=True)
    fingerprint = models.CharField(max_length=64, db_index=True, editable=False)

    class Meta:
        verbose_name = _("Job opening")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.employer} {self.post}"


class Review(Logged):
    """Part: one of the three reviews, each by a different person."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="reviews")
    level = models.PositiveSmallIntegerField(_("Review"))
    reviewer = models.CharField(_("Reviewer"), max_length=60)
    on = models.DateField(_("On"))

    class Meta:
        verbose_name = _("Review")
        ordering = ["level"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "level"], name="one_review_per_level"),
            models.UniqueConstraint(fields=["publication", "reviewer"], name="three_reviews_by_three_people"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.reviewer}"
