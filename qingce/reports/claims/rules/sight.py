"""One number with what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from qingce.reports.claims.names import Masks
from qingce.reports.claims.plan import Outlook
from qingce.reports.claims.spans import Expression
from qingce.reports.claims.text import Span, Text
from qingce.reports.claims.vocabulary import Vocabulary

HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Sight:
    """A number, the figures beside it, and what the text says there."""

    text: Text
    one: Expression
    previous: Expression | None
    following: Expression | None
    words: Vocabulary
    masks: Masks
    outlook: Outlook

    @cached_property
    def sentence(self) -> Span:
        return self.text.sentence(self.one.start)

    @cached_property
    def clause(self) -> Span:
        return self.text.clause(self.one.start)

    @cached_property
    def before(self) -> str:
        """What the clause says before the number."""
        return self.text.read[self.clause.start : self.one.start]

    @cached_property
    def close(self) -> str:
        """What stands between the previous figure, or the beginning of the clause, and this one."""
        start = max(self.clause.start, self.previous.end if self.previous else 0)
        return self.text.read[min(start, self.one.start) : self.one.start]

    @cached_property
    def said_before(self) -> str:
        """What the whole sentence says before the number."""
        return self.text.read[self.sentence.start : self.one.start]

    @cached_property
    def after(self) -> str:
        """What the clause says after the figure."""
        return self.text.read[self.one.end : max(self.clause.end, self.one.end)]

    @cached_property
    def chinese(self) -> bool:
        return self.one.numeral.sort == "chinese"

    def ends(self, name: str, place: str = "before", of: str | None = None) -> bool:
        """Whether what stands before the number ends with a word of the cue."""
        return bool(self.words.ending(name, place).search(self.before if of is None else of))

    def starts(self, name: str, place: str = "after") -> bool:
        """Whether a word of the cue follows at once, the measure word taken along or not."""
        pattern = self.words.pattern(name, place)
        end = self.one.numeral.end
        said = self.text.read[end : end + 12].lstrip(" 余多")
        return bool(pattern.match(said) or pattern.match(self.after.lstrip()))

    def hears(self, name: str, said: str) -> bool:
        """Whether `said` holds a word of the cue."""
        return bool(self.words.pattern(name).search(said))
