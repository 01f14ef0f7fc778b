"""Versions: the text as it was, kept while somebody writes, and two of them compared."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qingce.figures.indicators.definitions import indicators
from qingce.reports.writing.drawing import Drawing, numerals
from qingce.reports.writing.models import Draft, Paragraph, Version
from qingce.reports.writing.runs import Pieces, stored

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

TOGETHER = dt.timedelta(minutes=10)  # what one person writes within it is one version
Says = Sequence[Sequence[str]]  # text and code of each piece
WORDS = re.compile(r"[A-Za-z0-9.%]+|\s+|.", re.DOTALL)


def keep(
    draft: Draft,
    *,
    by: User,
    now: dt.datetime,
    sort: str = Version.Sort.WRITTEN,
    only: Paragraph | None = None,
    restores: Version | None = None,
) -> bool:
    """Keep the text as it stands; True when a new version was begun for it.

    While one person goes on writing, `only` the paragraph that changed is drawn anew.
    """
    last = draft.versions.exclude(sort=Version.Sort.REFUSED).first()
    goes_on = (
        last is not None
        and sort == last.sort == Version.Sort.WRITTEN
        and last.by_id == by.pk
        and now - last.at < TOGETHER
    )
    if goes_on and last is not None:
        last.content = content_of(draft) if only is None else _with(last.content, only)
        last.until = now
        last.save(update_fields=["content", "until"])
        return False
    content = content_of(draft)
    Version.objects.create(
        draft=draft, sort=sort, by=by, at=now, until=now, content=content, restores=restores
    )
    return True


def _with(content: list[dict[str, Any]], paragraph: Paragraph) -> list[dict[str, Any]]:
    """The content with one paragraph as it reads now."""
    said = Drawing(paragraph.draft, [paragraph]).says(paragraph)
    now = {"role": paragraph.role, "runs": paragraph.runs, "says": said}
    return [one | now if one["paragraph"] == paragraph.pk else one for one in content]


def keep_refused(paragraph: Paragraph, pieces: Pieces, *, by: User, now: dt.datetime) -> None:
    """Keep a text that was not saved because another one was: nothing is lost."""
    draft = paragraph.draft
    content = content_of(draft)
    for one in content:
        if one["paragraph"] == paragraph.pk:
            one["runs"] = stored(pieces)
            one["says"] = [[piece.text or f"{{{piece.code}}}", piece.code] for piece in pieces]
    Version.objects.create(draft=draft, sort=Version.Sort.REFUSED, by=by, at=now, until=now, content=content)


def content_of(draft: Draft) -> list[dict[str, Any]]:
    """Every paragraph with its pieces and with what they say now."""
    paragraphs = draft.standing()
    drawing = Drawing(draft, paragraphs)
    return [
        {
            "paragraph": one.pk,
            "role": one.role,
            "numeral": numeral,
            "runs": one.runs,
            "says": drawing.says(one),
        }
        for one, numeral in ((one, numerals(paragraphs)[one.pk]) for one in paragraphs)
    ]


# Two versions side by side


@dataclass(frozen=True)
class Stretch:
    """A stretch of a compared paragraph: the same, gone, or new; `code` where it is a figure."""

    sort: str  # same, gone, new
    text: str
    code: str = ""


@dataclass(frozen=True)
class Compared:
    """One paragraph in both versions."""

    role: str
    sort: str  # same, changed, gone, new
    stretches: tuple[Stretch, ...]
    numeral: str = ""


@dataclass(frozen=True)
class Moved:
    """A figure that says another value in the later version."""

    code: str
    before: str
    after: str

    @property
    def label(self) -> str:
        return str(indicators().get(self.code, self.code))


def compared(before: Version, after: Version) -> list[Compared]:
    """Every paragraph of both, in the order of the later one; those gone stand where they stood."""
    old = {one["paragraph"]: one for one in before.content}
    new = {one["paragraph"]: one for one in after.content}
    order = _merged([*old], [*new])
    return [_paragraph(old.get(key), new.get(key)) for key in order]


def moved(before: Version, after: Version) -> list[Moved]:
    """Figures compared by value: the same place says something else, though nobody rewrote it."""
    old = {one["paragraph"]: one for one in before.content}
    found = []
    for one in after.content:
        was = old.get(one["paragraph"])
        if was and was["runs"] == one["runs"]:
            found += _moved(was["says"], one["says"])
    return found


def moved_since(before: Version, drawing: Drawing) -> list[Moved]:
    """Figures of the text that say something else now than they did in that version."""
    said = {one["paragraph"]: one["says"] for one in before.content}
    return [one for now in drawing.paragraphs for one in _moved(said.get(now.pk, ()), drawing.says(now))]


def _moved(before: Says, after: Says) -> list[Moved]:
    """A table with more rows than before is another table."""
    if len(before) != len(after):
        return []
    return [
        Moved(code, then, now)
        for (then, was), (now, code) in zip(before, after, strict=True)
        if code and code == was and then != now
    ]


def _merged(old: list[int], new: list[int]) -> list[int]:
    order: list[int] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        order += [key for key in old[a:b] if tag != "equal" and key not in new]
        order += new[c:d]
    return list(dict.fromkeys(order))


def _paragraph(old: dict[str, Any] | None, new: dict[str, Any] | None) -> Compared:
    shown = new or old or {}
    role, numeral = shown["role"], shown.get("numeral", "")
    if old is None or new is None:
        sort = "new" if new else "gone"
        alone = tuple(Stretch(sort, text, code) for text, code in shown["says"])
        return Compared(role, sort, alone, numeral)
    stretches = tuple(_stretches(_tokens(old), _tokens(new)))
    changed = any(one.sort != "same" for one in stretches)
    return Compared(role, "changed" if changed else "same", stretches, numeral)


def _tokens(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Words one by one; a figure is one token, compared by what it says."""
    return [
        token
        for text, code in content["says"]
        for token in ([(text, code)] if code else [(word, "") for word in WORDS.findall(text)])
    ]


def _stretches(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> Iterator[Stretch]:
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from _joined("same", new[c:d])
        else:
            yield from _joined("gone", old[a:b])
            yield from _joined("new", new[c:d])


def _joined(sort: str, tokens: list[tuple[str, str]]) -> Iterator[Stretch]:
    words = ""
    for text, code in tokens:
        if code:
            if words:
                yield Stretch(sort, words)
            words = ""
            yield Stretch(sort, text, code)
        else:
            words += text
    if words:
        yield Stretch(sort, words)
