"""The matrix of roles is read by people: no code of ours stands in it."""

from __future__ import annotations

from qingce.league.access.matrix import NOUNS, matrix
from qingce.league.access.roles import PERMISSIONS


def test_what_permissions_are_about_is_said_in_words() -> None:
    assert {permission.partition(".")[0] for permission in PERMISSIONS} == set(NOUNS)


def test_every_permission_stands_in_the_matrix_once() -> None:
    assert [line.permission for _noun, lines in matrix() for line in lines] == list(PERMISSIONS)
