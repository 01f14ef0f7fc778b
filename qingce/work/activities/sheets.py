"""The sheets of activities, of branches' returns, of lessons and of participants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import (
    Choice,
    Column,
    Date,
    Decimal,
    Fault,
    IdNumber,
    Integer,
    Money,
    Name,
    Outcome,
    Reference,
    Row,
    Text,
    YesNo,
)
from qingce.foundation.exchange.vocabulary import named, offered
from qingce.foundation.privacy.fields import digest
from qingce.foundation.refusals import Refused
from qingce.foundation.stanzas import Labelled
from qingce.league.people.consenting import (
    Given,
    consent_faults,
    digests_by_consent,
    guardian_columns,
    keep_consents,
)
from qingce.league.people.matching import People, completed, names_by_digest
from qingce.league.people.models import Sex
from qingce.league.people.purposes import consent_purpose
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from qingce.ledger.records.belonging import BelongingSheet, Known, record_column
from qingce.ledger.records.bringing import Draft
from qingce.ledger.records.issue_sheet import number_column, series_column, year_column
from qingce.ledger.records.models import Grade, Issue, State
from qingce.ledger.records.sheets import (
    Look,
    Part,
    RecordSheet,
    Somebody,
    is_meant,
    somebody_faults,
    unit_column,
    word_column,
    words_column,
)
from qingce.work.activities.models import (
    Broadcast,
    Hosting,
    Meeting,
    Participation,
    Session,
    Talk,
)

SEX_WORDS = {"男": Sex.MALE, "女": Sex.FEMALE}


class ActivitySheet(RecordSheet):
    code = "activities"
    label = gettext_lazy("Activities")
    order = 60
    family = "activities"
    title = Text(
        "title",
        gettext_lazy("Name of the activity"),
        synonyms=["活动名称", "会议名称", "课程名称", "名称"],
        required=True,
        max_length=160,
    )
    own = [
        Text("venue", gettext_lazy("Venue"), synonyms=["地点", "活动地点"], max_length=80),
        Integer(
            "attendance", gettext_lazy("Attendances"), synonyms=["参加人次", "参加人数"], min=0, unit="人次"
        ),
        Integer("expected", gettext_lazy("Due to attend"), synonyms=["应到人数"], min=0, unit="人"),
        words_column("theme", gettext_lazy("Theme"), "theme", "主题", "活动主题"),
        words_column("form", gettext_lazy("Form of study"), "form", "学习形式"),
        words_column("body", gettext_lazy("Body that studied"), "body", "学习组织"),
        words_column("team", gettext_lazy("Lecture team"), "team", "宣讲队伍"),
        words_column("audience", gettext_lazy("Audience"), "audience", "对象", "宣讲对象"),
        words_column("service", gettext_lazy("Service"), "service", "服务内容"),
        words_column("partner", gettext_lazy("Partner"), "partner", "联合单位"),
        words_column("training_topic", gettext_lazy("Training topic"), "training_topic", "培训内容"),
        words_column("contest_form", gettext_lazy("Form of contest"), "contest_form", "练兵形式"),
        words_column(
            "inspection_source",
            gettext_lazy("Source of inspection"),
            "inspection_source",
            "督导来源",
        ),
        words_column("mechanism", gettext_lazy("Mechanism"), "mechanism", "联系机制"),
        Name("lecturer", gettext_lazy("Lecturer"), synonyms=["主讲人"]),
        Integer(
            "minutes",
            gettext_lazy("Minutes"),
            synonyms=["时长（分钟）", "时长"],
            min=1,
            max=1440,
            unit="分钟",
        ),
        Name("chair", gettext_lazy("Chair"), synonyms=["主持人"]),
        Name("minutes_by", gettext_lazy("Minutes by"), synonyms=["记录人"]),
        Text(
            "resolutions",
            gettext_lazy("Resolutions"),
            synonyms=["决议", "决议事项"],
            multiline=True,
            max_length=5000,
        ),
        Reference(
            "site",
            gettext_lazy("Code of the host site"),
            resolve="sites",
            synonyms=["承办阵地编号", "承办阵地"],
        ),
        Text(
            "cloud_number",
            gettext_lazy("Cloud entry number"),
            synonyms=["云平台编号"],
            code=True,
            max_length=40,
        ),
        Text("platform", gettext_lazy("Livestream platform"), synonyms=["直播平台"], max_length=40),
        Integer("viewers", gettext_lazy("Viewers"), synonyms=["观看人次"], min=0),
        Integer("orders", gettext_lazy("Orders"), synonyms=["订单数"], min=0),
        Money("sales", gettext_lazy("Sales (yuan)"), synonyms=["销售额（元）", "销售额"], min=0),
    ]
    facts = {"venue": "venue", "attendance": "attendance", "expected": "expected"}
    facets = {
        name: name
        for name in (
            "theme",
            "form",
            "body",
            "team",
            "audience",
            "service",
            "partner",
            "training_topic",
            "contest_form",
            "inspection_source",
            "mechanism",
        )
    }
    parts = [
        Part(Talk, "talk", "lecturer", {"lecturer": "lecturer", "minutes": "minutes"}),
        Part(
            Meeting,
            "meeting",
            "chair",
            {"chair": "chair", "minutes_by": "minutes_by", "resolutions": "resolutions"},
        ),
        Part(Hosting, "host_site", "site", {"site": "site_id", "cloud_number": "cloud_number"}),
        Part(
            Broadcast,
            "broadcast",
            "platform",
            {"platform": "platform", "viewers": "viewers", "orders": "orders", "sales": "sales"},
        ),
    ]


class ReturnSheet(RecordSheet):
    """What branches answer to the issues of a series: held or not, and how many came."""

    code = "returns"
    label = gettext_lazy("Returns of branches")
    order = 65
    family = "activities"
    facts = {"attendance": "attendance", "expected": "expected"}
    facets = {"theme": "theme"}

    def __init__(self) -> None:
        super().__init__()
        self.provides = {}  # no office gives these a number of its own

    def common(self) -> list[Column]:
        return [
            series_column(),
            year_column(),
            number_column(),
            unit_column(),
            Choice(
                "stage",
                gettext_lazy("Held or not"),
                synonyms=["开展情况"],
                choices=lambda: named(_answered_stages()),
            ),
            Date("happened_on", gettext_lazy("Date"), synonyms=["日期", "开展日期"], required=True),
            Integer("attendance", gettext_lazy("Number attended"), synonyms=["参加人数"], min=0, unit="人"),
            Integer(
                "expected",
                gettext_lazy("Should attend"),
                synonyms=["应参加人数"],
                min=0,
                unit="人",
                asked=False,  # the platform's export says it; of a branch we know it
            ),
            words_column("theme", gettext_lazy("Theme"), "theme", "主题"),
            Text("note", gettext_lazy("Note"), synonyms=["备注"], multiline=True, max_length=500),
        ]

    def kind_of(self, row: Row) -> Kind:
        return taxonomy().kinds[taxonomy().series[row["series"]].kind]

    def title_of(self, row: Row) -> str:
        return _("%(series)s, issue %(number)d of %(year)d") % {
            "series": taxonomy().series[row["series"]].label,
            "number": row["number"],
            "year": row["year"],
        }

    def key_of(self, row: Row) -> str:
        """A branch answers an issue once."""
        unit = row["unit"]
        code = unit.text if not hasattr(unit, "code") else unit.code
        return f"{row['series']}-{row['year']}-{row['number']}-{code}"

    def key_column(self, row: Row) -> str:
        return "unit"

    def check(self, row: Row, look: Look) -> Iterable[Fault]:
        kind = self.kind_of(row)
        if "answers_issue" not in kind.parts or kind.family != self.family:
            yield Fault(
                "series",
                _("Branches do not answer to “%s”.") % taxonomy().series[row["series"]],
            )
            return
        yield from self.key_faults(row, kind, look)
        if row["stage"] and row["stage"] not in kind.stages:
            yield Fault("stage", _("“%s” does not know this stage.") % kind)
        if row["happened_on"] > look.today:
            yield Fault("happened_on", _("The day lies in the future; correct it."))
        if row["attendance"] and row["expected"] and row["attendance"] > row["expected"]:
            yield Fault(
                "attendance",
                _("More attended than should have; please verify both numbers."),
                stops=False,
            )

    def drafts(self, rows: Sequence[Row]) -> list[Draft]:
        issues = _issues(rows)
        return [self._answer(row, issues) for row in rows]

    def _answer(self, row: Row, issues: dict[tuple[str, int, int], Issue]) -> Draft:
        kind = self.kind_of(row)
        issue = issues.get((row["series"], row["year"], row["number"]))
        if issue is None:
            raise Refused(
                _("Row %(row)d: %(title)s is not on the list of issues; import the issues first.")
                % {"row": row.number, "title": self.title_of(row)}
            )
        facts = {
            "kind": kind.code,
            "source_key": self.key_of(row),
            "title": f"{self.title_of(row)} {issue.title}"[:160],
            "unit_id": row["unit"].pk,
            "happened_on": row["happened_on"],
            "series": row["series"],
            "issue_id": issue.pk,
        }
        facts |= {name: row[name] for name in ("note", "attendance", "expected") if name in row}
        facts |= {"stage": row["stage"]} if row["stage"] else {}
        return Draft(
            row=row.number,
            facts=facts,
            defaults={"stage": kind.done, "state": State.CONFIRMED, "grade": Grade.HAND},
            words={"theme": row["theme"]} if "theme" in row else {},
        )


def _answered_stages() -> list[Labelled]:
    """The stages in which a branch's answer may stand."""
    walked = {stage for kind in taxonomy().with_part("answers_issue") for stage in kind.stages}
    return [word for code, word in taxonomy().facets["stage"].words.items() if code in walked]


