"""What a claim is a claim of: growth, a part, a whole, a place reached, a stock."""

from __future__ import annotations

import re

from qingce.reports.claims.rules.sight import Sight

NEAR_AFTER = 24  # characters within which 其中 makes a figure a whole
DONE = re.compile(r"(?:开展|举办|组织|新|发展|培训|覆盖)")


def is_change(sight: Sight) -> bool:
    """增长12.5%, 由23个增至31个."""
    one = sight.one
    if one.sort == "rates" and one.unit not in {"%", "‰", "成"}:
        return True
    grows = re.search(r"[由从]$", sight.close) and sight.starts("change")
    return bool(grows) or sight.hears("change", sight.close)


def is_subset(sight: Sight) -> bool:
    return "其中" in sight.said_before or sight.hears("subset", sight.close)


def is_total(sight: Sight) -> bool:
    end = min(sight.sentence.end, sight.one.end + NEAR_AFTER)
    return sight.hears("total", sight.close) or "其中" in sight.text.read[sight.one.end : end]


def is_stock(sight: Sight) -> bool:
    return sight.hears("stock", sight.close) and not DONE.search(sight.close)


def is_scope(sight: Sight) -> bool:
    """Where the work reached: 覆盖10个乡镇."""
    nouns = sight.words.cue("scope", "nouns")
    return sight.after.startswith(nouns) and sight.hears("scope", sight.before)
