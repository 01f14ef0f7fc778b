"""Locks carry a hash for every package and no address: `python -m tools.locks`."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^[A-Za-z0-9][\w.-]*(\[[\w,-]+\])?==\S+", re.MULTILINE)
ADDRESS = re.compile(r"https?://|index-url|find-links")


def complaints() -> list[str]:
    found = []
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text(encoding="utf-8")
        entries = re.split(r"\n(?=[A-Za-z0-9])", text)
        bare = [one.split()[0] for one in entries if PINNED.match(one) and "--hash=sha256:" not in one]
        found += [f"{lock.name}: {name} has no hash" for name in bare]
        found += [f"{lock.name}: holds an address"] if ADDRESS.search(text) else []
    npm = ROOT / "package-lock.json"
    if npm.exists():
        packages = json.loads(npm.read_text(encoding="utf-8"))["packages"]
        found += [
            f"{npm.name}: {name} has an address" for name, one in packages.items() if "resolved" in one
        ]
        found += [
            f"{npm.name}: {name} has no hash"
            for name, one in packages.items()
            if name and "integrity" not in one
        ]
    return found


if __name__ == "__main__":
    problems = complaints()
    print("\n".join(problems) or "locks are clean")
    sys.exit(bool(problems))
