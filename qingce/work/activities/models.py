"""Anything people attend: meetings, theme days, talks, volunteer days, courses, care classes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import Logged
from qingce.league.people.models import Person
from qingce.league.places.models import Site
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.models import Facts, Issue, PartList, Record, Tagging


class Activity(Record):
    """One thing that people attend. What only some kinds know stands in part tables below."""

    issue = models.ForeignKey(
        Issue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("Issue"),
    )
    venue = models.CharField(_("Place"), max_length=80, blank=True)
    attendance = models.PositiveIntegerField(_("Attendances"), null=True, blank=True)
    expected = models.PositiveIntegerField(_("Due to attend"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("Activity")
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["unit", "kind", "happened_on"], name="activity_unit_kind_date"),
            models.Index(fields=["issue", "unit"], name="activity_issue_unit"),
        ]

    def facts(self) -> Facts:
        words: Facts = [(tag.facet_label, str(tag)) for tag in self.tags.all()]
        known: Facts = [(_("Place"), self.venue), (_("Attendances"), self.attendance)]
        known += [(_("Due to attend"), self.expected), (_("Issue"), self.issue)]
        for part in ("hosting", "talk", "meeting", "broadcast"):
            if hasattr(self, part):
                known += getattr(self, part).facts()
        return [(label, value) for label, value in known if value not in (None, "")] + words

    def lists(self) -> list[PartList]:
        return [
            PartList(_("Class sessions"), ("held_on", "hours", "teacher", "attendance"), self.sessions.all()),
            PartList(
                _("People taking part"),
                ("person", "group_label", "attended", "hours", "guardian_consent_on"),
                self.participations.select_related("person").order_by("pk"),
            ),
        ]


class Tag(Tagging):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="tags")

    class Meta(Tagging.Meta):
        constraints = [
            models.UniqueConstraint(fields=["activity", "facet", "word"], name="activity_word_given_once")
        ]
        indexes = [models.Index(fields=["facet", "word", "activity"], name="activity_tag_word")]


class Meeting(Logged):
    """Part: who was there and what was resolved."""

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True)
    chair = models.CharField(_("Chair"), max_length=60, blank=True)
    minutes_by = models.CharField(_("Minutes by"), max_length=60, blank=True)
    resolutions = models.TextField(_("Resolutions"), blank=True)

    def __str__(self) -> str:
        return str(self.activity)

    def facts(self) -> Facts:
        return [
            (_("Chair"), self.chair),
            (_("Minutes by"), self.minutes_by),
            (_("Resolutions"), self.resolutions),
        ]


class Talk(Logged):
    """Part: who spoke."""

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True)
    lecturer = models.CharField(_("Lecturer"), max_length=60)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), null=True, blank=True)

    def __str__(self) -> str:
        return self.lecturer

    def facts(self) -> Facts:
        return [(_("Lecturer"), self.lecturer), (_("Minutes"), self.minutes)]


class Hosting(Logged):
    """Part: the site that was host, and the number the activity has on the cloud platform."""

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="hostings")
    cloud_number = models.CharField(_("Cloud entry number"), max_length=40, blank=True)

    def __str__(self) -> str:
        return str(self.site)

    def facts(self) -> Facts:
        return [(_("Host site"), self.site), (_("Cloud entry number"), self.cloud_number)]


class Broadcast(Logged):
    """Part: a livestream and what it sold, in yuan after returns."""

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True)
    platform = models.CharField(_("Platform"), max_length=40)
    viewers = models.PositiveIntegerField(_("Viewers"), null=True, blank=True)
    orders = models.PositiveIntegerField(_("Orders"), null=True, blank=True)
    sales = models.DecimalField(_("Sales (yuan)"), max_digits=12, decimal_places=2, null=True)

    def __str__(self) -> str:
        return self.platform

    def facts(self) -> Facts:
        return [
            (_("Platform"), self.platform),
            (_("Viewers"), self.viewers),
            (_("Orders"), self.orders),
            (_("Sales (yuan)"), self.sales),
        ]


class Session(Logged):
    """Part: one lesson or day of a course or class, with the hours delivered."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sessions")
    held_on = models.DateField(_("Held on"))
    hours = models.DecimalField(_("Class hours"), max_digits=5, decimal_places=1)
    teacher = models.CharField(_("Teacher"), max_length=60, blank=True)
    attendance = models.PositiveIntegerField(_("Attendances"), null=True, blank=True)

    class Meta:
        verbose_name = _("Session")
        ordering = ["held_on", "pk"]
        indexes = [models.Index(fields=["held_on"], name="session_date")]

    def __str__(self) -> str:
        return f"{self.activity} {self.held_on}"


class Participation(Logged):
    """Part: one person who signed up or took part, with hours where they are kept."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="participations")
    group = models.CharField(_("Group served"), max_length=40, blank=True)
    attended = models.BooleanField(_("Attended"), default=True)
    hours = models.DecimalField(_("Hours"), max_digits=5, decimal_places=1, null=True, blank=True)
    guardian_consent_on = models.DateField(_("Guardian's consent on"), null=True, blank=True)

    class Meta:
        verbose_name = _("Participation")
        constraints = [models.UniqueConstraint(fields=["activity", "person"], name="taking_part_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.activity}"

    @property
    def group_label(self) -> str:
        return taxonomy().word("group", self.group)
