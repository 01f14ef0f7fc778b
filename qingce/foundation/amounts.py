"""Amounts of money in capital numerals, as receipts and statements carry them (壹拾贰元肆角整)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
CENT = Decimal("0.01")


def capital(amount: Decimal) -> str:
    """`amount` in yuan, jiao and fen; without fen it ends with 整."""
    cents = int(abs(amount).quantize(CENT, ROUND_HALF_UP) * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    said = "负" if amount < 0 and cents else ""
    if yuan or not cents:
        said += (_whole(yuan) or DIGITS[0]) + "元"
    if jiao:
        said += DIGITS[jiao] + "角"
    elif fen and yuan:
        said += DIGITS[0]
    return said + (DIGITS[fen] + "分" if fen else "整")


def _whole(number: int) -> str:
    groups = []
    while number:
        groups.append(number % 10000)
        number //= 10000
    said = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group:
            gap = bool(said) and (group < 1000 or groups[place + 1] == 0)
            said += (DIGITS[0] if gap else "") + _four(group) + GROUPS[place]
    return said


def _four(number: int) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            said += (DIGITS[0] if gap and said else "") + DIGITS[digit] + PLACES[place]
            gap = False
        else:
            gap = True
    return said
