"""A rule that cannot be understood stops the start-up and says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from qingce.foundation.stanzas import CatalogueRefused
from qingce.league.rules.catalogue import read_rules, rules

GOOD = """
[probe_least]
label = "试则"
label_en = "Probe"
bound = "least"
standing = "binding"
[[probe_least.values]]
value = 3
until = 2020-01-01
basis = "旧规"
[[probe_least.values]]
value = 5
from = 2020-01-01
basis = "新规"
"""


def read(folder: Path, stanza: str):
    (folder / "rules").mkdir()
    (folder / "rules" / "probe.toml").write_text(stanza, encoding="utf-8")
    return read_rules(folder)


def test_a_rule_is_read_as_written(tmp_path):
    rule = read(tmp_path, GOOD)["probe_least"]

    assert [(one.value, one.until) for one in rule.versions] == [(3, rule.versions[1].since), (5, None)]
    assert rule.chapter == "probe"


@pytest.mark.parametrize(
    ("right", "wrong", "because"),
    [
        ('label = "试则"', "", "“label” is missing"),
        ('standing = "binding"', 'standing = "bindig"', "“bindig” is not known"),
        ('bound = "least"', 'bound = "lest"', "perhaps “least”"),
        ('bound = "least"', 'sort = "shares"', "“shares” is not known"),
        ('bound = "least"', 'sort = "share"', "is not of the sort “share”"),
        ('bound = "least"', 'sort = "flag"', "is not of the sort “flag”"),
        ("value = 5", "value = 5.5", "5.5 is not of the sort “number”"),
        ("value = 5", 'value = "five"', "'five' is not of the sort “number”"),
        ("value = 5", "", "“value” is missing"),
        ('basis = "新规"', "", "“basis” is missing"),
        ('basis = "新规"', 'basis = "新规"\nsince = 2020-01-01', "“since” is not a key"),
        ("from = 2020-01-01", "from = 2019-06-01", "overlaps the one from 2019-06-01"),
        ("from = 2020-01-01", 'from = "2020-01-01"', "should be a date"),
        ("from = 2020-01-01", "", "does not come after"),
        ("from = 2020-01-01", "from = 2021-01-01\nuntil = 2020-06-01", "is not later than from"),
        ('standing = "binding"', 'standing = "binding"\nonly_warn = true', "perhaps “only_warns”"),
    ],
)
def test_what_is_wrong_is_named_with_file_stanza_and_word(tmp_path, right, wrong, because):
    assert right in GOOD
    with pytest.raises(CatalogueRefused) as refused:
        read(tmp_path, GOOD.replace(right, wrong, 1))

    assert because in str(refused.value)
    assert "rules/probe.toml [probe_least" in str(refused.value)


def test_the_shipped_rules_say_their_basis_and_both_names():
    assert len(rules()) > 120
    for rule in read_rules(settings.CATALOGUE).values():
        assert rule.versions, rule.code
        assert all(one.basis for one in rule.versions), rule.code
        assert (rule.unit == "") == (rule.unit_en == ""), rule.code
