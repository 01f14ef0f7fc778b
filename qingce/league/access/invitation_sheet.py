"""The sheet of invitations: branch secretaries and other officers, invited many at once.

Nobody sees the codes made here: slips are printed from the page of invitations, each with a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import (
    Choice,
    Column,
    Date,
    Fault,
    Name,
    Outcome,
    Phone,
    Reference,
    Row,
    Sheet,
    Text,
)
from qingce.foundation.exchange.vocabulary import named
from qingce.league.access.inviting import invite, usable
from qingce.league.access.reach import Reach
from qingce.league.access.roles import roles


@dataclass
class Look:
    reach: Reach | None  # None: the machine itself
    waiting: set[tuple[int, str, str]]  # unit, name and role that an open invitation is for


class InvitationSheet(Sheet):
    code = "invitations"
    label = gettext_lazy("Invitations")
    order = 35
    key = ("unit", "name", "role")
    columns: Sequence[Column] = [
        Reference(
            "unit",
            gettext_lazy("Unit invited for"),
            resolve="units",
            synonyms=["组织", "组织编码", "所在组织", "邀请组织"],
            required=True,
            sample="QH0101",
        ),
        Name("name", gettext_lazy("Name"), synonyms=["姓名", "受邀人"], required=True, sample="林小青"),
        Choice(
            "role",
            gettext_lazy("Role"),
            choices=lambda: named(roles().values()),
            synonyms=["角色", "邀请角色"],
            required=True,
        ),
        Phone("phone", gettext_lazy("Phone"), synonyms=["手机号", "手机号码", "联系电话"]),
        Text("title", gettext_lazy("Title of the post"), synonyms=["职务"], max_length=40),
        Date("since", gettext_lazy("In post from"), synonyms=["任职日期", "任职时间"]),
        Date("until", gettext_lazy("In post until"), synonyms=["离任日期", "离任时间"]),
    ]

    def prepare(self, rows: Sequence[Row], *, by: Any) -> Look:
        now = timezone.now()
        waiting = usable(now=now).values_list("unit", "person__name", "role")
        return Look(
            reach=None if by is None else Reach(by, on=timezone.localdate()),
            waiting=set(waiting.filter(unit__in={row["unit"].pk for row in rows})),
        )

    def check(self, row: Row, look: Look) -> Iterable[Fault]:
        unit, role = row["unit"], row["role"]
        if look.reach is not None and not look.reach.may_appoint("account.invite", role, unit):
            yield Fault("role", _("This role is not yours to give there; ask the body above."))
        if (unit.pk, row["name"], role) in look.waiting:
            yield Fault("name", _("An open invitation is there already; print its slip anew."))

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        now, today = timezone.now(), timezone.localdate()
        for row in rows:
            invite(
                unit=row["unit"],
                name=row["name"],
                role=row["role"],
                title=row["title"] or "",
                phone=row["phone"] or "",
                since=row["since"] or today,
                until=row["until"],
                batch=str(batch.pk),
                by=by,
                now=now,
                today=today,
            )
        return Outcome(created=len(rows))


invitation_sheet = InvitationSheet()