def _issues(rows: Sequence[Row]) -> dict[tuple[str, int, int], Issue]:
    found = Issue.objects.filter(
        series__in={row["series"] for row in rows}, year__in={row["year"] for row in rows}
    )
    return {(issue.series, issue.year, issue.number): issue for issue in found}


class SessionSheet(BelongingSheet):
    code = "sessions"
    label = gettext_lazy("Lessons")
    order = 75
    family = "activities"
    part = "sessions"
    model = Session
    owner = "activity"
    natural = ("held_on", "teacher")
    facts = {"held_on": "held_on", "hours": "hours", "teacher": "teacher", "attendance": "attendance"}
    columns = [
        record_column("records.activities", gettext_lazy("Number of the activity"), "活动登记号", "登记号"),
        Date("held_on", gettext_lazy("Date"), synonyms=["日期", "上课日期"], required=True),
        Decimal(
            "hours",
            gettext_lazy("Class hours"),
            synonyms=["课时"],
            places=1,
            min=0,
            max=24,
            unit="课时",
            required=True,
        ),
        Name("teacher", gettext_lazy("Teacher"), synonyms=["教师", "授课教师"]),
        Integer(
            "attendance", gettext_lazy("Children present"), synonyms=["人数", "到课人数"], min=0, unit="人"
        ),
    ]


