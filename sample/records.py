"""What all records have in common: the office's own number, state, grade and papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sample.books import Cells
from sample.chance import Chance

Row = dict[str, Any]

GRADES = {"系统记录": 30, "附有材料": 34, "平台导入": 10, "手工登记": 23, "估算": 3}
PAPERS = ("签到表", "活动方案", "会议记录", "活动小结")
VOID_REASONS = (
    "重复登记，已并入另一条记录",
    "登记时日期有误，已重新登记",
    "活动因故取消",
    "经核查未实际开展",
)
SPOILING = ("草稿", "待确认", "作废")


class Register:
    """Rows of one sheet; hands out the numbers by which the other sheets refer to them."""

    def __init__(self, letters: str, year: int, papers: Sequence[str] = PAPERS) -> None:
        self.letters, self.year, self.papers = letters, year, papers
        self.chance = Chance(f"{letters} {year}")
        self.rows: list[Row] = []
        self.count = 0

    def add(self, **cells: Any) -> str:
        """Enter a record, confirmed unless 状态 says otherwise; its number."""
        self.count += 1
        number = f"{self.letters}-{self.year}-{self.count:04d}"
        row = {"登记号": number, **cells}
        if row.get("状态") == "作废":
            row["作废原因"] = self.chance.choice(VOID_REASONS)
        if "依据" not in row:
            self._found(row)
        self.rows.append(row)
        return number

    def spoilt(self) -> str:
        """A state in which a record does not count."""
        return self.chance.choice(SPOILING)

    def _found(self, row: Row) -> None:
        """Say how well the record is founded; some lack the paper that their kind asks for."""
        row["依据"] = self.chance.weighted(GRADES)
        if row["依据"] == "附有材料" and "依据材料" not in row:
            row["依据材料"] = "、".join(
                self.chance.some(self.papers, self.chance.randint(1, min(2, len(self.papers))))
            )


class Steps:
    """The sheet of steps: which record reached which stage on which day."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def add(self, number: str, stages: Iterable[tuple[str, Any]]) -> None:
        for stage, day in stages:
            self.rows.append({"登记号": number, "进展": stage, "日期": day})


def total(rows: Iterable[Cells], head: str) -> int:
    """The sum of one column."""
    return sum(row.get(head) or 0 for row in rows)
