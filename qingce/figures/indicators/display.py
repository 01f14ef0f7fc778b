"""How a value is written: exact, rounded down with 余, in 万, as a percentage, as a rank.

Official prose rounds down and adds 余 (domain §0.1); 余 is refused when the rounded form equals the
exact value, because then there is nothing left over.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from qingce.foundation.words import chinese

FORMS = {
    "exact": "the number as it is",
    "more": "rounded down with 余",
    "wan": "in 万, exact",
    "percent": "as a percentage with at most one decimal",
    "rank": "第…",
}
WAN = Decimal(10_000)
ALMOST_ALL = Decimal("99.9")


def plain(value: Decimal | int | None) -> int | float | None:
    """A JSON number: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def written(value: Decimal | None, *, unit: str, form: str) -> str:
    """`value` with its measure word, as it stands in a document; a dash when it is not known."""
    if value is None or (form == "rank" and not value):
        return "—"
    if form == "percent":
        return f"{number(_percent(value))}%"
    if form == "rank":
        return f"第{_ordinal(int(value))}{unit}"
    if form == "wan" and value >= WAN:
        return f"{in_wan(value)}万{unit}"
    if form == "more" and (floor := rounded_down(value)) < value:
        return f"{number(floor)}余{unit}"
    return f"{number(value)}{unit}"


def rounded_down(value: Decimal) -> Decimal:
    """The round number below: tens under a hundred, else two leading digits; under ten, itself."""
    if value < 10:
        return Decimal(int(value))
    digits = len(str(int(value)))
    step = Decimal(10) ** max(digits - 2, 1)
    return Decimal(int(value / step) * step)


def _percent(ratio: Decimal) -> Decimal:
    """One decimal; what falls short of the whole is never called 100."""
    percent = rounded(ratio * 100, 1)
    return ALMOST_ALL if ratio < 1 and percent == 100 else percent


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def in_wan(value: Decimal) -> str:
    """Ten-thousands to the last fen: rounded, 199.9999万 would be called 200万."""
    return number(value / WAN, places=6)


def number(value: Decimal | int, *, places: int = 2) -> str:
    """Arabic figures without separators and without empty decimals."""
    text = f"{rounded(Decimal(value), places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _ordinal(value: int) -> str:
    """Ordinals are in Chinese (domain §16): 第十五次; beyond 99 Arabic digits read better."""
    return chinese(value) if value <= 99 else str(value)
