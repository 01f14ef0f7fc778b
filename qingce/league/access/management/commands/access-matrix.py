"""`qingce access-matrix`: walks every door in a database of its own and writes docs/access-matrix.md."""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.test.utils import (
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "Write who meets what at every route and API operation into docs/access-matrix.md."

    def handle(self, *args: Any, **options: Any) -> None:
        if not (Path(settings.ROOT) / "tests" / "walk").is_dir():
            raise CommandError(_("The walk belongs to the source tree; it is not part of an installation."))
        sys.path.insert(0, str(settings.ROOT))
        text = _walked()
        page: Path = import_module("tests.walk.table").PAGE
        page.write_text(text, encoding="utf-8")
        self.stdout.write(_("Written: %s") % page.relative_to(settings.ROOT))


def _walked() -> str:
    """The page, from a walk in a test database that is thrown away."""
    ground, quiet, table, walking = (
        import_module(f"tests.walk.{name}") for name in ("ground", "quiet", "table", "walking")
    )
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as folder, quiet.quiet(Path(folder)), transaction.atomic():
            text: str = table.page(walking.walk(ground.prepared()))
            transaction.set_rollback(True)
        return text
    finally:
        teardown_databases(kept, verbosity=0)
        teardown_test_environment()
