"""The street of the tests about people, for the pages of the register."""

from qingce.league.people.tests.conftest import street

__all__ = ["street"]
