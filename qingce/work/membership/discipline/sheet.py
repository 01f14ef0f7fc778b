"""What the sheet of membership cases tells of a lapse, a resignation or a removal beside the case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import Choice, Column, Date, Fault, Integer, Row, Text
from qingce.foundation.exchange.vocabulary import offered
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.ledger.kinds.catalogue import Kind
from qingce.work.membership.discipline.actions import check_count, check_lapse, check_shares
from qingce.work.membership.models import Ground

GROUND_WORDS = {
    "不交纳团费": Ground.DUES,
    "不过团的组织生活": Ground.LIFE,
    "不做团组织分配的工作": Ground.WORK,
}
COLUMNS: list[Column] = [
    Choice(
        "ground",
        gettext_lazy("What was left undone"),
        synonyms=["未尽义务"],
        choices=lambda: offered(Ground, GROUND_WORDS),
    ),
    Date("undone_since", gettext_lazy("Left undone since"), synonyms=["未尽义务起"]),
    Text("heard", gettext_lazy("What the person said"), synonyms=["本人意见"], max_length=300),
    Integer("entitled", gettext_lazy("Entitled to vote"), synonyms=["有表决权人数"], unit="人", min=0),
    Integer("present", gettext_lazy("Present"), synonyms=["到会人数"], unit="人", min=0),
    Integer("in_favour", gettext_lazy("In favour"), synonyms=["赞成票数", "赞成人数"], unit="人", min=0),
]
FIELD_OF = {
    "reason": "grounds",
    "ground": "ground",
    "undone_since": "since",
    "heard": "heard",
    "entitled": "entitled",
    "present": "present",
    "in_favour": "in_favour",
}


def keeps_matter(kind: Kind) -> bool:
    """A penalty suspends rights, which a sheet does not do; so its matter is kept by the pages alone."""
    return "matter" in kind.parts and "leaving" in kind.parts


def particulars(row: Row) -> dict[str, Any]:
    """What the row says of the matter; columns that the file does not have are left alone."""
    return {name: row[column] for column, name in FIELD_OF.items() if column in row}


def faults(row: Row, kind: Kind) -> Iterator[Fault]:
    """Votes that cannot be counted are refused; where only a rule is broken, the row is remarked on."""
    if not keeps_matter(kind) or not isinstance(row["unit"], Unit):
        return
    votes = (row["entitled"], row["present"], row["in_favour"])
    day, unit = row["happened_on"], row["unit"]
    if None not in votes:
        try:
            check_count(*votes)
        except Refused as refused:
            yield Fault("present", str(refused))
            return
        for sentence in _remarks(check_shares, unit, *votes, on=day):
            yield Fault("present", sentence, stops=False)
    if "lapse" in kind.parts:
        for sentence in _remarks(check_lapse, row["title"], row["ground"], row["undone_since"], unit, on=day):
            yield Fault("undone_since", sentence, stops=False)


def _remarks(guard: Any, *asked: Any, **day: Any) -> list[str]:
    warnings: list[str] = []
    try:
        guard(*asked, **day, warnings=warnings)
    except Refused as refused:
        warnings.append(str(refused))
    return warnings
