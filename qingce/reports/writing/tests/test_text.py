"""Structured text: what goes out in braces or in JSON comes back as it was."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingce.foundation.refusals import Refused
from qingce.reports.writing.runs import (
    AT_MOST,
    LONGEST,
    Piece,
    from_braces,
    in_braces,
    read_back,
    stored,
    tidy,
)

plain = st.text(
    st.characters(blacklist_characters="{}|=\r\n\t", blacklist_categories=("Cs", "Cc", "Zs")),
    min_size=1,
    max_size=12,
)
code = st.from_regex(r"[a-z][a-z_]{0,12}", fullmatch=True)
maybe = st.just("") | plain
pieces = st.one_of(
    st.builds(Piece, text=plain),
    st.builds(
        lambda **said: Piece("figure", **said),
        code=code,
        form=st.sampled_from(["", "exact", "more", "change"]),
        unit=maybe,
        period=maybe,
        override=maybe,
        because=maybe,
    ),
    st.builds(lambda code, text: Piece("fact", text, code=code), code, maybe),
    st.builds(lambda code, a, b: Piece("all", a, code=code, otherwise=b), code, plain, plain),
    st.builds(
        lambda text, because: Piece("stated", text, because=because),
        plain.filter(lambda s: ":" not in s),
        maybe,
    ),
    st.builds(lambda text: Piece("named", text), plain.filter(lambda s: ":" not in s)),
    st.builds(lambda text: Piece("gap", text), plain.filter(lambda s: ":" not in s)),
)
texts = st.lists(pieces, max_size=8).map(tidy)


@given(texts)
def test_braces_are_read_back_as_they_were_written(text):
    assert from_braces(in_braces(text)) == text


@given(texts)
def test_json_is_read_back_as_it_was_stored(text):
    assert read_back(json.loads(json.dumps(stored(text)))) == text


@given(texts)
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(text) == text


@pytest.mark.parametrize(
    "runs",
    [
        None,
        "text",
        [1],
        [{"html": "<b>"}],
        [{"text": 7}],
        [{"sort": "script", "text": "x"}],
        [{"text": "x"}] * (AT_MOST + 1),
        [{"text": "字" * (LONGEST + 1)}],
    ],
)
def test_what_the_editor_never_sends_is_refused(runs):
    with pytest.raises(Refused):
        read_back(runs)


@pytest.mark.parametrize(("text", "said"), [("{{lectures|where=x}}", "where"), ("{{nothing:x}}", "nothing")])
def test_a_slot_that_cannot_be_understood_is_named(text, said):
    with pytest.raises(Refused, match=said):
        from_braces(text)
