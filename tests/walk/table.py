"""docs/access-matrix.md: what every role met at every door, written from a walk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from qingce.league.access.roles import roles
from tests.walk.ground import POSITIONS
from tests.walk.walking import SIGNED_OUT, Met

PAGE = Path(settings.ROOT) / "docs" / "access-matrix.md"
HEAD = """# Access matrix

Written by `bin/qingce access-matrix`: every route and every operation of the API, knocked at by a
holder of every role at one street, with things of four units in the address. A test says that this
page is current (`tests/test_access_walk.py`).

Four letters stand for the thing's place: the reader's **own** unit, **beneath** it, a **neighbour**,
**above** it. One letter: the door leads to nothing of any unit's.

| letter | met | status |
|---|---|---|
| o | open | 200, 302 |
| c | closed: inside reach without the permission | 403 |
| h | hidden: outside reach, or there is no such thing | 404 |
| s | led to signing in | 302 to the sign-in page; 401 by the API |
| r | refused for what was sent | 400, 405, 409, 422 |

Where reading (GET) and acting (POST) differ, both stand there, GET first. A page that takes the unit
from its query (`?unit=`) and falls back to the reader's own is open with any word there; a test looks
that nothing of the neighbour's is in it.
"""


def page(walked: Iterable[Met]) -> str:
    """The whole page as text."""
    cells: dict[str, dict[str, dict[str, dict[str, str]]]] = defaultdict(lambda: defaultdict(dict))
    permissions: dict[str, str] = {}
    for met in walked:
        if met.method != "HX":
            marks = cells[met.door.name][met.reader].setdefault(met.method, {})
            marks[met.door.position] = met.mark
            permissions[met.door.name] = met.door.permission or "public"
    pages = [name for name in cells if " " not in name]
    operations = [name for name in cells if " " in name]
    return "\n".join(
        [HEAD, *_table("Pages", pages, cells, permissions), *_table("API", operations, cells, permissions)]
    )


def _table(title: str, names: list[str], cells: dict, permissions: dict[str, str]) -> list[str]:
    readers = [*roles(), SIGNED_OUT]
    labels = [role.label_en for role in roles().values()]
    lines = [f"## {title}", "", f"| route | permission | {' | '.join([*labels, SIGNED_OUT])} |"]
    lines.append("|" + "---|" * (len(readers) + 2))
    for name in sorted(names):
        row = [_cell(cells[name][reader]) for reader in readers]
        lines.append(f"| `{name}` | {permissions[name]} | {' | '.join(row)} |")
    return [*lines, ""]


def _cell(by_method: dict[str, dict[str, str]]) -> str:
    said = ["".join(marks[one] for one in ("", *POSITIONS) if one in marks) for marks in by_method.values()]
    return " / ".join(dict.fromkeys(said))
