"""What can be done with an issued report: put figures right by an erratum, take its evidence along."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import IO, TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.exchange.exporting import watermark
from qingce.foundation.refusals import Refused
from qingce.league.people.reveals import SHORTEST_REASON
from qingce.reports.frozen import kept
from qingce.reports.issued.drift import Drift, open_drift
from qingce.reports.issued.erratum_text import erratum_text
from qingce.reports.issued.files import files_of
from qingce.reports.issued.package import packed
from qingce.reports.models import Erratum, ErratumFigure, ErratumFile, Snapshot

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User
    from qingce.league.access.reach import Reach


@telling()
def put_right(
    snapshot: Snapshot, *, because: str, by: User, figures: Collection[str] | None = None
) -> Erratum:
    """Issue an erratum: the figures of these keys (or all that moved) say from now on what the ledger says.

    The report itself stays as it was issued.
    """
    if not because.strip():
        raise Refused(_("Say why the figures are put right: the reason is printed in the erratum."))
    # Two errata at once would carry the same number: the report's row is their lock.
    locked = Snapshot.objects.select_for_update().select_related("unit").get(pk=snapshot.pk)
    if locked.replaced_by is not None:
        raise Refused(_("This issue has been replaced; put the issue right that stands in its place."))
    drifts = _chosen(locked, figures)
    erratum = Erratum(
        snapshot=locked,
        number=locked.errata.count() + 1,
        because=because.strip()[:200],
        at=timezone.now(),
        by=by,
    )
    document = erratum_text(
        locked, erratum.number, drifts, because=erratum.because, on=timezone.localdate(erratum.at)
    )
    erratum.content, erratum.digest = document.stored(), document.digest
    put = list(_figures(erratum, drifts))
    files = [ErratumFile(erratum=erratum, **kept_file) for kept_file in files_of(document)]
    erratum.seal = erratum.sealed(put, files)
    erratum.save()
    ErratumFigure.objects.bulk_create(put)
    ErratumFile.objects.bulk_create(files)
    tell(
        Told.ERRATUM_ISSUED,
        by=by,
        about=str(erratum),
        reference=f"snapshot-{locked.pk}",
        details={
            "because": erratum.because,
            "erratum": erratum.number,
            "digest": erratum.digest,
            "seal": erratum.seal,
        },
        changes={one.frozen.label: (one.said.exact, one.live_exact) for one in drifts},
    )
    return erratum


def _chosen(snapshot: Snapshot, figures: Collection[str] | None) -> list[Drift]:
    moved = open_drift(snapshot)
    chosen = [drift for key, drift in moved.items() if figures is None or key in figures]
    if not moved:
        raise Refused(_("Nothing has moved since the issue, so there is nothing to put right."))
    if not chosen:
        raise Refused(_("Choose at least one of the figures that moved."))
    gone = [drift.frozen.label for drift in chosen if drift.live is None]
    if gone:
        raise Refused(
            _("These figures have no value now and cannot be put right: %s. Leave them out.")
            % "、".join(gone)
        )
    return chosen


def _figures(erratum: Erratum, drifts: list[Drift]) -> Iterator[ErratumFigure]:
    for drift in drifts:
        live = drift.figure
        if live is None or drift.live is None:
            continue  # `_chosen` has refused these
        yield ErratumFigure(
            erratum=erratum,
            figure=drift.frozen,
            before=drift.said.exact,
            before_display=drift.said.display,
            value=kept(drift.live),
            display=drift.display_now,
            exact=drift.live_exact,
            definition=live.definition,
            version=live.indicator.version,
            definition_digest=live.indicator.digest,
            rows=[row.stored() for row in drift.live_rows],
            added=[row.stored() for row in drift.added],
            removed=[row.stored() for row in drift.removed],
        )


def take_package(
    snapshot: Snapshot, reach: Reach, *, by: User, names: bool = False, because: str = "", address: str = ""
) -> IO[bytes]:
    """The evidence package of an issued report in a file; names in full only with the right and a reason."""
    if names and not reach.may("sealed.export", snapshot):
        raise Refused(
            _("Names in full ask for the right to export sealed facts. Take the package without names.")
        )
    if names and len(because.strip()) < SHORTEST_REASON:
        raise Refused(_("Say what you need the names for, in a few words; it is written into the log."))
    mark = watermark(str(by)) if names else ""
    file, digest, contents = packed(snapshot, reach, names=names, watermark=mark, check_address=address)
    tell(
        Told.PACKAGE_MADE,
        by=by,
        about=snapshot.title,
        reference=f"snapshot-{snapshot.pk}",
        details={
            "because": because.strip()[:200] if names else "",
            "names": names,
            "figures": len(contents.figures),
            "rows": contents.rows,
            "papers": len(contents.papers),
            "digest": digest,
        },
    )
    return file
