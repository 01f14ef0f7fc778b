"""The certificate of one figure: rule, question, value, split, list and who signed, on one page."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.figures.indicators.definitions import indicators
from qingce.foundation.ui.numbers import number, short_day
from qingce.league.access.reach import Reach
from qingce.reports.issued.lines import LineBook
from qingce.reports.issued.shares import Share
from qingce.reports.issued.standing import Said
from qingce.reports.models import FrozenFigure

TEMPLATE = Path(__file__).with_name("certificate.typ")
MOST_SHARES = 24  # units named; the rest stand together
MOST_LISTED = 12  # records named; of a longer list its digest


@dataclass(frozen=True)
class Certificate:
    """Everything on the page, as words."""

    code: str
    label: str
    value: str
    written: str  # where the text writes it otherwise
    override: str  # and why
    unit: str
    period: str
    definition: str
    version: str
    basis: str
    rows: str
    list_digest: str
    report: str
    report_digest: str
    issued_at: str
    issued_by: str
    standing: str  # what a later erratum or issue says
    shares: list[tuple[str, str, str]] = field(default_factory=list)  # unit, amount, rows
    listed: list[tuple[str, str, str]] = field(default_factory=list)  # number, unit, day
    parts: list[str] = field(default_factory=list)  # of a formula
    address: str = ""  # where the code can be checked


def certificate(said: Said, book: LineBook, reach: Reach, *, address: str = "") -> Certificate:
    """The certificate of a frozen figure as this reader may hand it on."""
    frozen, report = said.figure, said.figure.snapshot
    return Certificate(
        code=frozen.check_code,
        label=frozen.label,
        value=frozen.exact,
        written=frozen.display if frozen.display != frozen.exact else "",
        override=frozen.override,
        unit=_("%s and all beneath it") % frozen.asked_unit.name,
        period=frozen.asked_period.label,
        definition=frozen.definition,
        version=_("version %d") % frozen.version,
        basis=_basis(frozen),
        rows=str(len(frozen.rows)),
        list_digest=frozen.list_digest,
        report=report.title,
        report_digest=report.seal or report.digest,
        issued_at=_moment(report.at),
        issued_by=f"{report.unit.name}　{report.by}",
        standing=_standing(said),
        shares=shares_of(frozen, reach),
        listed=_listed(frozen, book),
        parts=_parts(frozen),
        address=address,
    )


def shares_of(frozen: FrozenFigure, reach: Reach) -> list[tuple[str, str, str]]:
    """The split by unit, the greatest first; none of a sensitive matter whose small numbers are covered."""
    if not _open_to(frozen, reach):
        return []
    shares = sorted(map(Share.read_back, frozen.shares), key=lambda one: -one.amount)
    named = [(one.name, str(number(one.amount)), str(one.rows)) for one in shares[:MOST_SHARES]]
    rest = shares[MOST_SHARES:]
    if rest:
        amount, rows = sum(one.amount for one in rest), sum(one.rows for one in rest)
        named.append((_("%d further units") % len(rest), str(number(amount)), str(rows)))
    return named


def _open_to(frozen: FrozenFigure, reach: Reach) -> bool:
    indicator = indicators().get(frozen.code)
    return indicator is not None and (not indicator.sensitive or reach.may("case.see", frozen.asked_unit))


def _basis(frozen: FrozenFigure) -> str:
    indicator = indicators().get(frozen.code)
    period = frozen.asked_period
    if indicator is not None and indicator.basis == "stock":
        return _("Stock: as it stood on %s.") % short_day(period.last)
    return _("Flow: gathered from %(first)s to %(last)s.") % {
        "first": short_day(period.first),
        "last": short_day(period.last),
    }


def _standing(said: Said) -> str:
    report, erratum = said.figure.snapshot, said.erratum
    if report.replaced_by is not None:
        newer = report.replaced_by
        return _("The report was issued anew on %(day)s: %(because)s") % {
            "day": short_day(newer.at.date()),
            "because": newer.because,
        }
    if erratum is None:
        return ""
    return _("Put right by erratum %(number)s of %(day)s to %(exact)s: %(because)s") % {
        "number": erratum.number,
        "day": short_day(erratum.at.date()),
        "exact": said.exact,
        "because": erratum.because,
    }


def _listed(frozen: FrozenFigure, book: LineBook) -> list[tuple[str, str, str]]:
    """The records by number, where they are few and no matter of theirs is closed."""
    if len(frozen.rows) > MOST_LISTED or frozen.pk not in book.leaves or not book.is_open(frozen):
        return []
    lines = list(book.lines(frozen, frozen.counted))
    return [(one.number, one.unit, short_day(one.day) if one.day else "") for one in lines if one.number]


def _parts(frozen: FrozenFigure) -> list[str]:
    found = [one for one in frozen.snapshot.composed.sources if one.place == frozen.place]
    return list(found[0].parts) if found else []


def _moment(at: Any) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


@cache
def _fonts() -> Any:
    """The fonts of the machine, looked for once."""
    import typst

    return typst.Fonts()


def certificates_pdf(certificates: Sequence[Certificate], *, heads: dict[str, str]) -> bytes:
    """One page for each; the same bytes for the same certificates."""
    import typst  # loaded only here: it is large

    said = {
        "certificates": [asdict(one) for one in certificates],
        "heads": heads,
        "codes": codes(certificates),
    }
    compiler = typst.Compiler(
        TEMPLATE.read_bytes(), font_paths=_fonts(), sys_inputs={"data": json.dumps(said, ensure_ascii=False)}
    )
    return cast(bytes, compiler.compile(format="pdf"))


def codes(certificates: Sequence[Certificate]) -> list[str]:
    """For each certificate its code as a square picture (SVG): the address to check it, or the code alone."""
    return [code_picture(one) for one in certificates]


def code_picture(one: Certificate) -> str:
    import segno

    out = io.BytesIO()
    code = segno.make(one.address or one.code, error="m", micro=False)
    code.save(out, kind="svg", border=0, omitsize=True, xmldecl=False, nl=False)
    return out.getvalue().decode()


def heads() -> dict[str, str]:
    """The words of the form."""
    return {
        "title": _("Certificate of a figure"),
        "code": _("Check code"),
        "figure": _("Figure"),
        "value": _("Value"),
        "written": _("Written in the report"),
        "override": _("Why it is written otherwise"),
        "unit": _("Unit"),
        "period": _("Period"),
        "definition": _("Definition"),
        "parts": _("Worked out from"),
        "rows": _("Rows counted"),
        "digest": _("Digest of the list (SHA-256)"),
        "by_unit": _("By unit"),
        "records": _("Records"),
        "report": _("Report"),
        "issued": _("Issued at"),
        "standing": _("Since then"),
        "whole": _("Digest of the report (SHA-256)"),
        "check": _("How to check"),
        "how": _(
            "Enter the check code under “Check a certificate”, or compare the digests with those of the "
            "evidence package."
        ),
        "signed": _("Signed"),
        "seal": _("(seal)"),
    }
