"""What the guards ask about one recommendation, as plain values, and the order of its steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from qingce.league.organisations.models import Unit

PIONEER, PARTY = "pioneer_squad", "party_vote"  # parts of the two kinds
# What comes before each stage; the last two of the Party's are ends, reached from either of two.
BEFORE: dict[str, dict[str, tuple[str, ...]]] = {
    PIONEER: {
        "proposed": (),
        "examined": ("proposed",),
        "recommended": ("examined",),
        "admitted": ("recommended",),
    },
    PARTY: {
        "proposed": (),
        "voted": ("proposed",),
        "examined": ("voted",),
        "confirmed": ("examined",),
        "sent_to_party": ("confirmed",),
        "accepted": ("sent_to_party",),
        "expired": ("sent_to_party", "confirmed"),
    },
}


@dataclass(frozen=True)
class Candidate:
    """What the guards ask about one recommendation, from the ledger or from a row of a sheet."""

    part: str
    unit: Unit | None
    born_on: dt.date | None
    steps: Mapping[str, dt.date] = field(default_factory=dict)
    consented: bool = False
    joined_on: dt.date | None = None
    admitted_on: dt.date | None = None  # approved into the League, by case or register
    hindered: str = ""
    round: int = 1  # of the unit in the school year, this one included
    squad: str = ""
    squad_teams: int | None = None
    squad_pioneers: int | None = None
    brigade: str = ""
    received_by: str = ""
    applied_on: dt.date | None = None
    entitled: int | None = None
    present: int | None = None
    in_favour: int | None = None
    examined_by: str = ""
    recommended_here: int = 0  # of the branch in the year, this one included
    members_here: int = 0

    @property
    def reached(self) -> str:
        return max(self.steps, key=lambda stage: list(BEFORE[self.part]).index(stage), default="")

    @property
    def voted_numbers(self) -> bool:
        return None not in (self.entitled, self.present, self.in_favour)
