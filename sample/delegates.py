"""The delegates of the fifteenth congress: 152 members, by delegation, most with a branch of their own."""

from __future__ import annotations

from sample.books import Cells
from sample.days import Day
from sample.roster import Register, Stay
from sample.tree import ROOT, Tree

DELEGATES = 152
ELECTED_ON = Day(2023, 6, 2)
WITHOUT_BRANCH = 7  # every so many-th has not said which branch he or she keeps in touch with


def delegates(tree: Tree, register: Register, congress: str) -> list[Cells]:
    """One row for each; `congress` is the office's number of the record."""
    chosen = _chosen(tree, register)
    return [
        {
            "大会登记号": congress,
            "代表团组织编码": body,
            "姓名": stay.person.name,
            "身份证号": stay.person.id_number,
            "当选日期": ELECTED_ON,
            "联系团支部编码": "" if place % WITHOUT_BRANCH == 3 else stay.unit.code,
        }
        for place, (body, stay) in enumerate(chosen)
    ]


def _chosen(tree: Tree, register: Register) -> list[tuple[str, Stay]]:
    """Members of every body directly beneath the district, evenly over its branches."""
    by_body: dict[str, list[Stay]] = {}
    for stays in register.by_unit(ELECTED_ON).values():
        for stay in stays:
            top = stay.unit
            while top.parent != ROOT:
                top = tree.by_code[top.parent]
            by_body.setdefault(top.code, []).append(stay)
    everybody = sum(map(len, by_body.values()))
    seats = {code: max(1, DELEGATES * len(stays) // everybody) for code, stays in by_body.items()}
    largest = max(seats, key=lambda code: seats[code])
    seats[largest] += DELEGATES - sum(seats.values())
    return [
        (code, stays[place * len(stays) // seats[code]])
        for code, stays in by_body.items()
        for place in range(seats[code])
    ]
