"""What a number in a text is: a claim about work done, or something that counts nothing, and why.

The rules are asked in this order; the first that holds decides.
"""

from __future__ import annotations

from collections.abc import Callable

from qingce.reports.claims.rules import conditions, counted, orders, words
from qingce.reports.claims.rules.sight import Sight

COUNTABLE = ("claim", "stock", "total", "subset", "scope", "change", "rank")
RULES: tuple[tuple[str, Callable[[Sight], bool]], ...] = (
    ("date", words.masked("date")),
    ("name", words.masked("name")),
    ("structure", words.masked("structure")),
    ("annex", words.is_annex),
    ("word", words.masked("word")),
    ("word", words.is_word),
    ("rank", orders.is_rank),
    ("ordinal", orders.is_ordinal),
    ("grade", orders.is_grade),
    ("level", orders.is_level),
    ("enumeration", orders.is_enumeration),
    ("duration", conditions.is_duration),
    ("criterion", conditions.is_criterion),
    ("per_unit", conditions.is_per_unit),
    ("vague", conditions.is_vague),
    ("figurative", conditions.is_figurative),
    ("plan", conditions.is_plan),
    ("context", conditions.is_context),
    ("name", words.has_no_measure),
    ("change", counted.is_change),
    ("subset", counted.is_subset),
    ("total", counted.is_total),
    ("scope", counted.is_scope),
    ("stock", counted.is_stock),
)


def role_of(sight: Sight) -> str:
    """The role of a number; “word” when it is no number at all."""
    return next((role for role, holds in RULES if holds(sight)), "claim")
