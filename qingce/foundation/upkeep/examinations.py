"""The foundation's own checks: settings, database, log, sealed values, files."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks as django_checks
from django.db import connection, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation import catalogue
from qingce.foundation.audit import chain, triggers
from qingce.foundation.audit.models import Entry
from qingce.foundation.files.keeping import digest_in_name
from qingce.foundation.privacy.fields import SealedText
from qingce.foundation.refusals import Refused
from qingce.foundation.upkeep import checks, databases
from qingce.foundation.upkeep.checks import Finding, ill, well

SAMPLE = 200  # sealed values tried of each field
SHOWN = 20  # faults printed of one kind
PIECE = 1024 * 1024


def begin() -> None:
    """Put the foundation's checks first."""
    checks.add("settings", gettext_lazy("Settings"), settings_look)
    checks.add("folder", gettext_lazy("Data folder"), folder_look)
    checks.add("catalogue", gettext_lazy("Program and catalogue"), program_look)
    checks.add("database", gettext_lazy("Database"), database_look)
    checks.add("log", gettext_lazy("Log of actions"), log_look)
    checks.add("sealed", gettext_lazy("Sealed values"), sealed_look)
    checks.add("files", gettext_lazy("Files"), files_look)


def settings_look() -> Iterator[Finding]:
    if settings.DEBUG:
        yield ill(_("QINGCE_DEBUG is on: errors show their details to everybody."), _("Set it to false."))
    else:
        yield well(_("Errors are shown without details."))
    if settings.SESSION_COOKIE_SECURE:
        yield well(_("The site is served over https."))
    elif set(settings.ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]"}:
        yield well(_("The site answers this machine only; https is not needed."))
    else:
        yield ill(
            _("The site is reached under other names without https."),
            _("Put a proxy with a certificate in front and set QINGCE_HTTPS=true."),
        )
    if settings.SECRET_KEY in settings.SEALING_KEYS.values():
        yield ill(
            _("QINGCE_SECRET_KEY is also a sealing key."),
            _("Give QINGCE_SECRET_KEY a value of its own."),
        )
    else:
        yield well(_("Both keys are set."))


def folder_look() -> Iterator[Finding]:
    names = ["qingce.env", str(Path(str(connection.settings_dict["NAME"])).name)]
    open_ones = [path for name in names if _open_to_others(path := settings.DATA / name)]
    for path in open_ones:
        yield ill(
            _("Other accounts of this machine can read %s.") % path.name,
            _("Run chmod 600 on it."),
        )
    if not open_ones:
        yield well(_("Keys and database are closed to other accounts of this machine."))


def _open_to_others(path: Path) -> bool:
    return path.is_file() and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def program_look() -> Iterator[Finding]:
    said = [(sentence, "") for sentence in catalogue.complained_of()]
    if not said:
        serious = [one for one in django_checks.run_checks() if one.is_serious()]
        said = [(str(one.msg), str(one.hint or "")) for one in serious]
    for sentence, hint in said[:SHOWN]:
        yield ill(sentence, hint or _("Correct what is named, then run the doctor again."))
    if not said:
        yield well(_("The program is complete and its catalogue reads well."))


def database_look() -> Iterator[Finding]:
    if waiting := databases.waiting():
        yield ill(_("%d steps of this version are not in the database.") % len(waiting), "bin/qingce migrate")
    else:
        yield well(_("The database is in step with this version."))
    if connection.vendor == "sqlite":
        yield from _sqlite_integrity()


def _sqlite_integrity() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        faults = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        faults += [f"{table} {row} → {target}" for table, row, target, _key in islice(cursor, SHOWN)]
    restore = _("Restore the last backup: bin/qingce restore FILE --replace")
    yield from (ill(fault, restore) for fault in faults)
    if not faults:
        yield well(_("The database file is whole."))


def log_look() -> Iterator[Finding]:
    keep = _("Keep a copy of the database as it is, and compare the entry with the last good backup.")
    faults = list(islice(chain.faults(), SHOWN))
    yield from (ill(fault, keep) for fault in faults)
    if not faults:
        yield well(_("All %d entries follow each other unaltered.") % Entry.objects.count())
    for name in sorted(triggers.missing(connection)):
        yield ill(
            _("The database no longer refuses changes to the log (%s).") % name,
            _("Find out who removed it; then bin/qingce migrate audit 0004 and bin/qingce migrate audit."),
        )


def sealed_look() -> Iterator[Finding]:
    tried = 0
    for model, field in _fields(SealedText):
        rows: models.QuerySet[Any] = (
            models.QuerySet(model).exclude(**{field.name: ""}).order_by("-pk")[:SAMPLE]
        )
        for value in rows.values_list(field.name, flat=True):
            tried += 1
            try:
                value.reveal()
            except Refused as problem:
                yield ill(f"{model._meta.verbose_name} · {field.verbose_name}：{problem}", _keys())
                break
    yield well(_("%d sealed values were tried.") % tried)


def _keys() -> str:
    return _("Put the right sealing key back; without it these values cannot be read, everything else can.")


def files_look() -> Iterator[Finding]:
    looked, faults = 0, []
    for model, field in _fields(models.FileField):
        rows: models.QuerySet[Any] = models.QuerySet(model).exclude(**{field.name: ""})
        for name in rows.values_list(field.name, flat=True).distinct().iterator():
            looked += 1
            if fault := _file_fault(Path(settings.MEDIA_ROOT) / name, name):
                faults.append(fault)
    restore = _("Take the file from the last backup.")
    yield from (ill(fault, restore) for fault in faults[:SHOWN])
    if not faults:
        yield well(_("All %d files are there, with the content they came with.") % looked)


def _file_fault(path: Path, name: str) -> str:
    if not path.is_file():
        return _("The file %s is missing.") % name
    promised = digest_in_name(name)
    if promised and promised != file_digest(path):
        return _("The file %s was altered.") % name
    return ""


def file_digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _fields(sort: type[models.Field]) -> Iterable[tuple[type[models.Model], models.Field]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, sort):
                yield model, field
