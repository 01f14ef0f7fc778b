"""The sheet of sites."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import (
    Answers,
    Choice,
    Column,
    Date,
    Fault,
    Name,
    Outcome,
    Reference,
    Row,
    Sheet,
    Text,
)
from qingce.foundation.exchange.saving import Gathering
from qingce.league.places.models import Site

SORTS = {
    "青年之家": "youth_home",
    "团代表联络站": "delegate_station",
    "社区": "community",
    "店铺": "shop",
    "空间": "space",
}
FACTS = ("name", "sort", "address", "manager", "opened_on", "closed_on", "cloud_code")


class SiteSheet(Sheet):
    code = "sites"
    label = gettext_lazy("Sites")
    order = 20
    key = ("code",)
    provides = {"sites": ("code", "name")}
    columns: Sequence[Column] = [
        Text(
            "code",
            gettext_lazy("Site code"),
            synonyms=["阵地编号", "阵地编码"],
            required=True,
            code=True,
            max_length=40,
            sample="ZD001",
        ),
        Text(
            "name",
            gettext_lazy("Name of the site"),
            synonyms=["阵地名称"],
            required=True,
            max_length=80,
            sample="城关青年之家",
        ),
        Choice(
            "sort",
            gettext_lazy("Sort of site"),
            choices=SORTS,
            synonyms=["阵地类型", "阵地类别"],
            required=True,
            sample="青年之家",
        ),
        Reference(
            "unit",
            gettext_lazy("Code of the responsible unit"),
            resolve="units",
            synonyms=["责任组织编码", "责任组织", "责任单位"],
            required=True,
            sample="QH0101",
        ),
        Text("address", gettext_lazy("Address"), synonyms=["地址"], max_length=120),
        Name("manager", gettext_lazy("Manager"), synonyms=["负责人"]),
        Date(
            "opened_on",
            gettext_lazy("Opened on"),
            synonyms=["启用日期"],
            required=True,
            sample=dt.date(2022, 5, 4),
        ),
        Date("closed_on", gettext_lazy("Closed on"), synonyms=["停用日期"]),
        Text(
            "cloud_code",
            gettext_lazy("Cloud platform number"),
            synonyms=["云平台编号"],
            code=True,
            max_length=40,
        ),
    ]

    def check(self, row: Row, look: Any) -> Iterable[Fault]:
        if row["closed_on"] and row["closed_on"] < row["opened_on"]:
            yield Fault("closed_on", _("The site was closed before it was opened; check both days."))

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        known = Site.objects.in_bulk([row["code"] for row in rows], field_name="code")
        gathering = Gathering(Site)
        outcome = Outcome()
        for row in rows:
            facts = {name: row[name] for name in FACTS if name in row} | {"unit_id": row["unit"].pk}
            if (site := known.get(row["code"])) is None:
                gathering.add(Site(code=row["code"], **facts).fill())
                outcome.created += 1
            else:
                changed = bool(gathering.change(site, facts))
                site.fill()
                outcome.updated += changed
                outcome.unchanged += not changed
        gathering.save("initials")
        return outcome


def sites_named(texts: Iterable[str], by: Any) -> Answers:
    """Sites by code, or by name when one alone bears it."""
    wanted = set(texts)
    codes: dict[str, int] = {}
    names: dict[str, list[tuple[int, str]]] = {}
    for pk, code, name in Site.objects.values_list("pk", "code", "name"):
        codes[code] = pk
        names.setdefault(name, []).append((pk, code))
    found = {text: codes[text] for text in wanted if text in codes}
    several = {}
    for text in wanted - found.keys():
        bearers = names.get(text, [])
        if len(bearers) == 1:
            found[text] = bearers[0][0]
        elif bearers:
            several[text] = [code for _pk, code in bearers]
    return Answers(found, names=lambda: [*codes, *names], ambiguous=several)


site_sheet = SiteSheet()
