"""`python -m bench [NAME …]`: print our figures beside their floors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

import django

from bench.measure import HEAD, Result


def main(names: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    known = benchmarks()
    if unknown := [name for name in names if name not in known]:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    print(HEAD)
    for name in names or known:
        for result in known[name]():
            print(result.line(), flush=True)
    return 0


def benchmarks() -> dict[str, Callable[[], Iterator[Result]]]:
    from bench import reading, sealed, web, work

    return {
        "figures": work.figures,
        "import": work.imports,
        "import-100000": work.imports_large,
        "reconcile": work.reconciling,
        "reconcile-100000": work.reconciling_large,
        "export": work.export,
        "summary": work.summary,
        "verify": reading.verify,
        "reseal": sealed.reseal,
        "people": web.people,
        "board": web.board,
        "start": web.start,
        "demo": work.demo,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
