"""The evidence package: rows, definitions, papers, digests and an index page; it opens without Qingce."""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingce.figures.indicators.display import number
from qingce.foundation.exchange.exporting import export_csv, export_rows
from qingce.foundation.files.parcels import PIECE, Parcel
from qingce.league.access.reach import Reach
from qingce.ledger.records.models import Grade
from qingce.reports.issued.annex_sheet import annex_file
from qingce.reports.issued.certificate import Certificate, certificate, certificates_pdf, heads
from qingce.reports.issued.drift import figures_of
from qingce.reports.issued.lines import Line, LineBook
from qingce.reports.issued.papers import Paper, papers
from qingce.reports.issued.standing import Said, said_last
from qingce.reports.models import Erratum, FrozenFigure, Snapshot

FORMAT = 1
FACTS = "package.json"


@dataclass
class Contents:
    """What the index page tells of the package."""

    figures: list[tuple[FrozenFigure, str, int]] = field(default_factory=list)  # folder, page of certificate
    files: list[str] = field(default_factory=list)
    errata: list[tuple[Erratum, list[str]]] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    kept_back: list[Paper] = field(default_factory=list)
    rows: int = 0
    masked: int = 0


class Packing:
    """One package on its way to the disk; one figure is in memory at a time."""

    def __init__(
        self,
        snapshot: Snapshot,
        reach: Reach,
        out: IO[bytes],
        *,
        names: bool,
        watermark: str,
        check_address: str,
    ) -> None:
        self.snapshot, self.reach = snapshot, reach
        self.names, self.watermark, self.check_address = names, watermark, check_address
        self.parcel = Parcel(out)
        self.contents = Contents()
        self.said = said_last(figures_of(snapshot))

    def pack(self) -> str:
        """Write everything; the digest that stands for the package."""
        self._issued_files()
        self.parcel.add(
            "figures/data-annex.xlsx", _pieces(annex_file(self.snapshot, "xlsx", made=self._made))
        )
        certificates = [self._figure(one) for one in self.said]
        coded = [one for one in certificates if one.code]
        if coded:
            self.parcel.add("figures/certificates.pdf", [certificates_pdf(coded, heads=heads())])
        self._papers()
        self.parcel.add(FACTS, [self._facts()])
        self.parcel.add("index.html", [self._index().encode()])
        return self.parcel.finish()

    @property
    def _made(self) -> dt.datetime:
        """The time that its spreadsheets bear: that of the issue, so that the same package is the same."""
        return self.snapshot.at.replace(tzinfo=None, microsecond=0)

    def _issued_files(self) -> None:
        for one in self.snapshot.files.all():
            name = f"issued/report.{one.ending}"
            self.parcel.add(name, _stored(one.file))
            self.contents.files.append(name)
        for erratum in self.snapshot.errata.select_related("by", "snapshot"):
            names = []
            for part in erratum.files.all():
                names.append(f"errata/{erratum.number:02d}/erratum.{part.ending}")
                self.parcel.add(names[-1], _stored(part.file))
            self.contents.errata.append((erratum, names))

    def _figure(self, said: Said) -> Certificate:
        frozen = said.figure
        folder = f"figures/{frozen.place:02d}-{frozen.code}"
        book = LineBook(self.reach, [(frozen, frozen.counted)], names=self.names)
        lines = list(book.lines(frozen, frozen.counted))
        self.parcel.add(f"{folder}/rows.csv", _pieces(self._csv(lines)))
        self.parcel.add(f"{folder}/rows.xlsx", _pieces(self._xlsx(frozen, lines)))
        self.parcel.add(f"{folder}/definition.json", [_definition(said)])
        self.parcel.add(f"{folder}/frozen-rows.json", [_plain(frozen.rows)])
        page = sum(1 for _figure, _folder, at in self.contents.figures if at) + 1
        self.contents.figures.append((frozen, folder, page if frozen.check_code else 0))
        self.contents.rows += len(lines)
        self.contents.masked += sum(line.masked or line.closed for line in lines)
        shut = LineBook(self.reach, [(frozen, frozen.counted[:1])], names=False) if self.names else book
        return certificate(said, shut, self.reach, address=self._address(frozen))

    def _address(self, frozen: FrozenFigure) -> str:
        return f"{self.check_address}?code={frozen.check_code}" if self.check_address else ""

    def _csv(self, lines: Sequence[Line]) -> IO[bytes]:
        out = io.BytesIO()
        marked = [*_row_heads(), self.watermark] if self.watermark else _row_heads()
        export_csv(marked, map(_cells, lines), out)
        return out

    def _xlsx(self, frozen: FrozenFigure, lines: Sequence[Line]) -> IO[bytes]:
        out = io.BytesIO()
        export_rows(
            _row_heads(),
            map(_cells, lines),
            out,
            title=frozen.label,
            watermark=self.watermark,
            made=self._made,
        )
        return out

    def _papers(self) -> None:
        open_ones = [one for one in self.said if self._is_open(one)]
        numbers = {row.number for one in open_ones for row in one.figure.counted}
        for paper in papers(numbers, self.reach, names=self.names):
            if paper.name:
                self.parcel.add(paper.name, _stored(paper.evidence.file))
                self.contents.papers.append(paper)
            else:
                self.contents.kept_back.append(paper)

    def _is_open(self, said: Said) -> bool:
        return LineBook(self.reach, [(said.figure, [])]).is_open(said.figure)

    def _facts(self) -> bytes:
        snapshot = self.snapshot
        facts = {
            "format": FORMAT,
            "snapshot": snapshot.pk,
            "title": snapshot.title,
            "unit": snapshot.unit.name,
            "period": snapshot.period,
            "issued_at": snapshot.at.isoformat(),
            "issued_by": str(snapshot.by),
            "digest": snapshot.digest,
            "seal": snapshot.seal,
            "errata": [{"number": one.number, "seal": one.seal} for one, _names in self.contents.errata],
            "figures": len(self.said),
            "rows": self.contents.rows,
            "names": self.names,
            "watermark": self.watermark,
        }
        return json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True).encode()

    def _index(self) -> str:
        return render_to_string(
            "reports/issued/standalone.html",
            {
                "issued": self.snapshot,
                "contents": self.contents,
                "watermark": self.watermark,
                "names": self.names,
                "language": get_language(),
            },
        )


