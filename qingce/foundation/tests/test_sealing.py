"""Sealed values: never the same twice, never readable with another key, found by digest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingce.foundation.privacy import sealing
from qingce.foundation.privacy.fields import Mask, Sealed
from qingce.foundation.refusals import Refused


@given(st.text())
def test_what_is_sealed_comes_back(text):
    assert sealing.unseal(sealing.seal(text)) == text


def test_the_same_text_is_sealed_differently_each_time_and_digested_alike():
    assert sealing.seal("990101199901010000") != sealing.seal("990101199901010000")
    assert sealing.digest("990101199901010000") == sealing.digest("990101199901010000")


def test_another_key_is_refused_with_a_sentence(settings):
    sealed = sealing.seal("secret")
    settings.SEALING_KEY = "another key of more than forty characters!"
    for cached in (sealing._key, sealing._cipher):
        cached.cache_clear()
    try:
        with pytest.raises(Refused, match="QINGCE_SEALING_KEY"):
            sealing.unseal(sealed)
    finally:
        for cached in (sealing._key, sealing._cipher):
            cached.cache_clear()


def test_printing_a_sealed_value_prints_its_mask():
    value = Sealed.of("990101199901012345", Mask(first=6, last=4))
    assert str(value) == "990101********2345"
    assert "2345" not in repr(value)
    assert value.reveal() == "990101199901012345"