class ParticipationSheet(BelongingSheet):
    code = "participations"
    label = gettext_lazy("Participants")
    order = 76
    family = "activities"
    part = "participants"
    model = Participation
    owner = "activity"
    natural = ("person_id",)
    facts = {
        "group": "group",
        "attended": "attended",
        "hours": "hours",
        "guardian_consent_on": "guardian_consent_on",
    }
    somebody = Somebody("name", "id_number", "born_on", "sex")
    columns = [
        record_column("records.activities", gettext_lazy("Number of the activity"), "活动登记号", "登记号"),
        Name("name", gettext_lazy("Name"), synonyms=["姓名"], required=True),
        IdNumber("id_number", gettext_lazy("ID number"), synonyms=["身份证号", "身份证号码"]),
        Choice("sex", gettext_lazy("Sex"), synonyms=["性别"], choices=lambda: offered(Sex, SEX_WORDS)),
        Date("born_on", gettext_lazy("Date of birth"), synonyms=["出生日期"]),
        word_column("group", gettext_lazy("Group served"), "group", "服务群体"),
        YesNo("attended", gettext_lazy("Took part"), synonyms=["参加", "是否参加"]),
        Decimal(
            "hours",
            gettext_lazy("Hours"),
            synonyms=["时长（小时）", "服务时长"],
            places=1,
            min=0,
            max=999,
            unit="小时",
        ),
        *guardian_columns(),
    ]

    def prepare(self, rows: Sequence[Row], *, by: Any) -> Any:
        digests = {digest(row["id_number"]) for row in rows if row["id_number"]}
        purposes = {consent_purpose(_kind(row)).code for row in rows}
        consents = {purpose: digests_by_consent(digests, purpose) for purpose in purposes}
        return names_by_digest(digests), {}, consents

    def own_faults(self, row: Row, look: Any) -> Iterator[Fault]:
        names, seen, consents = look
        yield from somebody_faults(self.somebody, row, names)
        record = row["record"]
        who = row["id_number"] or (row["name"], row["born_on"])
        number = record.number if isinstance(record, Known) else record.text
        first = seen.setdefault((number, who), row.number)
        if first != row.number:
            yield Fault("name", _("Row %d has the same person; keep one of the two rows.") % first)
        if isinstance(record, Known):
            yield from (Fault(*fault) for fault in _consent_faults(row, consents))

    def told(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        every = super().told(rows)
        known = self._taking_part(rows)
        wanted = []
        _names, _seen, consents = self.prepare(rows, by=None)
        for row, facts in zip(rows, every, strict=True):
            for _column, sentence in _consent_faults(row, consents):
                raise Refused(_("Row %(row)d: %(sentence)s") % {"row": row.number, "sentence": sentence})
            if "attended" in facts and facts["attended"] is None:
                facts["attended"] = True
            who = self.somebody.of(row) or {}
            meant = [one for one in known.get(row["record"].pk, ()) if is_meant(one, completed(who))]
            if len(meant) == 1:
                facts["person_id"] = meant[0].pk
            else:
                wanted.append((facts, who))
        persons = People(amend=False).bring([who for _facts, who in wanted])
        for (facts, _who), person in zip(wanted, persons, strict=True):
            facts["person_id"] = person.pk
        return every

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        outcome = super().save(rows, by=by, batch=batch)
        keep_consents(self._consents(rows), by=by, paper=_("Came with the sheet “%s”") % batch.file_name)
        return outcome

    def _consents(self, rows: Sequence[Row]) -> list[Given]:
        """What the rows tell of guardians, each with the person who was just entered."""
        told = [row for row in rows if row["guardian_consent_on"] and row["guardian_name"]]
        known = self._taking_part(told)
        return [
            Given.by(row, person.pk, consent_purpose(_kind(row)))
            for row in told
            for person in known.get(row["record"].pk, ())
            if is_meant(person, completed(self.somebody.of(row) or {}))
        ]

    def _taking_part(self, rows: Sequence[Row]) -> dict[int, list[Any]]:
        """Persons already on the lists, by activity: those without any number are found there."""
        found: dict[int, list[Any]] = {}
        owners = {row["record"].pk for row in rows}
        for one in Participation.objects.filter(activity__in=owners).select_related("person"):
            found.setdefault(one.activity_id, []).append(one.person)
        return found


def _kind(row: Row) -> str:
    """The kind of the activity; empty when the activity comes with the same file."""
    return row["record"].kind if isinstance(row["record"], Known) else ""


def _consent_faults(row: Row, consents: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    withdrawn, agreed = consents[consent_purpose(_kind(row)).code]
    yield from consent_faults(row, on=row["record"].happened_on, withdrawn=withdrawn, agreed=agreed)


SHEETS = [ActivitySheet, ReturnSheet, SessionSheet, ParticipationSheet]
