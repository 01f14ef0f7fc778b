"""How a page shows a value: the number apart from its measure word, small sensitive ones covered."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from qingce.figures.indicators.definitions import Indicator
from qingce.figures.indicators.display import WAN, in_wan, number, written

SMALL = 5  # a sensitive count below this could point at a person
COVERED = f"<{SMALL}"
HIDDEN = "※"  # covered because a small number would follow from it


@dataclass(frozen=True)
class Shown:
    """`text` is the number, `unit` the measure word behind it, empty where the form has swallowed it."""

    text: str
    unit: str
    covered: bool = False


def hidden() -> Shown:
    """A value that would tell a small one."""
    return Shown(HIDDEN, "", covered=True)


def shown(indicator: Indicator, value: Decimal | None, *, open_to_reader: bool) -> Shown:
    """`value` of `indicator` for a page; covered when sensitive, small and not the reader's to see."""
    if value is None or (indicator.form == "rank" and not value):
        return Shown("—", "")
    if indicator.sensitive and not open_to_reader and 0 < value < SMALL:
        return Shown(COVERED, indicator.after_number, covered=True)
    if indicator.form == "rank" and indicator.measure_word != indicator.unit:
        return Shown(number(value), "")  # 第二名 is Chinese; in English the label says that it is a rank
    if indicator.form in {"percent", "rank"}:
        return Shown(written(value, unit=indicator.unit, form=indicator.form), "")
    if indicator.form == "wan" and value >= WAN:
        return Shown(in_wan(value), f"万{indicator.unit}")
    return Shown(number(value), indicator.after_number)
