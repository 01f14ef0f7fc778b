"""What the doctor asks of issued reports: whether each still says what was handed in."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from qingce.foundation.upkeep.checks import Finding, ill, well
from qingce.reports.models import Snapshot


def frozen_look() -> Iterator[Finding]:
    looked, altered = 0, 0
    for snapshot in Snapshot.objects.iterator(chunk_size=50):
        looked += 1
        if not snapshot.is_intact():
            altered += 1
            yield ill(
                _("The issued report “%s” was altered.") % snapshot.title,
                _("Compare it with the document handed in, and with the last good backup."),
            )
    if not altered:
        yield well(_("All %d issued reports say what was handed in.") % looked)
