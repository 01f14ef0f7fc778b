"""What the database holds, for bin/demo: `python -m tools.contents` prints empty, sample or other."""

from __future__ import annotations

import os

import django

SAMPLE_ROOT = "demo"


def contents() -> str:
    from qingce.league.organisations.models import Unit

    if not Unit.objects.exists():
        return "empty"
    return "sample" if Unit.objects.filter(code=SAMPLE_ROOT).exists() else "other"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(contents())
