"""Small words about Chinese text: initials for searching, full-width folding, masks for names."""

from __future__ import annotations

import os
import unicodedata
from functools import cache, lru_cache

MASK = "*"
NUMERALS = "一二三四五六七八九十"


def folded(text: str) -> str:
    """`text` with full-width letters and digits made half-width and outer blanks removed."""
    return unicodedata.normalize("NFKC", text).strip()


def chinese(count: int) -> str:
    """A number from 1 to 99 as headings and ordinals write it: 三, 十二, 二十."""
    tens, ones = divmod(count, 10)
    head = ("" if tens == 1 else NUMERALS[tens - 1]) + "十" if tens else ""
    return head + (NUMERALS[ones - 1] if ones else "")


@lru_cache(maxsize=65536)
def initials(text: str) -> str:
    """Lower-case pinyin initials of `text`, letters and digits kept: “河湾中学2班” → “hwzx2b”."""
    return "".join(_initial(character) for character in folded(text).lower())


def masked_name(name: str) -> str:
    """A name with all but its first character hidden: “张小明” → “张**”."""
    return name[:1] + MASK * max(len(name) - 1, 1)


def code_name(name: str) -> str:
    """What a child or a sensitive matter is called outside the team that handles it: “张*”."""
    return name[:1] + MASK


@cache
def _initial(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else ""
    readings = _pinyin_of(character)
    return readings[0] if readings and readings.isascii() else ""


def pinyin(text: str) -> str:
    """The syllables of `text` in one word: 宣讲 is `xuanjiang`. Each character by its usual reading."""
    return "".join(_read(text, initial=False))


def _pinyin_of(character: str) -> str:
    return "".join(_read(character, initial=True))


def _read(text: str, *, initial: bool) -> list[str]:
    # The table of phrases takes 40 MB and half a second, and single characters do not need it.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, lazy_pinyin

    style = Style.FIRST_LETTER if initial else Style.NORMAL
    return lazy_pinyin(text, style=style, errors="ignore")
