"""Translations without gettext's own programs: `python -m tools.messages update | check | compile`.

Message ids are English; the catalogue of Simplified Chinese must be complete. `update` brings the
catalogue in step with the source, `check` says what is missing, `compile` writes what Django reads.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PARTS = ROOT / "locale" / "parts"
SOURCES = ["qingce", "config"]
KEYWORDS: Any = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[-+ 0-9.]*[sdfr]|%[sdfr]|\{\w*(?:![rs])?(?::[^{}]*)?\}")
# Written by hand: the dates that a tool would put here change the file without changing a word.
HEADER = """# Simplified Chinese. Brought in step with the source by: python -m tools.messages update
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def extracted() -> Catalog:
    """Every message of the source, with the files in which it stands."""
    catalogue = Catalog(locale="zh_Hans", project="Qingce", charset="utf-8")
    for path in _files():
        where = path.relative_to(ROOT).as_posix()
        for _line, function, found, _comments in _messages(path):
            context, message = _parts(function, found)
            if message:
                catalogue.add(message, locations=[(where, 0)], context=context)
    return catalogue


def _files() -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "tests" not in path.parts:
                yield path


def _messages(path: Path) -> Iterator[tuple[Any, ...]]:
    """Line, function, words and comments of every call that marks a message."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        text = templatize(text)
    yield from extract_python(io.BytesIO(text.encode()), KEYWORDS, [], {})


def _parts(function: str, found: Any) -> tuple[str | None, str | tuple[str, str] | None]:
    """Context and message of one call; None for a call whose message is not written out."""
    words = [found] if isinstance(found, str) else list(found or ())
    texts = [word for word in words if isinstance(word, str)]
    context = texts.pop(0) if function.startswith(("pgettext", "npgettext")) and texts else None
    if function.startswith(("ngettext", "npgettext")) and len(texts) >= 2:
        return context, (texts[0], texts[1])
    return context, texts[0] if texts else None


def translated() -> Catalog:
    """The catalogue as it is, with the translations of locale/parts laid over it."""
    catalogue = _read(CATALOGUE) if CATALOGUE.exists() else Catalog(locale="zh_Hans")
    told: dict[tuple[str, str | None], tuple[object, str]] = {}
    for part in sorted(PARTS.glob("*.po")):
        for message in _read(part):
            if message.id and message.string:
                _lay_over(catalogue, message)
                _same_words(told, message, part.name)
    return catalogue


def _lay_over(catalogue: Catalog, message: Message) -> None:
    catalogue.add(message.id, context=message.context)
    held = catalogue.get(_key(message), message.context)
    if held is not None:
        held.string = message.string  # adding a known message keeps its old string


def _same_words(told: dict[tuple[str, str | None], tuple[object, str]], message: Message, part: str) -> None:
    """Say so when two parts translate one message differently; the later part is taken."""
    key = (_key(message), message.context)
    words, first = told.setdefault(key, (message.string, part))
    if words != message.string:
        print(f"{key[0]!r} is {words!r} in {first} and {message.string!r} in {part}")
    told[key] = (message.string, part)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", charset="utf-8", abort_invalid=True)


def update() -> int:
    """Write the catalogue anew: what the source says, with the translations known so far."""
    known, wanted = translated(), extracted()
    for message in wanted:
        if message.id and (old := known.get(_key(message), message.context)) and old.string:
            message.string = old.string
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(HEADER + _written(wanted), encoding="utf-8")
    return check()


def _written(catalogue: Catalog) -> str:
    text = io.BytesIO()
    write_po(text, catalogue, width=100, no_location=True, sort_output=True, omit_header=True)
    return text.getvalue().decode()


def check() -> int:
    """Name every message that is missing, empty, doubtful, left over, or lost a placeholder."""
    have, wanted = _read(CATALOGUE), extracted()
    problems = [*_lacking(have, wanted), *_left_over(have, wanted)]
    print("\n".join(problems) or f"{sum(1 for one in wanted if one.id)} messages, all translated")
    return int(bool(problems))


def _lacking(have: Catalog, wanted: Catalog) -> Iterator[str]:
    for message in wanted:
        if not message.id:
            continue
        held = have.get(_key(message), message.context)
        where = message.locations[0][0]
        if held is None or not held.string or not all(_strings(held)):
            yield f"not translated: {_key(message)!r} ({where})"
        elif held.fuzzy:
            yield f"doubtful: {_key(message)!r} ({where})"
        elif any(_placeholders(one) != _placeholders(_most(message)) for one in _strings(held)):
            yield f"placeholders differ: {_key(message)!r} ({where})"


def _left_over(have: Catalog, wanted: Catalog) -> Iterator[str]:
    for message in have:
        if message.id and wanted.get(_key(message), message.context) is None:
            yield f"no longer in the source: {_key(message)!r}"
    yield from (f"struck out, to be removed: {_key(message)!r}" for message in have.obsolete.values())


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _most(message: Message) -> str:
    """The plural where there is one: Chinese has a single form, and it must name the number."""
    return message.id if isinstance(message.id, str) else message.id[-1]


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def compile_() -> int:
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, _read(CATALOGUE))
    return 0


def main(words: list[str]) -> int:
    verbs = {"update": update, "check": check, "compile": compile_}
    if len(words) != 1 or words[0] not in verbs:
        print("usage: python -m tools.messages update | check | compile", file=sys.stderr)
        return 2
    return verbs[words[0]]()


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    sys.exit(main(sys.argv[1:]))
