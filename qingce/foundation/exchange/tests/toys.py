"""Two toy sheets, clubs and their members, kept in a dictionary and, as proof, in the audit log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from qingce.foundation.accounts.models import User
from qingce.foundation.exchange import (
    Answers,
    Choice,
    Date,
    Decimal,
    Fault,
    IdNumber,
    Integer,
    Many,
    Money,
    Name,
    Outcome,
    Pending,
    Phone,
    Reference,
    Row,
    Sheet,
    Text,
    YesNo,
    resolver,
)
from qingce.foundation.refusals import Refused

ROLES = {"团员": "member", "团干部": "officer", "团支部书记": "secretary"}
THEMES = {"学习": "study", "志愿": "service", "文体": "sport"}


class Clubs(Sheet):
    """A club is kept as an account named after its code: a real table, and none of our own."""

    code = "clubs"
    label = "社团"
    order = 10
    key = ("code",)
    provides = {"clubs": ("code", "name")}
    columns = [
        Text("code", "社团编号", code=True, required=True, max_length=40, sample="X001"),
        Text("name", "社团名称", synonyms=["名称"], required=True, sample="读书社"),
    ]

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        outcome = Outcome()
        for row in rows:
            _club, new = User.objects.update_or_create(username=row["code"], defaults={"name": row["name"]})
            outcome.created += new
            outcome.unchanged += not new
        return outcome


class Members(Sheet):
    """Members are kept as accounts, too."""

    code = "members"
    label = "花名册"
    order = 20
    key = ("id_number",)
    columns = [
        Name("name", "姓名", required=True, sample="张小明"),
        IdNumber("id_number", "身份证号", synonyms=["身份证号码"], required=True, sample="见说明"),
        Reference("club", "所在社团", resolve="clubs", synonyms=["社团"], required=True),
        Choice("role", "身份", choices=ROLES),
        Date("born_on", "出生日期"),
        Date("joined_on", "入团日期", synonyms=["入团时间"]),
        Phone("phone", "手机号", synonyms=["联系电话"]),
        Integer("hours", "服务人次", min=0, unit="次"),
        Decimal("score", "得分", places=1),
        Money("paid", "金额（元）"),
        YesNo("lives_in", "是否住校"),
        Many("themes", "主题", choices=THEMES),
        Text("remark", "备注", max_length=20),
    ]

    def check(self, row: Row, look: Any) -> Iterable[Fault]:
        born, joined = row["born_on"], row["joined_on"]
        if born and joined and joined < born:
            yield Fault("joined_on", "入团日期早于出生日期，请核对两个日期。")
        elif born and joined and joined.year - born.year < 14 and joined >= dt.date(2017, 1, 1):
            yield Fault("joined_on", "入团时未满14周岁，请核对日期。", stops=False)

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        outcome = Outcome()
        for row in rows:
            assert not isinstance(row["club"], str | Pending)
            if row["remark"] == "拒绝":
                raise Refused("该成员不能导入，请联系县级管理员。")
            _member, new = User.objects.update_or_create(
                username=row["id_number"], defaults={"name": row["name"]}
            )
            outcome.created += new
            outcome.unchanged += not new
        return outcome


@resolver("clubs")
def clubs(texts: Collection[str], by: Any) -> Answers:
    known: dict[str, User] = {}
    for club in User.objects.filter(username__startswith="X"):
        known[club.username] = known[club.name] = club
    found = {text: known[text] for text in texts if text in known}
    return Answers(found, names=lambda: list(known))
