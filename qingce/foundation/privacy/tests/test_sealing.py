"""Sealed values: never the same twice, never readable with another key or in another place."""

import base64
import hashlib
import os

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from qingce.foundation.privacy import masks, sealing
from qingce.foundation.privacy.fields import Sealed
from qingce.foundation.privacy.sm4 import SM4GCM
from qingce.foundation.privacy.tests.conftest import NEW, OLD
from qingce.foundation.refusals import Refused

PLACE = "people.person.id_number"


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
@rules(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(), place=st.text())
def test_what_is_sealed_comes_back(settings, cipher, text, place):
    settings.CIPHER = cipher
    assert sealing.unseal(sealing.seal(text, place), place) == text


def test_scheme_and_key_stand_in_front(keys):
    keys(b=NEW, a=OLD)
    assert sealing.seal("secret").startswith("a:b:")
    keys("sm4", a=OLD)
    assert sealing.seal("secret").startswith("s:a:")


def test_the_same_text_is_sealed_differently_each_time_and_digested_alike():
    assert sealing.seal("990101199901010000") != sealing.seal("990101199901010000")
    assert sealing.digest("990101199901010000") == sealing.digest("990101199901010000")


def test_a_digest_depends_on_key_and_scheme(keys):
    told = {sealing.digest("secret")}
    keys("sm4", **{"0": OLD})
    told.add(sealing.digest("secret"))
    keys(**{"0": NEW})
    told.add(sealing.digest("secret"))
    assert len(told) == 3


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
def test_a_value_moved_to_another_column_cannot_be_read_there(settings, cipher):
    settings.CIPHER = cipher
    sealed = sealing.seal("secret", PLACE)
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(sealed, "people.person.phone")


def test_another_key_is_refused_with_a_sentence(keys):
    sealed = sealing.seal("secret")
    keys(**{"0": NEW})
    with pytest.raises(Refused, match="QINGCE_SEALING_KEY"):
        sealing.unseal(sealed)


def test_an_older_key_on_the_ring_still_reads(keys):
    sealed = sealing.seal("secret", PLACE)
    keys("sm4", new=NEW, **{"0": OLD})
    assert sealing.unseal(sealed, PLACE) == "secret"


def test_values_sealed_before_ids_were_written_are_still_read(keys):
    """The first versions wrote the letter a and base64, without key id, bound to no place."""
    nonce = os.urandom(12)
    key = hashlib.sha256(f"seal:{OLD}".encode()).digest()
    old = "a" + base64.b64encode(nonce + AESGCM(key).encrypt(nonce, b"secret", None)).decode()
    keys(new=NEW, **{"0": OLD})
    assert sealing.unseal(old, PLACE) == "secret"


def test_sm4_gcm_agrees_with_the_published_vector():
    """RFC 8998, appendix A.1."""
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    bound = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    text = bytes.fromhex("AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
                         "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA")  # fmt: skip
    sealed = SM4GCM(key).encrypt(nonce, text, bound)
    assert sealed.hex().upper() == (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    assert SM4GCM(key).decrypt(nonce, sealed, bound) == text
    for altered in (sealed[:-1], sealed[:-1] + b"\0", b"short"):
        with pytest.raises(InvalidTag):
            SM4GCM(key).decrypt(nonce, altered, bound)


def test_printing_a_sealed_value_prints_its_mask():
    value = Sealed(masks.ID_NUMBER, PLACE, plain="990101199901012345")
    assert str(value) == "990101********2345"
    assert repr(value) == "<Sealed>"
    assert value.reveal() == "990101199901012345"


def test_an_unreadable_value_says_so_instead_of_breaking_the_page(keys):
    value = Sealed(masks.PHONE, PLACE, sealed=sealing.seal("13900000000", PLACE))
    keys(**{"0": NEW})
    assert str(value) in {"unreadable", "不可读"}
    assert value
    assert not value.is_readable


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (masks.ID_NUMBER, "990101199901012345", "990101********2345"),
        (masks.ID_NUMBER, "1234567890", "**********"),
        (masks.PHONE, "13900001234", "139****1234"),
        (masks.PHONE, "110", "***"),
        (masks.WORDS, "一句话", "******"),
        (masks.WORDS, "", ""),
    ],
)
def test_a_mask_hides_enough(mask, text, shown):
    assert mask.over(text) == shown
