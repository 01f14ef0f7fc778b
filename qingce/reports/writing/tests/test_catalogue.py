"""Rules and sentences are data: a misspelling stops the program and is named."""

from __future__ import annotations

import shutil

import pytest
from django.conf import settings

from qingce.foundation.stanzas import CatalogueRefused
from qingce.reports.writing.drawing import Drawing
from qingce.reports.writing.models import Paragraph
from qingce.reports.writing.rules import SORTS, read_rules, rules
from qingce.reports.writing.runs import stored
from qingce.reports.writing.sentences import by_chapter, read_sentences, sentences


def test_every_sort_of_rule_is_spoken_of():
    assert {rule.sort for rule in rules()} == set(SORTS)


def test_every_chapter_of_the_summary_has_sentences():
    assert {chapter for chapter, _label, held in by_chapter() if held} >= {
        "opening",
        "thought",
        "district",
        "youth",
        "organisation",
    }


@pytest.mark.parametrize("code", sentences())
def test_every_sentence_can_be_drawn(desk, code):
    paragraph = Paragraph(draft=desk.draft, pk=0, runs=stored(sentences()[code].pieces))
    assert Drawing(desk.draft, [paragraph]).text(paragraph)


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("wording/rules.toml", 'sort   = "below"', 'sort   = "belou"', "belou"),
        ("wording/rules.toml", '"awarded"', '"awardet"', "awardet"),
        ("sentences/annual.toml", "{{lectures}}", "{{lecturez}}", "lecturez"),
        ("sentences/annual.toml", "{{lectures}}", "143场次", "143场次"),
        ("sentences/annual.toml", 'chapter = "youth"', 'chapter = "yout"', "yout"),
    ],
)
def test_a_misspelling_is_named(tmp_path, file, before, after, said):
    catalogue = tmp_path / "catalogue"
    shutil.copytree(settings.CATALOGUE, catalogue)
    path = catalogue / "documents" / file
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    read = read_rules if "wording" in file else read_sentences
    with pytest.raises(CatalogueRefused, match=said):
        read(catalogue)
