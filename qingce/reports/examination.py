"""What the doctor asks: whether each issued report says what was handed in; which fonts there are."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from qingce.foundation.upkeep.checks import Finding, ill, well
from qingce.reports.models import Snapshot


def fonts_look() -> Iterator[Finding]:
    """With what the official faces are drawn here, and what to install for a better one."""
    # Loaded only here: the look at a machine's fonts needs typst.
    from qingce.reports.fonts import standings

    for one in standings():
        names = {"face": one.face.official, "drawn": one.drawn_with, "package": one.package}
        if not one.drawn_with:
            yield ill(
                _("No font draws %(face)s: no PDF can be made.") % names,
                _("Install it: apt-get install %(package)s") % names,
            )
        elif one.package:
            yield well(
                _("%(face)s is drawn with %(drawn)s, of another kind; better: apt-get install %(package)s")
                % names
            )
        else:
            yield well(_("%(face)s is drawn with %(drawn)s.") % names)


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
