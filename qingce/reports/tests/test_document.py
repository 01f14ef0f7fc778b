"""A document is plain values: stored and read back unchanged, also when stored before paper was known."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from qingce.reports.document import Block, Document, Run, Source, read_back
from qingce.reports.paper import Paper, written_day

# As version 1 stored it: no paper, no limit, no rows of a table.
OLD: dict[str, Any] = {
    "outline": "annual-summary", "unit": "demo", "unit_name": "共青团青河区委",
    "period": "2023", "period_name": "2023年",
    "blocks": [
        {"role": "title", "runs": [{"text": "工作总结", "figure": "", "record": "", "gap": False}]},
        {"role": "text", "runs": [
            {"text": "宣讲", "figure": "", "record": "", "gap": False},
            {"text": "140余场次", "figure": "lectures", "record": "", "gap": False},
            {"text": "。", "figure": "", "record": "", "gap": False},
        ]},
    ],
    "sources": [{
        "place": 1, "code": "lectures", "label": "宣讲", "definition": "本年宣讲。", "version": 1,
        "digest": "abc", "value": "143", "exact": "143场次", "written": "140余场次", "rows": 143,
        "parts": [], "remark": "",
    }],
    "gaps": [],
}  # fmt: skip
OLD_DIGEST = "2a9a63e72d1c353402bfb33ae22a3136ab3610838327c44da83bab2874879ac3"


def test_a_report_issued_before_paper_was_known_keeps_its_digest() -> None:
    assert read_back(OLD).digest == OLD_DIGEST
    assert read_back(OLD).stored() == OLD


def test_paper_tables_and_limit_come_back_as_they_were() -> None:
    document = read_back(OLD)
    rows = ((Run("指标"), Run("数值")), (Run("宣讲"), Run("143场次", figure="lectures")))
    full = Document(
        **{
            **{name: getattr(document, name) for name in document.__dataclass_fields__},
            "blocks": (*document.blocks, Block("table", (), rows)),
            "paper": Paper(form="letter", number="青团函〔2024〕1号", attachments=("名单", "汇总表")),
            "limit": 5000,
        }
    )

    assert read_back(full.stored()) == full
    assert full.digest != document.digest


def test_the_length_is_counted_without_blanks_and_tables() -> None:
    blocks = (
        Block("title", (Run("工作　总结"),)),
        Block("text", (Run("宣讲 "), Run("140余场次"))),
        Block("table", (), ((Run("不计"),),)),
    )
    document = Document("a", "b", "c", "2023", "2023年", blocks, (), (), limit=12)

    assert document.characters == 4 + 2 + 6
    assert not document.is_too_long


@pytest.mark.parametrize(
    ("day", "said"), [((2024, 1, 5), "2024年1月5日"), ((2023, 12, 31), "2023年12月31日")]
)
def test_a_day_has_no_leading_zero(day: tuple[int, int, int], said: str) -> None:
    assert written_day(dt.date(*day)) == said


def test_a_source_without_a_value_is_a_gap() -> None:
    assert Source(1, "a", "a", "", 1, "", None, "—", "—", 0).gap
    assert not Source(1, "a", "a", "", 1, "", Decimal(0), "0", "0", 0).gap
