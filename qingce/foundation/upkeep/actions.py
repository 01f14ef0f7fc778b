"""The verbs: make a backup, restore one."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.foundation.audit.models import Head
from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.refusals import Refused
from qingce.foundation.upkeep import databases
from qingce.foundation.upkeep.package import Package, Packing, Progress, pieces_of

FILES, CATALOGUE = "files", "catalogue"
# What a site needs to know to be set up again; never a key and never a password.
KEPT_SETTINGS = ["ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "WORKERS", "DIGEST", "AUDIT_DAYS", "PROXIES"]


def size() -> int:
    """About how many bytes a backup has to read; for the progress bar."""
    folders = (Path(settings.MEDIA_ROOT), settings.CATALOGUE)
    held = sum(path.stat().st_size for folder in folders for path in folder.rglob("*") if path.is_file())
    database = Path(str(connection.settings_dict["NAME"]))
    return held + (database.stat().st_size if connection.vendor == "sqlite" and database.exists() else 0)


def make_backup(path: Path, *, by: Any, progress: Progress) -> dict[str, Any]:
    """Write database, files, catalogue and settings without secrets into `path`; what its manifest says."""
    if path.exists():
        raise Refused(_("%s is there already; choose another name.") % path.name)
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    tell(Told.BACKUP_MADE, by=by, about=path.name)
    facts = _facts()
    packing = Packing(unfinished, progress)
    databases.save(packing)
    packing.add_folder(FILES, Path(settings.MEDIA_ROOT))
    packing.add_folder(CATALOGUE, settings.CATALOGUE)
    packing.add("settings.json", iter([_settings()]))
    packing.finish(facts)
    unfinished.rename(path)
    return facts


def restore(path: Path, *, replace: bool, by: Any, progress: Progress) -> list[str]:
    """Bring back what `path` holds, all of it or nothing; sentences about what is left to do."""
    package = Package(path)
    package.verify(progress)
    _refuse_what_does_not_fit(package)
    if not replace and not databases.is_empty():
        raise Refused(
            _(
                "The database is not empty. Restore into an empty one, or say --replace to give up "
                "what is there."
            )
        )
    with _files_of(package):
        databases.put_back(package)
    tell(Told.BACKUP_RESTORED, by=by, about=path.name, details={"made_at": package.facts["made_at"]})
    return list(_left_to_do(package))


def _facts() -> dict[str, Any]:
    head = Head.objects.filter(pk=1).first() or Head()
    return {
        "program": _version(),
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "database": connection.vendor,
        "steps": databases.steps(),
        "log": {"entries": head.number, "digest": head.digest},
        "sealing_key": "not in this file",
    }


def _version() -> str:
    project = tomllib.loads((settings.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def _settings() -> bytes:
    said = {name: getattr(settings, name) for name in KEPT_SETTINGS}
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _refuse_what_does_not_fit(package: Package) -> None:
    if package.facts["database"] != connection.vendor:
        raise Refused(
            _("The backup was made on %(theirs)s and this is %(ours)s; set QINGCE_DATABASE_URL accordingly.")
            % {"theirs": package.facts["database"], "ours": connection.vendor}
        )
    if connection.vendor == "postgresql" and databases.steps() != package.facts["steps"]:
        raise Refused(
            _(
                "The backup was made by version %s. Install that version, run bin/qingce migrate, "
                "then restore."
            )
            % package.facts["program"]
        )


@contextmanager
def _files_of(package: Package) -> Iterator[None]:
    """The files of the backup in their place; what was there comes back when the block fails."""
    place = Path(settings.MEDIA_ROOT)
    coming, going = place.with_name("files.coming"), place.with_name("files.going")
    for left in (coming, going):
        shutil.rmtree(left, ignore_errors=True)
    package.unpack_folder(FILES, coming)
    if place.exists():
        place.rename(going)
    coming.rename(place)
    try:
        yield
    except BaseException:
        shutil.rmtree(place)
        if going.exists():
            going.rename(place)
        raise
    shutil.rmtree(going, ignore_errors=True)


def _left_to_do(package: Package) -> Iterator[str]:
    if _catalogue_differs(package):
        place = settings.DATA / "catalogue-of-backup"
        shutil.rmtree(place, ignore_errors=True)
        package.unpack_folder(CATALOGUE, place)
        yield (
            _("The backup has another catalogue; it is in %s. To use it, set QINGCE_CATALOGUE to it.") % place
        )
    if set(databases.steps()) != set(package.facts["steps"]):
        yield _("The steps of the two versions differ; run bin/qingce migrate.")
    yield _("Sealed values can be read only with the sealing key of the site from which the backup came.")
    yield _("Now run bin/qingce doctor.")


def _catalogue_differs(package: Package) -> bool:
    theirs = {
        name.removeprefix(f"{CATALOGUE}/"): package.archive.read(name) for name in package.names(CATALOGUE)
    }
    ours = {
        path.relative_to(settings.CATALOGUE).as_posix(): b"".join(pieces_of(path))
        for path in settings.CATALOGUE.rglob("*")
        if path.is_file()
    }
    return theirs != ours
