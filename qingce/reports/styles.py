"""The styles of GB/T 9704-2012: one row each, drawn alike by Word, PDF and HTML.

Sizes in points: size 2 is 22, size 3 is 16, size 4 is 14. Nothing is bold; what is heavier is a
heavier face (小标宋, 黑体).
"""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4  # points
PAPER_WIDTH, PAPER_HEIGHT = 210, 297  # mm
TOP, LEFT, RIGHT, BOTTOM = 37, 28, 26, 35
TYPE_WIDTH, TYPE_HEIGHT = 156, 225
PITCH = 28.95  # points from line to line: 22 on the type area, 579 twentieths of a point
CELL = TYPE_WIDTH * MM / 28  # 15.79 points: 28 characters of size 3 fill the type area
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = 22.0, 16.0, 14.0, 10.5
MARK_TOP, LETTER_MARK_TOP = 35, 30  # mm: below the type area's top; below the paper's top
RULE_BELOW = 4  # mm between the number and the red rule
LETTER_RULE, LETTER_RULE_FOOT = 170, 20  # mm: the double rule's length; its place above the paper's foot
THICK, THIN = 0.35, 0.25  # mm: rules of the imprint
PAGE_NUMBER_BELOW = 7  # mm below the type area
RED = "FF0000"

TITLE_SONG, HEI, KAI, FANG_SONG, SONG = "title_song", "hei", "kai", "fang_song", "song"


@dataclass(frozen=True)
class Style:
    """How paragraphs of one sort look."""

    word: str  # the style's name in Word
    font: str = FANG_SONG
    size: float = SIZE_3
    side: str = "justify"  # justify, left, center, right
    first: int = 0  # cells by which the first line is indented
    level: int = 0  # of the heading; 0: none
    red: bool = False
    tied: bool = False  # stays on the page of the next paragraph
    pitch: float = PITCH


STYLES = {
    "marked": Style("份号", side="left"),
    "secrecy": Style("密级和紧急程度", HEI, side="left"),
    "mark": Style("发文机关标志", TITLE_SONG, 36, "center", red=True, pitch=46),
    "issue": Style("简报期号", side="center"),
    "number": Style("发文字号", side="center"),
    "number_upward": Style("上行文发文字号", side="left"),
    "letter_number": Style("信函发文字号", side="right"),
    "title": Style("Title", TITLE_SONG, SIZE_2, "center", level=0, tied=True),
    "subtitle": Style("Subtitle", KAI, SIZE_3, "center", tied=True),
    "addressee": Style("主送机关", side="left"),
    "text": Style("Normal", first=2),
    "chapter": Style("Heading 1", HEI, first=2, level=1, tied=True),
    "point": Style("Heading 2", KAI, first=2, level=2, tied=True),
    "item": Style("Heading 3", first=2),
    "subitem": Style("Heading 4", first=2),
    "closing": Style("结语", first=2),
    "attachment": Style("附件说明", side="left"),
    "signature": Style("发文机关署名", side="right", tied=True),
    "date": Style("成文日期", side="right"),
    "note": Style("附注", first=2),
    "imprint": Style("版记", size=SIZE_4, side="left", pitch=24),
    "copies": Style("印数", size=SIZE_4, side="right", pitch=24),
    "page_number": Style("页码", SONG, SIZE_4, pitch=14),
    "caption": Style("表题", HEI, SIZE_4, "center", tied=True),
    "cell": Style("表格文字", size=12, side="left", pitch=18),
    "small": Style("数据来源表文字", size=SIZE_5, side="left", pitch=15),
}
