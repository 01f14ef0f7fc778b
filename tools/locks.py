"""Locks name all that is asked for, with hashes and without addresses: `python -m tools.locks`."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENTRY = re.compile(r"\n(?=[A-Za-z0-9])")
NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
ADDRESS = re.compile(r"https?://|index-url|find-links")


def complaints() -> list[str]:
    """What is wrong with the locks, one sentence each."""
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    return [*(wrong for lock in locks for wrong in _python(lock)), *_npm(ROOT / "package-lock.json")]


def _python(lock: Path) -> Iterator[str]:
    text = lock.read_text(encoding="utf-8")
    if ADDRESS.search(text):
        yield f"{lock.name} holds an address; compile it again without one."
    entries = {_name(entry): entry for entry in ENTRY.split(text) if NAME.match(entry)}
    for name, entry in entries.items():
        if "==" not in entry or "--hash=sha256:" not in entry:
            yield f"{lock.name}: {name} has no version or no hash; compile it again."
    for name in sorted(_asked_for(lock.with_suffix(".in")) - entries.keys()):
        yield f"{lock.name} lacks {name}, which {lock.stem}.in asks for; compile it again."


def _asked_for(source: Path) -> set[str]:
    lines = source.read_text(encoding="utf-8").splitlines()
    return {_name(line) for line in lines if NAME.match(line)}


def _name(entry: str) -> str:
    """The name of a package as all tools compare it."""
    found = NAME.match(entry)
    return re.sub(r"[-_.]+", "-", found.group()).lower() if found else ""


def _npm(lock: Path) -> Iterator[str]:
    if not lock.exists():
        return
    for name, package in json.loads(lock.read_text(encoding="utf-8"))["packages"].items():
        if "resolved" in package:
            yield f"{lock.name}: {name} has an address."
        if name and "integrity" not in package:
            yield f"{lock.name}: {name} has no hash."


if __name__ == "__main__":
    problems = complaints()
    print("\n".join(problems) or "locks are clean")
    sys.exit(bool(problems))
