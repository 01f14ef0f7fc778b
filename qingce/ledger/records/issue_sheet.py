"""The sheet of issues: which series came out with what, and until when branches answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    Reference,
    Row,
    Sheet,
    Text,
)
from qingce.foundation.exchange.saving import Gathering
from qingce.foundation.exchange.vocabulary import named
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Placement
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.models import Issue, Revision

FACTS = ("title", "opens_on", "due_on")


def series_column() -> Choice:
    return Choice(
        "series",
        gettext_lazy("Series"),
        synonyms=["系列"],
        choices=lambda: named(taxonomy().series.values()),
        required=True,
    )


def year_column() -> Integer:
    return Integer(
        "year",
        gettext_lazy("Year"),
        synonyms=["年份", "年度"],
        unit="年",
        min=1990,
        max=2199,
        required=True,
        sample=2023,
    )


def number_column() -> Integer:
    return Integer(
        "number",
        gettext_lazy("Issue number"),
        synonyms=["期号", "期数"],
        unit="期",
        min=1,
        max=9999,
        required=True,
    )


class IssueSheet(Sheet):
    code = "issues"
    label = gettext_lazy("Issues of series")
    order = 50
    key = ("series", "year", "number", "issued_by")

    def __init__(self) -> None:
        self.columns: Sequence[Column] = [
            series_column(),
            year_column(),
            number_column(),
            Text(
                "title",
                gettext_lazy("Theme of the issue"),
                synonyms=["主题", "期次主题"],
                required=True,
                max_length=120,
            ),
            Date("opens_on", gettext_lazy("Opens on"), synonyms=["开始日期"], required=True),
            Date("due_on", gettext_lazy("Due on"), synonyms=["截止日期"]),
            Reference(
                "issued_by",
                gettext_lazy("Code of the issuing unit"),
                resolve="units",
                synonyms=["发布组织编码", "发布组织"],
            ),
        ]

    def check(self, row: Row, look: Any) -> Iterable[Fault]:
        if row["due_on"] and row["due_on"] < row["opens_on"]:
            yield Fault("due_on", _("The issue is due before it opens; check both days."))

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        known = {
            (one.series, one.year, one.number, one.issued_by_id): one
            for one in Issue.objects.filter(series__in={row["series"] for row in rows})
        }
        gathering = Gathering(Issue)
        root = _only_root()
        outcome = Outcome()
        for row in rows:
            key = (row["series"], row["year"], row["number"], _issuer(row, root))
            facts = {name: row[name] for name in FACTS if name in row}
            if (issue := known.get(key)) is None:
                identity = dict(zip(("series", "year", "number", "issued_by_id"), key, strict=True))
                gathering.add(Issue(**identity, **facts))
                outcome.created += 1
            else:
                changed = bool(gathering.change(issue, facts))
                outcome.updated += changed
                outcome.unchanged += not changed
        gathering.save()
        if outcome.created or outcome.updated:
            Revision.advance()
        return outcome


def _issuer(row: Row, root: int | None) -> int:
    if row["issued_by"] is not None:
        return int(row["issued_by"].pk)
    if root is None:
        raise Refused(_("Row %d: say which unit issued it.") % row.number)
    return root


def _only_root() -> int | None:
    """The unit at the top of the tree, when there is but one tree."""
    roots = Placement.objects.filter(until=None, parent=None).values_list("unit", flat=True)[:2]
    return roots[0] if len(roots) == 1 else None


issue_sheet = IssueSheet()
