"""What stands on an official paper besides its text (GB/T 9704-2012): head, addressee, signature, imprint."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FORMS = ("official", "letter", "plain", "certificate", "table")


@dataclass(frozen=True)
class Paper:
    """The parts around a text; a part left empty is not printed."""

    form: str = "official"  # one of FORMS
    issuer: str = ""  # 发文机关标志: the mark above the text, and the head of a letter
    red_head: bool = False  # print the mark, the number and the red rule
    masthead: str = ""  # of a briefing, instead of the issuer's mark: 青春简报
    number: str = ""  # 发文字号 青团发〔2024〕1号
    issue: str = ""  # of a briefing: 第3期
    total_issue: str = ""  # of a briefing: 总第27期
    editor: str = ""  # of a briefing: 编印单位
    signatory: str = ""  # 签发人, when the paper goes upward
    copy_number: str = ""  # 份号, six digits
    secrecy: str = ""  # 密级和保密期限
    urgency: str = ""  # 紧急程度
    addressee: str = ""  # 主送机关, without the colon
    signed_by: str = ""  # 发文机关署名
    dated: str = ""  # 成文日期 as written: 2024年1月5日
    sealed: bool = False  # room for the seal over name and date
    note: str = ""  # 附注, without its brackets
    attachments: tuple[str, ...] = ()  # names in the attachment note
    copies_to: str = ""  # 抄送机关
    printer: str = ""  # 印发机关
    printed_on: str = ""  # 印发日期
    copies: str = ""  # how many are printed: 共印30份

    @property
    def is_letter(self) -> bool:
        return self.form == "letter"

    @property
    def has_imprint(self) -> bool:
        return bool(self.copies_to or self.printer)

    def with_parts(self, parts: Mapping[str, Any]) -> Paper:
        """The same paper with some parts said otherwise."""
        return dataclasses.replace(self, **{**parts, **_tuples(parts)})


BARE = Paper()
PARTS = tuple(part.name for part in dataclasses.fields(Paper) if part.name != "form")
FLAGS = ("red_head", "sealed")
LISTS = ("attachments",)


def written_day(day: dt.date) -> str:
    """A day as an official paper writes it: Arabic figures without a leading zero."""
    return f"{day.year}年{day.month}月{day.day}日"


def _tuples(parts: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(parts[name]) for name in LISTS if name in parts}
