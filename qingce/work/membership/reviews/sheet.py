"""The sheet of yearly reviews: one row for each member of a branch, judged by the guards of the page.

All rows of a branch are one answer to the review of that year, so it comes whole: every member of that
day has a row. The members are those of the register; nobody becomes a member by this sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import Choice, Date, Fault, IdNumber, Integer, Name, Outcome, Row, Sheet, Text
from qingce.foundation.exchange.saving import chunks
from qingce.foundation.exchange.vocabulary import offered
from qingce.foundation.privacy.fields import digest
from qingce.foundation.refusals import Refused
from qingce.league.access.reach import Reach
from qingce.league.people.matching import names_by_digest
from qingce.league.rules import rulings_held_still
from qingce.ledger.records.issue_sheet import year_column
from qingce.ledger.records.sheets import Somebody, somebody_faults, unit_column
from qingce.work.membership.models import Grade
from qingce.work.membership.reviews.answers import BRANCHES, Answer, answers, faults
from qingce.work.membership.reviews.bringing import bring

GRADE_WORDS = {
    "优秀": Grade.EXCELLENT,
    "合格": Grade.QUALIFIED,
    "基本合格": Grade.BASIC,
    "不合格": Grade.UNQUALIFIED,
    "免评议注册": Grade.WITHOUT,
    "未参加评议": Grade.DEFERRED,
}
MEMBER = Somebody("title", "id_number")


@dataclass(frozen=True)
class Look:
    """What the guards found in each row, and under which names the register knows the numbers."""

    faults: Mapping[int, list[Fault]]
    names: Mapping[str, str]


class ReviewSheet(Sheet):
    code = "yearly_reviews"
    label = gettext_lazy("Yearly reviews by member")
    order = 61
    key = ("year", "unit", "id_number")
    columns = [
        year_column(),
        unit_column(),
        Date("held_on", gettext_lazy("Day of the meeting"), synonyms=["评议会日期"], required=True),
        Integer("entitled", gettext_lazy("Due to attend"), synonyms=["应到人数"], unit="人", min=0),
        Integer(
            "present",
            gettext_lazy("Present"),
            synonyms=["实到人数"],
            unit="人",
            min=0,
            max=2000,
            required=True,
        ),
        Date("handed_up_on", gettext_lazy("Handed up on"), synonyms=["上报日期"], required=True),
        Date(
            "decided_on",
            gettext_lazy("Approved on"),
            synonyms=["批准日期"],
            note=gettext_lazy("Empty while the body above has not approved the review."),
        ),
        Text("opinions", gettext_lazy("Opinions and suggestions"), synonyms=["意见建议"], max_length=500),
        Name("title", gettext_lazy("Name"), synonyms=["姓名"], required=True),
        IdNumber("id_number", gettext_lazy("ID number"), synonyms=["身份证号", "身份证号码"], required=True),
        Choice(
            "review_grade",
            gettext_lazy("Grade of the review"),
            synonyms=["评议等次", "等次"],
            choices=lambda: offered(Grade, GRADE_WORDS),
            required=True,
        ),
        Text("note", gettext_lazy("Why not reviewed"), synonyms=["未评议原因", "备注"], max_length=120),
    ]

    def prepare(self, rows: Sequence[Row], *, by: Any) -> Look:
        numbers = {digest(row["id_number"]) for row in rows}
        return Look(judged(answers(rows), by=by), names_by_digest(numbers))

    def check(self, row: Row, look: Look) -> Iterable[Fault]:
        yield from somebody_faults(MEMBER, row, look.names)
        yield from look.faults.get(row.number, ())

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        """Rows whose unit came with the same file could not be judged before, so all are judged now."""
        outcome = Outcome()
        for some in chunks(answers(rows), BRANCHES):
            _demand_faultless(some, by)
            for answer in some:
                _count(answer, outcome)
            bring(some, by=by, batch=batch)
        return outcome


def judged(told: Sequence[Answer], *, by: Any) -> dict[int, list[Fault]]:
    """What the guards find, by the number of the row."""
    found: dict[int, list[Fault]] = {}
    today = timezone.localdate()
    reach = None if by is None else Reach(by, on=today)
    with rulings_held_still():
        for answer in told:
            for number, fault in (*faults(answer, today), *_of_approval(answer, by, reach)):
                found.setdefault(number, []).append(fault)
    return found


def _of_approval(answer: Answer, by: Any, reach: Reach | None) -> Iterator[tuple[int, Fault]]:
    """The same two questions that the page asks of who approves."""
    if reach is None or not answer.is_decided_now:
        return
    number, unit = answer.first.number, answer.branch.unit
    if not reach.may("review.approve", unit):
        sentence = _("The review of %s is approved by the body above; leave the day empty.") % unit
        yield number, Fault("decided_on", sentence)
    if answer.is_told_already and answer.held and answer.held.handed_up_by_id == by.pk:
        yield (
            number,
            Fault("decided_on", _("Who handed the review up does not approve it; a colleague does.")),
        )


def _demand_faultless(told: Sequence[Answer], by: Any) -> None:
    for number, found in judged(told, by=by).items():
        for fault in found:
            if fault.stops:
                said = {"row": number, "sentence": fault.because}
                raise Refused(_("Row %(row)d: %(sentence)s") % said)


def _count(answer: Answer, outcome: Outcome) -> None:
    """Rows are new, or change what the branch has said before, or say what is known."""
    rows = len(answer.rows)
    if answer.held is None:
        outcome.created += rows
    elif answer.is_decided_now or not answer.is_told_already:
        outcome.updated += rows
    else:
        outcome.unchanged += rows
