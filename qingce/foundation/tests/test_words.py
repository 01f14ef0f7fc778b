"""Initials for searching and masks for names."""

import pytest

from qingce.foundation.words import chinese, folded, initials, masked_name


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("河湾中学", "hwzx"),
        ("高二（3）班", "ge3b"),
        ("ＡＢ１２", "ab12"),
        ("12355服务台", "12355fwt"),
        ("", ""),
    ],
)
def test_initials_keep_letters_and_digits(text, letters):
    assert initials(text) == letters


def test_full_width_is_folded_and_outer_blanks_go():
    assert folded("　１２３ＡＢＣ\u00a0") == "123ABC"


@pytest.mark.parametrize(("name", "mask"), [("张小明", "张**"), ("李四", "李*"), ("王", "王*")])
def test_a_masked_name_keeps_its_first_character(name, mask):
    assert masked_name(name) == mask


@pytest.mark.parametrize(
    ("count", "said"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (34, "三十四"), (99, "九十九")]
)
def test_headings_and_ordinals_are_counted_in_chinese(count, said):
    assert chinese(count) == said
