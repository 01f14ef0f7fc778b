"""What is stated is true or not of what the ledger has."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.display import written
from qingce.reports.claims.judging import is_true, step
from qingce.reports.claims.reading import read

CASES = [  # what the text says, the ledger's value, whether it is true
    ("开展活动13次。", 13, True), ("开展活动13次。", 14, False),
    ("开展活动140余次。", 143, True), ("开展活动140余次。", 140, False), ("开展活动140余次。", 150, False),
    ("开展活动5000余次。", 5086, True), ("开展活动5000余次。", 5100, False),
    ("开展活动9400余次。", 9487, True), ("开展活动9400余次。", 9500, False),
    ("开展活动10余次。", 14, True), ("开展活动10余次。", 21, False),
    ("开展活动近500次。", 495, True), ("开展活动近500次。", 500, False), ("开展活动近500次。", 380, False),
    ("开展活动3次以上并总结。", 3, True), ("开展活动3次以上并总结。", 2, False),
    ("开展活动约100次。", 104, True), ("开展活动约100次。", 130, False),
    ("筹款50万元。", 500_000, True), ("筹款50万元。", 510_000, False),
    ("筹款1153万元。", 11_534_200, True), ("筹款1153万元。", 11_538_000, False),
    ("培训30至50名。", 30, True), ("培训30至50名。", 43, True), ("培训30至50名。", 50, True),
    ("培训30至50名。", 29, False), ("培训30至50名。", 51, False),
    ("开展活动3—5次。", 4, True), ("开展活动3—5次。", 6, False), ("开展活动三到五次。", 5, True),
    ("培训30名至50名。", 43, True), ("培训30名至50名。", 51, False),
    ("培训30至50余名。", 55, True), ("培训30至50余名。", 61, False),
    ("培训约30至50名。", 54, True), ("培训约30至50名。", 56, False),
    ("筹款3至5万元。", 41_000, True), ("筹款3至5万元。", 3, False), ("筹款三十至五十万元。", 410_000, True),
    ("服务1.2万人次。", 12_040, True), ("服务1.2万人次。", 12_600, False),
]  # fmt: skip
RATES = [
    ("85%—90%", "0.8571", True),
    ("85—90%", "0.9004", True),
    ("85%至90%", "0.91", False),
    ("100%", 1, True),
    ("100%", "0.9996", False),
    ("98.5%", "0.98493", True),
    ("98.5%", "0.98", False),
    ("86%", "0.8571", True),
]


@pytest.mark.parametrize(("text", "value", "holds"), CASES)
def test_a_claim_holds_or_does_not(text, value, holds):
    claim = read(text).countable[0]
    assert is_true(claim, indicators()["trainings"], Decimal(value)) is holds


@pytest.mark.parametrize(("said", "value", "holds"), RATES)
def test_a_rate_is_compared_in_the_places_that_are_written(said, value, holds):
    claim = read(f"云平台录入率{said}。").countable[0]
    assert is_true(claim, indicators()["youth_home_cloud_rate"], Decimal(value)) is holds


@pytest.mark.parametrize("value", [11, 37, 143, 512, 1007, 5086, 9433, 12_750, 98_765])
def test_what_a_document_writes_with_yu_is_true_of_the_value(value):
    """The writer and the checker agree on what 余 means."""
    said = written(Decimal(value), unit="名", form="more")
    claim = read(f"服务青年{said}。").countable[0]
    assert is_true(claim, indicators()["trainings"], Decimal(value))


@pytest.mark.parametrize(
    ("stated", "reach"),
    [(80, 10), (140, 10), (500, 10), (1000, 100), (5000, 100), (9400, 100), (5230, 10), (12_000, 1000)],
)
def test_yu_reaches_to_the_next_number_of_the_stated_precision(stated, reach):
    assert step(Decimal(stated)) == reach
