"""Composing: an outline, a unit and a period become a document with every figure drawn anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from qingce.figures.indicators import batch
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.display import number, written
from qingce.figures.indicators.figure import Figure
from qingce.foundation.refusals import Refused
from qingce.foundation.words import chinese
from qingce.league.organisations.models import Unit, tree_held_still
from qingce.ledger.periods import Period
from qingce.reports.document import Block, Document, Run, Source
from qingce.reports.facts import Finding, find
from qingce.reports.outline import CHANGE, Outline, Pieces, Section, Slot, Table
from qingce.reports.paper import Paper, written_day
from qingce.reports.rows import row_counts
from qingce.reports.tables import Grid, is_unknown

COMPLETE = Decimal(1)
ABOVE = "上级团委"


@tree_held_still()
def compose(outline: Outline, unit: Unit, period: Period, parts: Mapping[str, Any] | None = None) -> Document:
    """Draw every figure and fact of the outline; what cannot be drawn is a visible gap.

    `parts` are parts of the paper that somebody has said, such as the number or the addressee.
    """
    return _Composer(outline, unit, period, parts or {}).document()


def settings_of(outline: Outline, unit: Unit, period: Period) -> dict[str, str]:
    """What stands for the words in single braces of an outline."""
    return _Composer(outline, unit, period, {}).settings


def paper_of(outline: Outline, unit: Unit, period: Period, parts: Mapping[str, Any]) -> Paper:
    """The paper that `compose` would give its document."""
    return _Composer(outline, unit, period, parts)._paper()


@dataclass
class _Composer:
    outline: Outline
    unit: Unit
    period: Period
    parts: Mapping[str, Any]
    gaps: list[str] = field(default_factory=list)
    first_forms: dict[str, str] = field(default_factory=dict)

    def document(self) -> Document:
        self._draw()
        blocks = tuple(self._blocks())
        return Document(
            outline=self.outline.address,
            unit=self.unit.code,
            unit_name=self.unit.name,
            period=self.period.code,
            period_name=self.period.label,
            blocks=blocks,
            sources=tuple(self._sources()),
            gaps=tuple(self.gaps),
            paper=self._paper(),
            limit=self.outline.limit,
        )

    def _paper(self) -> Paper:
        """The outline's paper with the settings filled in, and what the caller says otherwise."""
        said = {name: self._part(value) for name, value in self.outline.paper.items()}
        return Paper(form=self.outline.form).with_parts({**said, **self.parts})

    def _part(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._set(value)
        return value if isinstance(value, bool) else tuple(self._set(one) for one in value)

    def _draw(self) -> None:
        """Ask for everything at once, so that the number of queries does not grow with the text."""
        codes = self.outline.codes()
        self.figures = {code: Figure(indicators()[code], self.unit, self.period) for code in codes}
        compared = {slot.code for slot in self.outline.slots() if slot.form == CHANGE}
        self.last_year = {code: self.figures[code].last_year() for code in sorted(compared)}
        facts = self.outline.facts
        self.grids = {
            table: Grid(table, self.unit, self.period, self.figures, facts)
            for table in self.outline.all_tables()
        }
        others = [one for grid in self.grids.values() for one in grid.others]
        batch.evaluate([*self.figures.values(), *self.last_year.values(), *others])
        asked = {slot.code for slot in self.outline.slots() if slot.sort == "fact"}
        self.findings = {code: find(facts[code], self.unit, self.period) for code in sorted(asked)}

    @cached_property
    def settings(self) -> dict[str, str]:
        return {
            **self.outline.settings,
            "year": str(self.period.last.year),
            "next_year": str(self.period.last.year + 1),
            "unit_name": self.unit.name,
            "above_name": self._above(),
            "period_name": _period_name(self.period),
            "first_day": written_day(self.period.first),
            "last_day": written_day(self.period.last),
            "issue": str(_issue(self.period)),
        }

    def _above(self) -> str:
        """The committee that leads this unit; above the root it is the outline that names it."""
        above = self.unit.above(day=self.period.last).last()
        return above.name if above else self.outline.settings.get("above", ABOVE)

    # The text

    def _blocks(self) -> Iterator[Block]:
        yield from (self._plain("title", line) for line in self.outline.title)
        if self.outline.subtitle:
            yield self._plain("subtitle", self.outline.subtitle)
        yield from (self._paragraph("opening", pieces) for pieces in self.outline.opening)
        yield from self._items(self.outline.items)
        yield from self._tables(self.outline.tables)
        for place, chapter in enumerate(self.outline.chapters):
            yield self._plain("chapter", f"{chinese(place + 1)}、{chapter.heading}")
            yield from self._under(chapter)
        if self.outline.plan:
            yield self._plain("chapter", self.outline.plan.heading)
            yield from self._under(self.outline.plan)
        yield from (self._paragraph("closing", pieces) for pieces in self.outline.closing)

    def _under(self, section: Section) -> Iterator[Block]:
        yield from (self._paragraph("text", pieces) for pieces in section.paragraphs)
        yield from self._items(section.items)
        yield from self._tables(section.tables)
        for place, point in enumerate(section.points):
            yield self._plain("point", f"（{chinese(place + 1)}）{point.heading}")
            yield from (self._paragraph("text", pieces) for pieces in point.paragraphs)
            yield from self._items(point.items)
            yield from self._tables(point.tables)

    def _items(self, items: Sequence[Pieces]) -> Iterator[Block]:
        for place, pieces in enumerate(items, 1):
            yield self._paragraph("item", (f"{place}.", *pieces))

    def _tables(self, tables: Sequence[Table]) -> Iterator[Block]:
        for table in tables:
            grid = self.grids[table]
            if grid.missing:
                self.gaps.append(grid.missing)
            for code in table.codes:
                if not is_unknown(self.figures[code]):
                    self.first_forms.setdefault(code, self.figures[code].exact)
            caption = (Run(self._set(table.caption)),) if table.caption else ()
            yield Block("table", caption, grid.rows)

    def _plain(self, role: str, text: str) -> Block:
        return Block(role, (Run(self._set(text)),))

    def _paragraph(self, role: str, pieces: Pieces) -> Block:
        runs: list[Run] = []
        for piece in pieces:
            if isinstance(piece, str):
                runs.append(Run(self._set(piece)))
            else:
                runs += self._filled(piece)
        return Block(role, tuple(runs))

    def _set(self, text: str) -> str:
        return text.format_map(self.settings)

    def _filled(self, slot: Slot) -> list[Run]:
        if slot.sort == "fact":
            return [self._fact(slot)]
        if is_unknown(self.figures[slot.code]):
            return [self._gap(str(self.figures[slot.code].indicator), figure=slot.code)]
        if slot.sort == "all":
            return self._claim(slot)
        return [self._figure(slot.code, self._form(slot))]

    def _fact(self, slot: Slot) -> Run:
        finding: Finding = self.findings[slot.code]
        if not finding.rows:
            return self._gap(str(self.outline.facts[slot.code]))
        return Run(self._set(slot.words) or finding.words, record=finding.record)

    def _claim(self, slot: Slot) -> list[Run]:
        """Words of completeness when the rate is whole; otherwise other words, and the rate."""
        rate = self.figures[slot.code].value
        shown = self._figure(slot.code, "percent")
        if rate is not None and rate >= COMPLETE:
            return [Run(self._set(slot.words), figure=slot.code)]
        return [Run(self._set(slot.otherwise)), Run("（"), shown, Run("）")]

    def _figure(self, code: str, form: str) -> Run:
        text = self._change(code) if form == CHANGE else self.figures[code].in_form(form)
        self.first_forms.setdefault(code, text)
        return Run(text, figure=code)

    def _form(self, slot: Slot) -> str:
        indicator = self.figures[slot.code].indicator
        exact = "percent" if indicator.unit == "%" else "exact"
        return exact if slot.form == "exact" else slot.form or indicator.form

    def _change(self, code: str) -> str:
        """Against the same period of last year: 增加21名, 减少3名 or 持平."""
        figure = self.figures[code]
        change = (figure.value or Decimal(0)) - (self.last_year[code].value or Decimal(0))
        if not change:
            return "持平"
        amount = written(abs(change), unit=figure.indicator.unit, form="exact")
        return f"{'增加' if change > 0 else '减少'}{amount}"

    def _gap(self, label: str, figure: str = "") -> Run:
        self.gaps.append(label)
        return Run(_("[To be settled: %s]") % label, figure=figure, gap=True)

    # The annex

    def _sources(self) -> Iterator[Source]:
        figures = list(self.figures.values())
        counts = row_counts(figures)
        for place, (figure, rows) in enumerate(zip(figures, counts, strict=True), 1):
            indicator = figure.indicator
            yield Source(
                place=place,
                code=indicator.code,
                label=str(indicator),
                definition=figure.definition,
                version=indicator.version,
                digest=indicator.digest,
                value=None if is_unknown(figure) else figure.told,
                exact="—" if is_unknown(figure) else figure.exact,
                written=self.first_forms.get(indicator.code, figure.display),
                rows=rows,
                parts=tuple(f"{one.indicator} {one.exact}" for one in figure.components.values()),
                remark=_remark(figure, rows),
            )


def _period_name(period: Period) -> str:
    """As a Chinese paper says it, whatever language the reader of the pages has chosen."""
    with override("zh-hans"):
        return period.label


def _issue(period: Period) -> int:
    """Which of its year's months, quarters or halves the period is: the issue of a regular paper."""
    months = len(period.sub_months)
    return (period.last.month + months - 1) // months


def _remark(figure: Figure, rows: int) -> str:
    if is_unknown(figure):
        return _("No value: nothing is recorded, or a divisor is 0.")
    if figure.statement is not None:
        return _("Stated by hand: see the definition.")
    if not figure.value:
        return _("Nothing is recorded in this period; see whether the sentence should stay.")
    if figure.indicator.form == "more" and figure.display == figure.exact:
        return _("The value is a round number, so it is written exactly, without 余.")
    if not rows:
        return _("No rows stand behind the value.")
    return ""


def refuse_gaps(gaps: Sequence[str]) -> None:
    """Refused while something is still to be settled."""
    if gaps:
        raise Refused(
            _("%(count)s places are still to be settled: %(gaps)s. Record what is missing, then issue.")
            % {"count": number(len(gaps)), "gaps": "、".join(gaps)}
        )
