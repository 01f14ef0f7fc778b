"""What the guards ask about one admission, as plain values.

A record of the ledger and a row of a spreadsheet are told the same way, so that both are judged by
the same guards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from qingce.league.organisations.models import Unit
from qingce.ledger.attending import Attended
from qingce.ledger.notices.hung import Hung

STAGES = (
    "applied",
    "talked",
    "activist",
    "in_training",
    "target",
    "noticed",
    "form_filled",
    "voted",
    "approved",
    "sworn",
    "archived",
)
# The three notices of an admission, by the purpose that a notice names.
ACTIVIST_NOTICE, TARGET_NOTICE, MEMBER_NOTICE = "activist", "target", "new_member"
# The dated rule by which each must hang.
NOTICE_RULES = {
    ACTIVIST_NOTICE: "admission_activist_notice_days_least",
    TARGET_NOTICE: "admission_notice_days_least",
    MEMBER_NOTICE: "admission_member_notice_days_least",
}


@dataclass(frozen=True)
class Standing:
    """A mentor or sponsor; `problem` says why not, when he or she is not in good standing."""

    person: int
    name: str
    problem: str = ""


@dataclass(frozen=True)
class Former:
    """Training at a former school; it counts when its papers were transferred."""

    school: str
    since: dt.date | None
    hours: Decimal
    paper: str

    @property
    def counts(self) -> bool:
        return bool(self.school and self.paper)


@dataclass(frozen=True)
class Vote:
    """What the branch meeting decided by ballot."""

    entitled: int
    present: int
    ballots: int
    in_favour: int
    secret: bool


@dataclass(frozen=True)
class Dossier:
    """One admission with everything that its guards ask."""

    unit: Unit | None
    person: int
    born_on: dt.date | None
    steps: Mapping[str, dt.date]
    duplicate: str = ""  # why this person cannot be admitted once more
    talked_by: str = ""
    recommended_by: str = ""
    decided_by: str = ""
    filed_on: dt.date | None = None
    notices: Mapping[str, Hung] = field(default_factory=dict)  # by purpose
    mentors: Sequence[Standing] = ()
    mentor_talks: int | None = None
    lessons: Sequence[Attended] = ()
    volunteered: Sequence[Attended] = ()
    online_percent: int | None = None
    former: Former | None = None
    pre_examined_on: dt.date | None = None
    pre_examination: str = ""
    number: str = ""
    number_problem: str = ""  # what is wrong with it by itself
    block_problem: str = ""  # why it does not come from the unit's quota
    quota_used: tuple[int, int] | None = None  # numbers given with this one, of how many places
    sponsors: Sequence[Standing] = ()
    sponsored_on: dt.date | None = None
    same_pair: int = 0  # how many others of the branch and year these two sponsor
    vote: Vote | None = None
    collectively: bool = False
    document_number: str = ""
    county_filed_on: dt.date | None = None
    form_kept_at: str = ""
    entered_on: dt.date | None = None

    @property
    def reached(self) -> str:
        """The last stage reached; empty before the application."""
        return next((stage for stage in reversed(STAGES) if stage in self.steps), "")

    def before(self, stage: str) -> str:
        """The stage that comes before `stage`; empty for the first."""
        place = STAGES.index(stage)
        return STAGES[place - 1] if place else ""

    def lesson_hours(self, *, until: dt.date) -> Decimal:
        """Hours of lessons attended since the application, and those of a former school with papers."""
        since = self.steps.get("applied", dt.date.min)
        own = sum((one.hours for one in self.lessons if since <= one.on <= until), Decimal(0))
        return own + (self.former.hours if self.former and self.former.counts else Decimal(0))

    def last_lesson(self, *, until: dt.date) -> dt.date | None:
        since = self.steps.get("applied", dt.date.min)
        return max((one.on for one in self.lessons if since <= one.on <= until), default=None)

    def volunteer_hours(self, *, until: dt.date) -> Decimal:
        return sum((one.hours for one in self.volunteered if one.on <= until), Decimal(0))

    def trained_since(self) -> dt.date | None:
        """When training began; at a former school when its papers were transferred."""
        begun = self.steps.get("in_training")
        if self.former and self.former.counts and self.former.since and begun:
            return min(self.former.since, begun)
        return begun


def next_stage(stage: str) -> str:
    """The stage after `stage`; empty after the last."""
    if not stage:
        return STAGES[0]
    place = STAGES.index(stage) + 1
    return STAGES[place] if place < len(STAGES) else ""
