"""Labelled texts of many kinds: half-year reports, briefings, speeches, lists, news, schools, firms.

They were labelled before the checker had read them; `scoring` says how a prediction counts.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingce.reports.claims.reading import read
from qingce.reports.claims.tests.scoring import Score, labelled_text, score

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))
LEAST, LEAST_KIND = 0.98, 0.85
ALPHABET = (
    "0123456789零一二三两十百千万亿第约近超余多名个场次人元%年月日，。、；：“”（）其中每各"
    " \n\t.+-—至到共团员活动开展"
)


def test_there_are_enough_of_them():
    assert len(TEXTS) >= 20
    assert sum(len(labelled_text(path)[1]) for path in TEXTS) >= 400


@pytest.mark.parametrize("path", TEXTS, ids=[path.stem for path in TEXTS])
def test_each_text_is_read(path: Path):
    text, labels = labelled_text(path)
    found = score(read(text), labels)
    assert found.wrong == 0 if not labels else found.f1 >= LEAST, found.remarks
    assert not labels or found.system >= LEAST_KIND, found.remarks


def test_all_together():
    total = Score()
    for path in TEXTS:
        text, labels = labelled_text(path)
        total = total + score(read(text), labels)
    assert total.f1 >= 0.99, str(total)
    assert total.system >= 0.95, str(total)
    assert total.qualifier >= 0.99, str(total)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=60))
def test_any_text_is_read_and_every_figure_stands_where_it_says(text: str):
    for claim in read(text).claims:
        assert text[claim.start : claim.end] == claim.raw
        assert claim.value is None or claim.value >= 0


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_nothing_that_can_be_typed_stops_it(text: str):
    for claim in read(text).claims:
        assert text[claim.start : claim.end] == claim.raw


@given(st.sampled_from(TEXTS))
@settings(max_examples=10, deadline=None)
def test_half_and_full_width_are_read_alike(path: Path):
    text, _labels = labelled_text(path)
    wide = text.translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
    narrow = text.translate({code + 0xFEE0: code for code in range(0x30, 0x3A)})
    ends = [(one.start, one.end, one.value, one.unit) for one in read(narrow).countable]
    assert [(one.start, one.end, one.value, one.unit) for one in read(wide).countable] == ends
