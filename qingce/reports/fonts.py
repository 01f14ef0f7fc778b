"""The fonts of official papers: what the standard asks for, what may stand in, what this machine has.

The official faces are licensed and come with the offices' own computers. A Word file names them, so
it looks right there; a PDF is drawn here and takes the first face of each list that is found.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from qingce.reports.styles import FANG_SONG, HEI, KAI, SONG, TITLE_SONG


@dataclass(frozen=True)
class Face:
    """One of the five faces: its names in order of preference, and the package of a free one."""

    official: str  # as Word names it
    other_names: str  # what the same face is called elsewhere, for Word's own replacement
    names: tuple[str, ...]  # as fonts name themselves, official ones first
    free: tuple[str, ...]  # free faces of the same kind
    package: str  # the Debian package of the first free one
    panose: str
    last: tuple[str, ...]  # of another kind, better than empty boxes


SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN", "AR PL SungtiL GB")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")

FACES = {
    TITLE_SONG: Face(
        "方正小标宋简体", "FZXiaoBiaoSong-B05S",
        ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "STZhongsong", "华文中宋"),
        SERIF, "fonts-noto-cjk", "03000509000000000000", SANS,
    ),
    HEI: Face(
        "黑体", "SimHei", ("SimHei", "黑体", "STHeiti", "华文黑体", "FZHei-B01S"),
        SANS, "fonts-noto-cjk", "02010609060101010101", SERIF,
    ),
    KAI: Face(
        "楷体_GB2312", "KaiTi_GB2312",
        ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "华文楷体", "FZKai-Z03S"),
        ("AR PL UKai CN", "AR PL KaitiM GB", "LXGW WenKai", "TW-Kai"),
        "fonts-arphic-ukai", "02010609030101010101", SERIF,
    ),
    FANG_SONG: Face(
        "仿宋_GB2312", "FangSong_GB2312",
        ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "华文仿宋", "FZFangSong-Z02S"),
        ("Zhuque Fangsong (technical preview)", "FandolFang R", "FandolFang"),
        "", "02010609030101010101", SERIF,
    ),
    SONG: Face(
        "宋体", "SimSun", ("SimSun", "宋体", "NSimSun", "STSong", "华文宋体", "FZShuSong-Z01S"),
        SERIF, "fonts-noto-cjk", "02010600030101010101", SANS,
    ),
}  # fmt: skip


@cache
def machine() -> Any:
    """The fonts that are found here: in the system's folders and in `fonts/` beside the data."""
    # Loaded only here: a server that writes no PDF does not need it.
    import typst

    own = settings.DATA / "fonts"
    return typst.Fonts(include_embedded_fonts=False, font_paths=[own] if own.is_dir() else [])


def families() -> Collection[str]:
    return set(machine().families())


def chosen(role: str, found: Collection[str]) -> str:
    """The family that draws a role here; empty when no Chinese font is found at all."""
    face = FACES[role]
    return next((name for name in (*face.names, *face.free, *face.last) if name in found), "")


@dataclass(frozen=True)
class Standing:
    """How one face fares on this machine."""

    face: Face
    drawn_with: str

    @property
    def is_official(self) -> bool:
        return self.drawn_with in self.face.names

    @property
    def is_of_its_kind(self) -> bool:
        return self.is_official or self.drawn_with in self.face.free

    @property
    def package(self) -> str:
        """What to install, when something of the same kind can be had."""
        return (
            "" if self.is_of_its_kind else self.face.package or ("" if self.drawn_with else "fonts-noto-cjk")
        )


def standings() -> list[Standing]:
    found = families()
    return [Standing(face, chosen(role, found)) for role, face in FACES.items()]