def packed(
    snapshot: Snapshot, reach: Reach, *, names: bool, watermark: str, check_address: str
) -> tuple[IO[bytes], str, Contents]:
    """The package in a file that vanishes when it is closed, its digest, and what is in it."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 (it is closed when it has been handed out)
    try:
        packing = Packing(snapshot, reach, out, names=names, watermark=watermark, check_address=check_address)
        digest = packing.pack()
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out, digest, packing.contents


def _row_heads() -> list[str]:
    return [
        _("Date"), _("What"), _("Unit"), _("Amount"), _("Record"), _("Evidence"), _("Table"), _("Key"),
    ]  # fmt: skip


def _cells(line: Line) -> list[Any]:
    grade = str(Grade(line.grade).label) if line.grade else ""
    closed = line.closed
    table, key = ("", "") if closed else (line.counted.model, line.counted.id)
    label = _("closed") if closed else line.label
    return [line.day, label, line.unit, line.counted.amount, line.number, grade, table, key]


def _definition(said: Said) -> bytes:
    frozen, erratum = said.figure, said.erratum
    facts = {
        "code": frozen.code,
        "label": frozen.label,
        "unit": frozen.asked_unit.name,
        "period": frozen.asked_period.code,
        "value": str(number(frozen.value, places=6)),
        "exact": frozen.exact,
        "written": frozen.display,
        "override": frozen.override,
        "definition": frozen.definition,
        "version": frozen.version,
        "definition_digest": frozen.definition_digest,
        "rows": len(frozen.rows),
        "list_digest": frozen.list_digest,
        "check_code": frozen.check_code,
        "erratum": {"number": erratum.number, "exact": said.exact} if erratum else None,
    }
    return json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _plain(rows: Any) -> bytes:
    """The list as it was digested: its SHA-256 is the list's digest."""
    return json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    stream.seek(0)
    while piece := stream.read(PIECE):
        yield piece


def _stored(file: Any) -> Iterable[bytes]:
    with file.open("rb") as stream:
        yield from stream.chunks(PIECE)
