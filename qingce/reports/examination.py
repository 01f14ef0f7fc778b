"""What the doctor asks: whether issued reports say, to the last row, what was handed in; what fonts are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.db import DatabaseError
from django.utils.translation import gettext as _

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.told import Told
from qingce.foundation.upkeep.checks import Finding, ill, well
from qingce.reports.issued.package import FACTS
from qingce.reports.models import Erratum, ErratumFile, IssuedFile, Snapshot

SHOWN = 20  # faults printed
ISSUES = (Told.REPORT_FROZEN, Told.REPORT_REPLACED)


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
    faults = list(islice(_faults(), SHOWN))
    yield from (ill(fault, _remedy()) for fault in faults)
    if not faults:
        yield well(_("All %d issued reports say what was handed in.") % Snapshot.objects.count())
        files = IssuedFile.objects.count() + ErratumFile.objects.count()
        yield well(_("All %d files of issued reports and errata are those handed in.") % files)
    unsealed = Snapshot.objects.filter(seal="").count()
    if unsealed:
        said = _("%d reports were issued before their rows were sealed; of these only the text is checked.")
        yield well(said % unsealed)


def package_look(archive: ZipFile) -> Iterator[Finding]:
    """What this site knows of the report in an evidence package."""
    facts = _facts(archive)
    if facts is None:
        yield ill(_("The package does not say which report it is of."), _("Ask for the package again."))
        return
    said = {"title": facts.get("title", "—"), "day": str(facts.get("issued_at", ""))[:10]}
    yield well(_("It holds the report “%(title)s”, issued on %(day)s.") % said)
    try:
        known = Snapshot.objects.filter(pk=facts.get("snapshot", 0), title=facts.get("title")).first()
    except (DatabaseError, ValueError, TypeError):
        return  # a package may be checked where there is no database
    if known is None:
        yield well(_("This site does not know the report; it may come from another one."))
    elif known.seal != facts.get("seal"):
        yield ill(
            _("This site issued the report with another digest than the package says."),
            _("Take the package anew from the page of the report and compare."),
        )
    else:
        yield well(_("This site issued the report with the same digest."))


def _facts(archive: ZipFile) -> dict[str, Any] | None:
    try:
        read = json.loads(archive.read(FACTS))
    except (KeyError, ValueError, BadZipFile, OSError):
        return None
    return read if isinstance(read, dict) else None


def _remedy() -> str:
    return _("Compare it with the document handed in, and with the last good backup.")


def _faults() -> Iterator[str]:
    told = _told()
    for snapshot in Snapshot.objects.order_by("pk").iterator(chunk_size=50):
        yield from _of_snapshot(snapshot, told.get(snapshot.pk, ""))
    for erratum in Erratum.objects.select_related("snapshot").order_by("pk").iterator(chunk_size=50):
        yield from _of_erratum(erratum)


def _told() -> dict[int, str]:
    """The digests of the whole that the log was told of, which nobody can change there."""
    entries = Entry.objects.filter(told__in=ISSUES).values_list("reference", "details")
    return {
        int(reference.removeprefix("snapshot-")): str(details.get("seal", ""))
        for reference, details in entries.iterator()
        if reference.startswith("snapshot-")
    }


def _of_snapshot(snapshot: Snapshot, told: str) -> Iterator[str]:
    if not snapshot.is_intact():
        yield _("The issued report “%s” was altered.") % snapshot.title
        return
    if not snapshot.seal and not told:
        return
    figures, files = list(snapshot.figures.all()), list(snapshot.files.all())
    for figure in figures:
        figure.snapshot = snapshot
    if snapshot.sealed(figures, files) != snapshot.seal:
        yield _("Figures, rows or particulars of the issued report “%s” were altered.") % snapshot.title
    elif told and told != snapshot.seal:
        yield _("The log of actions knows the issued report “%s” with another digest.") % snapshot.title
    yield from _of_files(files, snapshot.title)


def _of_erratum(erratum: Erratum) -> Iterator[str]:
    figures, files = list(erratum.figures.all()), list(erratum.files.all())
    if not erratum.is_intact() or erratum.sealed(figures, files) != erratum.seal:
        yield _("“%s” was altered.") % erratum
    yield from _of_files(files, str(erratum))


def _of_files(files: list[Any], title: str) -> Iterator[str]:
    for one in files:
        said = {"title": title, "ending": one.ending}
        if not one.file.storage.exists(one.file.name):
            yield _("The file .%(ending)s of “%(title)s” is missing.") % said
        elif _digest(one) != one.digest:
            yield _("The file .%(ending)s of “%(title)s” is not the one handed in.") % said


def _digest(one: Any) -> str:
    with one.file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
