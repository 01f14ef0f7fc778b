"""The sheet of units: the tree of a county, in any order of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import (
    Choice,
    Column,
    Date,
    Fault,
    Integer,
    Outcome,
    Pending,
    Reference,
    Row,
    Sheet,
    Text,
)
from qingce.foundation.exchange.saving import Gathering
from qingce.foundation.exchange.vocabulary import offered
from qingce.foundation.refusals import Refused
from qingce.league.organisations.actions import place
from qingce.league.organisations.models import (
    BRANCHES,
    Domain,
    Placement,
    Unit,
    UnitKind,
)
from qingce.league.organisations.past import TreeStep

# What offices write for a kind or a field, beside the words of the interface.
KIND_WORDS = {
    "团区委": UnitKind.DISTRICT_COMMITTEE,
    "团县委": UnitKind.DISTRICT_COMMITTEE,
    "县级团委": UnitKind.DISTRICT_COMMITTEE,
    "团委": UnitKind.COMMITTEE,
    "基层团委": UnitKind.COMMITTEE,
    "团工委": UnitKind.WORK_COMMITTEE,
    "团总支": UnitKind.GENERAL_BRANCH,
    "团支部": UnitKind.BRANCH,
    "支部": UnitKind.BRANCH,
    "联合团支部": UnitKind.JOINT_BRANCH,
    "联合支部": UnitKind.JOINT_BRANCH,
    "临时团支部": UnitKind.TEMPORARY_BRANCH,
    "流动团员团支部": UnitKind.MOBILE_BRANCH,
    "流动团支部": UnitKind.MOBILE_BRANCH,
}
DOMAIN_WORDS = {
    "街道": Domain.STREET,
    "乡镇": Domain.TOWNSHIP,
    "镇": Domain.TOWNSHIP,
    "社区": Domain.COMMUNITY,
    "村": Domain.VILLAGE,
    "行政村": Domain.VILLAGE,
    "农村": Domain.VILLAGE,
    "普通高校": Domain.UNIVERSITY,
    "高校": Domain.UNIVERSITY,
    "中职学校": Domain.VOCATIONAL,
    "职业学校": Domain.VOCATIONAL,
    "中等职业学校": Domain.VOCATIONAL,
    "技工学校": Domain.TECHNICIAN,
    "技师学院": Domain.TECHNICIAN,
    "高中": Domain.SENIOR_MIDDLE,
    "普通高中": Domain.SENIOR_MIDDLE,
    "完全中学": Domain.COMPLETE_MIDDLE,
    "初中": Domain.JUNIOR_MIDDLE,
    "小学": Domain.PRIMARY,
    "机关": Domain.OFFICE,
    "党政机关": Domain.OFFICE,
    "事业单位": Domain.INSTITUTION,
    "国有企业": Domain.STATE_FIRM,
    "国企": Domain.STATE_FIRM,
    "两新": Domain.TWO_NEW,
    "两新组织": Domain.TWO_NEW,
    "非公企业和社会组织": Domain.TWO_NEW,
    "新兴领域": Domain.EMERGING,
    "新兴青年群体": Domain.EMERGING,
}
FACTS = (
    "division",
    "external_code",
    "name",
    "short_name",
    "kind",
    "domain",
    "party_body",
    "founded_on",
    "approved_by",
    "dissolved_on",
    "term_start",
    "term_end",
    "protocol_order",
)


@dataclass
class Register:
    """The units already known that the rows speak of, and where those stand."""

    units: Mapping[str, Unit]
    parents: Mapping[int, Unit | None]
    by: Any
    coming: Mapping[str, Row] = field(default_factory=dict)


class UnitSheet(Sheet):
    code = "units"
    label = gettext_lazy("Units")
    order = 10
    key = ("code",)
    provides = {"units": ("code", "external_code", "name", "short_name")}
    columns: Sequence[Column] = [
        Text(
            "code",
            gettext_lazy("Unit code"),
            synonyms=["组织编码", "组织编号", "单位编码", "团组织编码"],
            required=True,
            code=True,
            max_length=40,
            sample="QH0101",
        ),
        Text(
            "division",
            gettext_lazy("Division code"),
            synonyms=["行政区划代码"],
            code=True,
            max_length=6,
        ),
        Text(
            "external_code",
            gettext_lazy("National code"),
            synonyms=["全国系统编码", "智慧团建编码"],
            code=True,
            max_length=40,
        ),
        Text(
            "name",
            gettext_lazy("Full name"),
            synonyms=["组织全称", "团组织全称", "组织名称"],
            required=True,
            max_length=120,
            sample="共青团青河区城关街道工作委员会",
        ),
        Text("short_name", gettext_lazy("Short name"), synonyms=["简称", "组织简称"], max_length=60),
        Choice(
            "kind",
            gettext_lazy("Kind of unit"),
            choices=lambda: offered(UnitKind, KIND_WORDS),
            synonyms=["组织类别", "组织类型"],
            required=True,
            sample="团工委",
        ),
        Choice(
            "domain",
            gettext_lazy("Field of society"),
            choices=lambda: offered(Domain, DOMAIN_WORDS),
            synonyms=["领域", "所属领域", "行业类别"],
            required=True,
            sample="街道",
        ),
        Reference(
            "parent",
            gettext_lazy("Code of the body above"),
            resolve="units",
            synonyms=["上级组织编码", "上级组织", "上级团组织"],
        ),
        Text(
            "party_body",
            gettext_lazy("Party body above"),
            synonyms=["党组织", "同级党组织", "所属党组织"],
            max_length=120,
        ),
        Date(
            "founded_on",
            gettext_lazy("Founded on"),
            synonyms=["成立日期", "成立时间"],
            required=True,
            sample=dt.date(2021, 5, 4),
        ),
        Text(
            "approved_by",
            gettext_lazy("Approval document"),
            synonyms=["批准文号", "批复文号"],
            max_length=120,
        ),
        Date("dissolved_on", gettext_lazy("Dissolved on"), synonyms=["撤销日期"]),
        Date("term_start", gettext_lazy("Term begins"), synonyms=["本届任期起", "任期起"]),
        Date("term_end", gettext_lazy("Term ends"), synonyms=["本届任期止", "任期止"]),
        Integer("protocol_order", gettext_lazy("Protocol order"), synonyms=["排序"], min=0, max=2**31 - 1),
    ]

    def prepare(self, rows: Sequence[Row], *, by: Any) -> Register:
        units = Unit.objects.in_bulk([row["code"] for row in rows], field_name="code")
        return Register(units, parents_of(units.values()), by, {row["code"]: row for row in rows})

    def check(self, row: Row, look: Register) -> Iterable[Fault]:
        yield from _date_faults(row)
        yield from _parent_faults(row, look)

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        """Save the units first, then give those that are new their place in the tree."""
        known = Unit.objects.in_bulk([row["code"] for row in rows], field_name="code")
        gathering = Gathering(Unit)
        outcome = Outcome()
        new = []
        governed = facts_by_paper(known.values())
        for row in rows:
            facts = _facts(row)
            if row["code"] in known:
                facts = {n: v for n, v in facts.items() if n not in governed.get(known[row["code"]].pk, ())}
            if (unit := known.get(row["code"])) is None:
                new.append((gathering.add(Unit(code=row["code"], **facts).fill()), row))
            else:
                changed = bool(gathering.change(unit, facts))
                unit.fill()
                outcome.updated += changed
                outcome.unchanged += not changed
        gathering.save("initials")
        place(_pairs(new, {**_by_every_name(known.values()), **_by_every_name(u for u, _row in new)}), by=by)
        outcome.created = len(new)
        return outcome


def facts_by_paper(units: Iterable[Unit]) -> dict[int, set[str]]:
    """By unit: what records of the tree have changed since, which a list of units does not overwrite."""
    steps = TreeStep.objects.filter(table="Unit", row__in=[unit.pk for unit in units])
    found: dict[int, set[str]] = {}
    for row, after in steps.values_list("row", "after"):
        found.setdefault(row, set()).update(after)
    return found


def parents_of(units: Iterable[Unit]) -> dict[int, Unit | None]:
    """The body above each unit today, by the unit's key."""
    placed = Placement.objects.filter(until=None, unit__in=list(units)).select_related("parent")
    return {placement.unit_id: placement.parent for placement in placed}


