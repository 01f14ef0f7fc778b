"""Numbers typed by hand: found with value and measure word; dates, ordinals and names left aside."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qingce.reports.writing.typed import said_number, typed_numbers

FOUND = [
    ("走访困难青年86户", "86", "86", "户"),
    ("全年开展宣讲140余场次", "140余", "140", "场次"),
    ("参加青年9400余人次", "9400余", "9400", "人次"),
    ("发放助学金50万元", "50万元", "500000", "元"),
    ("云平台活动录入率为95.5%", "95.5%", "95.5", "%"),
    ("开展主题活动１２次", "１２次", "12", "次"),
]


@pytest.mark.parametrize(("text", "raw", "value", "unit"), FOUND)
def test_a_number_is_found_with_its_value(text, raw, value, unit):
    (typed,) = typed_numbers(text)
    assert typed.raw.startswith(raw)
    assert text[typed.start : typed.end] == typed.raw
    assert (typed.claim.value, typed.claim.unit) == (Decimal(value), unit)


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
    assert typed_numbers(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("140余场次", "140", "场次"),
        ("50万元", "500000", "元"),
        ("95%", "0.95", ""),
        ("1.2万余人次", "12000", "人次"),
    ],
)
def test_a_figure_says_its_number(text, value, unit):
    number = said_number(text)
    assert (number.value, number.unit) == (Decimal(value), unit)
