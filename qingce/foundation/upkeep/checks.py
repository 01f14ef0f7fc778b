"""What the doctor looks at: each app adds its own checks, so that none below knows one above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext as _

from qingce.foundation.files.parcels import faults


@dataclass(frozen=True)
class Finding:
    """One thing looked at: a sentence about it and, when it is not well, what to do."""

    well: bool
    sentence: str
    remedy: str = ""


Look = Callable[[], Iterable[Finding]]


@dataclass(frozen=True)
class Check:
    code: str
    label: Any
    look: Look


_checks: dict[str, Check] = {}
# What upper apps know of a parcel beside its digests: the archive → findings.
ParcelLook = Callable[[ZipFile], Iterable[Finding]]
_parcel_looks: list[ParcelLook] = []


def add(code: str, label: Any, look: Look) -> None:
    """Let the doctor look with `look`; checks are carried out in the order in which they were added."""
    _checks[code] = Check(code, label, look)


def every() -> list[Check]:
    return list(_checks.values())


def add_for_parcels(look: ParcelLook) -> None:
    """Let the doctor ask `look` about every parcel."""
    _parcel_looks.append(look)


def of_parcel(archive: ZipFile) -> Iterator[Finding]:
    """What is found about a parcel: every member against its digest, then what upper apps know."""
    ills = [ill(fault, _("Ask for the package again where it was made.")) for fault in faults(archive)]
    yield from ills
    if not ills:
        count = len(archive.namelist()) - 1
        yield well(_("All %d files of the package are as their digests say.") % count)
    for look in _parcel_looks:
        yield from look(archive)


def well(sentence: str) -> Finding:
    return Finding(True, sentence)


def ill(sentence: str, remedy: str) -> Finding:
    return Finding(False, sentence, remedy)
