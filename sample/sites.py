"""Places where the work happens: youth homes, delegates' stations, communities, shops, spaces."""

from __future__ import annotations

from dataclasses import dataclass

from sample.books import SITES, Book, Cells, Sheet
from sample.chance import Chance
from sample.days import Day
from sample.lists import listed
from sample.names import STREETS, TOWNSHIPS
from sample.tree import ROOT, Tree, Unit

HOMES = 24
STATIONS = 16
COMMUNITIES = 9
SHOPS = listed(
    "半亩书屋 拾光咖啡 青禾轻食 木言手作 山野户外 南风理发 泊舟茶舍 云朵烘焙 极光影像 蓝鲸球馆",
    "向日葵花店 小满面馆 一木陶艺 白露服饰 知味烘焙 麦田书吧 松果咖啡 星野剧场 追光健身 野草唱片",
    "慢递邮局 见山民宿 鹿鸣文创 长街小馆 初见甜品 远方骑行",
)
SPACES = listed(
    "青创空间 渠畔自习室 驿站书房 骑手驿站 城市书房 云端会客厅 青年夜校 河畔运动角 工友之家",
    "邻里会客厅 青年人才驿站 新站青年港 塬上共享厨房 云岭露营地 榆泉艺术角 古槐戏台 热力青年角",
    "镇街议事厅",
)


@dataclass(frozen=True)
class Site:
    code: str
    name: str
    sort: str
    unit: Unit
    opened: Day
    closed: Day | None = None


class Sites:
    """All places on the district's list."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.chance = Chance("sites")
        self.all: list[Site] = []
        hosts = [*tree.bodies()[:12], *tree.schools()[:6], *tree.of("社区")[::9]]
        self._add_homes(hosts)
        self._add(
            "LL", "团代表联络站", [f"{unit.short.split('团')[0]}团代表联络站" for unit in hosts[:STATIONS]]
        )
        communities = [name for street in (*STREETS.values(), *TOWNSHIPS.values()) for name in street.split()]
        self._add("SQ", "社区", [f"{name}社区" for name in communities[:72:8]])
        self._add("DP", "店铺", SHOPS)
        self._add("KJ", "空间", SPACES)

    def of(self, sort: str) -> list[Site]:
        return [site for site in self.all if site.sort == sort and site.closed is None]

    def _add_homes(self, hosts: list[Unit]) -> None:
        names = [f"{unit.short.split('团')[0]}青年之家" for unit in hosts[:HOMES]]
        for place, (name, unit) in enumerate(zip(names, hosts, strict=False)):
            self._put("QN", place, name, "青年之家", unit)
        closed = Site("ZD-QN-90", "货场临时青年之家", "青年之家", hosts[0], Day(2018, 5, 4), Day(2022, 6, 30))
        self.all.append(closed)

    def _add(self, letters: str, sort: str, names: list[str]) -> None:
        bodies = self.tree.bodies()[:12]
        for place, name in enumerate(names):
            unit = self.tree.root if place % 5 == 4 else bodies[place % len(bodies)]
            self._put(letters, place, name, sort, unit)

    def _put(self, letters: str, place: int, name: str, sort: str, unit: Unit) -> None:
        opened = Day(self.chance.randint(2017, 2021), self.chance.randint(1, 12), self.chance.randint(1, 28))
        self.all.append(Site(f"ZD-{letters}-{place + 1:02d}", name, sort, unit, opened))


def book(sites: Sites) -> Book:
    rows = [_row(site, place) for place, site in enumerate(sites.all)]
    return Book("02-阵地", [Sheet("阵地", SITES, rows)])


def _row(site: Site, place: int) -> Cells:
    street = site.unit.short.split("团")[0] if site.unit.code != ROOT else "青河区中心广场"
    return {
        "阵地编号": site.code,
        "阵地名称": site.name,
        "阵地类型": site.sort,
        "责任组织编码": site.unit.code,
        "地址": f"{street}{place % 40 + 1}号",
        "启用日期": site.opened,
        "停用日期": site.closed,
        "云平台编号": f"YPT99010{place:03d}" if site.sort == "青年之家" else "",
    }