def _date_faults(row: Row) -> Iterator[Fault]:
    if row["dissolved_on"] and row["dissolved_on"] < row["founded_on"]:
        yield Fault("dissolved_on", _("The unit was dissolved before it was founded; check both days."))
    if row["term_start"] and row["term_end"] and row["term_end"] <= row["term_start"]:
        yield Fault("term_end", _("The term ends before it begins; check both days."))


def _parent_faults(row: Row, look: Register) -> Iterator[Fault]:
    unit, parent = look.units.get(row["code"]), row["parent"]
    if parent is None:
        if unit is None and look.by is not None:
            yield Fault("parent", _("Name the body above; only a whole county may stand by itself."))
        return
    if _kind_of(parent, look) in BRANCHES:
        yield Fault("parent", _("A branch has no units beneath it; name the committee above."))
    above = look.parents.get(unit.pk) if unit else None
    if above is not None and isinstance(parent, Unit) and parent.pk != above.pk:
        yield Fault(
            "parent",
            _(
                "“%(unit)s” stands under “%(above)s”; a move is recorded with its day and paper, "
                "not by importing the list anew."
            )
            % {"unit": unit, "above": above},
        )


def _kind_of(parent: Unit | Pending, look: Register) -> str:
    if isinstance(parent, Unit):
        return parent.kind
    row = look.coming.get(parent.text)
    return row["kind"] if row else ""


def _facts(row: Row) -> dict[str, Any]:
    facts = {name: row[name] for name in FACTS if name in row}
    if "protocol_order" in facts:
        facts["protocol_order"] = facts["protocol_order"] or 0
    if not facts.get("short_name"):
        facts["short_name"] = row["name"][:60]
    return facts


def _by_every_name(units: Iterable[Unit]) -> dict[str, Unit]:
    return {
        name: unit
        for unit in units
        for name in (unit.short_name, unit.name, unit.external_code, unit.code)
        if name
    }


def _pairs(
    new: Sequence[tuple[Unit, Row]], by_name: Mapping[str, Unit]
) -> Iterator[tuple[Unit, Unit | None]]:
    for unit, row in new:
        parent = row["parent"]
        if isinstance(parent, Pending):
            parent = by_name[parent.text]
        if parent is not None and parent.pk == unit.pk:
            raise Refused(_("Row %d: a unit cannot stand under itself.") % row.number)
        yield unit, parent


unit_sheet = UnitSheet()
