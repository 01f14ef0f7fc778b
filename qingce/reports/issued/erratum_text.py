"""The wording of an erratum, as an official paper: what was printed, what holds, which records moved it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import override

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.display import number
from qingce.reports.document import Block, Document, Run, Source
from qingce.reports.issued.chronicle import Chronicle
from qingce.reports.issued.drift import Drift
from qingce.reports.issued.explained import moves
from qingce.reports.models import Snapshot
from qingce.reports.paper import Paper, written_day
from qingce.reports.rows import CountedRow

OUTLINE = "erratum"
NAMED = 20  # records named in the text; the page and the package hold all of them


def erratum_text(
    snapshot: Snapshot, place: int, drifts: Sequence[Drift], *, because: str, on: dt.date
) -> Document:
    """The erratum of this number as a document, for printing and keeping; the text is Chinese."""
    with override("zh-hans"):
        sources = tuple(_source(place, drift) for place, drift in enumerate(drifts, 1))
        blocks = tuple(_blocks(snapshot, place, drifts, because))
        period_name = snapshot.period_of_report.label
    return Document(
        outline=OUTLINE,
        unit=snapshot.unit.code,
        unit_name=snapshot.unit.name,
        period=snapshot.period,
        period_name=period_name,
        blocks=blocks,
        sources=sources,
        gaps=(),
        paper=Paper(form="plain", signed_by=snapshot.unit.name, dated=written_day(on)),
    )


def _blocks(snapshot: Snapshot, place: int, drifts: Sequence[Drift], because: str) -> Iterator[Block]:
    issued_on = written_day(snapshot.at.date())
    yield _plain("title", "关于更正有关数据的说明")
    yield _plain("subtitle", f"（勘误第{place}号）")
    opening = f"《{snapshot.title}》已于{issued_on}印发（校验码{snapshot.seal[:12]}）。"
    yield _plain("opening", f"{opening}印发后有关记录有变动，现将所涉{len(drifts)}项数据更正如下。")
    numbers = {row.number for drift in drifts for row in (*drift.added, *drift.removed)}
    since = min(drift.said.at for drift in drifts)
    chronicle = Chronicle(None, snapshot.unit, numbers, since=since)
    for item, drift in enumerate(drifts, 1):
        yield _figure(item, drift)
        yield from (_plain("text", said) for said in _rows(drift, chronicle))
    yield _plain("text", f"更正原因：{because.rstrip('。')}。")
    yield _plain("closing", "除上述数据外，原件其他内容不变。特此说明。")


def _figure(item: int, drift: Drift) -> Block:
    """1.宣讲场次：原为143场次，文中写作“140余场次”，现更正为142场次，文中写法不变。"""
    said, frozen = drift.said, drift.frozen
    same = said.exact == drift.live_exact
    written = f"，文中写作“{said.display}”" if said.display != said.exact else ""
    verb = "数值未变，仍为" if same else "现更正为"
    notes = [
        "文中写法不变" if drift.still_written_so and not same else "",
        "口径已有调整，见附件" if drift.redefined else "",
        "所依据的记录有变动" if same and (drift.added or drift.removed) else "",
    ]
    after = "".join(f"，{note}" for note in notes if note)
    return Block(
        "item",
        (
            Run(f"{item}.{frozen.label}：原为{said.exact}{written}，{verb}"),
            Run(drift.live_exact, figure=frozen.code, place=item),
            Run(f"{after}。"),
        ),
    )


def _rows(drift: Drift, chronicle: Chronicle) -> Iterator[str]:
    moved = moves(drift.said.rows, drift.live_rows)
    sorts = {
        "增加": [(row, "") for row, before, _after in moved if before is None],
        "减少": [(row, "") for row, _before, after in moved if after is None],
        "数量有更正的": [
            (row, f"由{number(before)}更正为{number(after)}")
            for row, before, after in moved
            if before is not None and after is not None
        ],
    }
    for word, those in sorts.items():
        if those:
            yield f"{word}记录{len(those)}条{_named(drift, those, chronicle)}。"


def _named(drift: Drift, rows: Sequence[tuple[CountedRow, str]], chronicle: Chronicle) -> str:
    """The records by number; of a sensitive matter, or of the registers, how many is all that is said."""
    indicator = indicators().get(drift.frozen.code)
    if indicator is None or indicator.sensitive:
        return ""
    named = [_record(row, note, chronicle, drift) for row, note in rows if row.number][:NAMED]
    if not named:
        return ""
    rest = "等" if len(rows) > len(named) else ""
    return f"：{'；'.join(named)}{rest}"


def _record(row: CountedRow, note: str, chronicle: Chronicle, drift: Drift) -> str:
    record = chronicle.records.get(row.number)
    facts = [str(record.unit), written_day(record.happened_on)] if record else []
    told = [one for one in chronicle.of(row.number) if one.at > drift.said.at]
    why = [f"{one.sentence}：{one.because}" if one.because else one.sentence for one in told[-1:]]
    said = "，".join([*facts, *([note] if note else []), *why])
    return f"{row.number}（{said}）" if said else row.number


def _plain(role: str, text: str) -> Block:
    return Block(role, (Run(text),))


def _source(place: int, drift: Drift) -> Source:
    """The row of the annex: what holds from now on."""
    frozen, live = drift.frozen, drift.figure
    indicator = live.indicator if live is not None else None
    return Source(
        place=place,
        code=frozen.code,
        label=frozen.label,
        definition=live.definition if live is not None else frozen.definition,
        version=indicator.version if indicator else frozen.version,
        digest=indicator.digest if indicator else frozen.definition_digest,
        value=drift.live if drift.live is not None else Decimal(0),
        exact=drift.live_exact,
        written=drift.display_now,
        rows=len(drift.live_rows),
        unit=frozen.asked_unit.code,
        period=frozen.asked_period.code,
    )
