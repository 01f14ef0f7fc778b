"""Numbers typed by hand: found with value and measure word; dates, ordinals and names left aside."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qingce.reports.writing.typed import typed_numbers

FOUND = [
    ("走访86户", "86户", "86", "户", False),
    ("宣讲140余场次", "140余场次", "140", "场次", True),
    ("参加9400余人次", "9400余人次", "9400", "人次", True),
    ("发放50万元", "50万元", "500000", "元", False),
    ("发放60余万元", "60余万元", "600000", "元", True),
    ("录入率95.5%", "95.5%", "0.955", "%", False),
    ("浏览１２００次", "1200次", "1200", "次", False),
    ("覆盖1.2万余人次", "1.2万余人次", "12000", "人次", True),
]


@pytest.mark.parametrize(("text", "raw", "value", "unit", "more"), FOUND)
def test_a_number_is_found_with_its_value(text, raw, value, unit, more):
    (typed,) = typed_numbers(text)
    assert (typed.raw, typed.value, typed.unit, typed.more) == (raw, Decimal(value), unit, more)
    assert typed.end - typed.start == len(raw)


@pytest.mark.parametrize(
    "text",
    [
        "2023年，全区",
        "5月4日举办",
        "2023年5月4日",
        "12355青少年服务台",
        "“3·15”消费维权",
        "第3次全会",
        "青团发〔2023〕18号",
        "按GB/T 9704排版",
        "上午9:30开始",
        "三会两制一课",
        "党的二十大",
    ],
)
def test_what_is_no_claim_is_left_aside(text):
    assert typed_numbers(text) == []
