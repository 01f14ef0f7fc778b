"""Small charts as inline SVG: no script, no style attribute, and words for those who cannot see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from qingce.foundation.ui.numbers import Number, number

SPARK = 22  # the tallest bar of a sparkline, which grows upwards from 0; a bar and its gap are 2 wide
COLUMN = 34  # one bar of the month chart with the gap beside it
HEIGHT = 76  # the tallest bar of the month chart
TONES = ("qing", "line", "amber", "rule", "ink")

Value = Number | None


def sparkline(values: Sequence[Value]) -> SafeString:
    """A bar for each value, the tallest filling the height; None is a month still to come.

    A page shows a hundred of them, so all bars of one tone are a single path.
    """
    top = _top(values)
    come = _strokes((at, _tall(value, top, SPARK)) for at, value in enumerate(values) if value is not None)
    yet = _strokes((at, _tall(None, top, SPARK)) for at, value in enumerate(values) if value is None)
    return format_html(
        '<svg class="spark" viewBox="0 -{} {} {}" preserveAspectRatio="none" role="img" aria-label="{}">'
        "{}{}</svg>",
        SPARK,
        max(len(values) * 2, 1),
        SPARK,
        _("By month: %s") % "，".join("—" if v is None else number(v) for v in values),
        format_html('<path d="{}"/>', come) if come else "",
        format_html('<path class="yet" d="{}"/>', yet) if yet else "",
    )


def bars(values: Sequence[Value], labels: Sequence[object], highlight: int | None = None) -> SafeString:
    """Labelled bars with their values; `highlight` is the place of the bar that is spoken of."""
    top = _top(values)
    drawn = format_html_join(
        "",
        '<g{}><rect x="{}" y="{}" width="28" height="{}" rx="2"/>'
        '<text x="{}" y="{}">{}</text><text class="name" x="{}" y="{}">{}</text></g>',
        (
            _bar(place, value, label, _tall(value, top, HEIGHT), place == highlight)
            for place, (value, label) in enumerate(zip(values, labels, strict=True))
        ),
    )
    spoken = "，".join(f"{label} {_text(value)}" for value, label in zip(values, labels, strict=True))
    return format_html(
        '<svg class="bars" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        max(len(values) * COLUMN - 6, 1),
        HEIGHT + 34,
        spoken,
        drawn,
    )


def mix(parts: Iterable[tuple[object, Number]]) -> SafeString:
    """Parts of a whole in one bar, each named with its number in a legend below."""
    kept = [(label, value) for label, value in parts if value]
    whole = sum(float(value) for _label, value in kept) or 1.0
    toned = [(TONES[min(at, len(TONES) - 1)], *part) for at, part in enumerate(kept)]
    at, pieces = 0.0, []
    for tone, _label, value in toned:
        width = float(value) / whole * 400
        pieces.append((tone, round(at, 1), round(width, 1)))
        at += width
    return format_html(
        '<div class="mix"><svg viewBox="0 0 400 8" preserveAspectRatio="none" aria-hidden="true">{}</svg>'
        "<ul>{}</ul></div>",
        format_html_join("", '<rect class="tone-{}" x="{}" width="{}" height="8"/>', pieces),
        format_html_join(
            "",
            '<li><i class="tone-{}"></i>{} {}</li>',
            ((tone, label, number(value)) for tone, label, value in toned),
        ),
    )


def share(part: Number, whole: Number) -> SafeString:
    """“512 / 531” over a thin bar, with the per cent; a whole of nothing has no per cent."""
    said = f"{float(part) / float(whole):.1%}" if whole else "—"
    width = min(float(part) / float(whole), 1) * 100 if whole else 0
    return format_html(
        '<span class="share"><span>{} / {}<b>{}</b></span>'
        '<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="tone-rule" width="100" height="4"/><rect class="tone-qing" width="{}" height="4"/>'
        "</svg></span>",
        number(part),
        number(whole),
        said,
        round(width, 1),
    )


def _strokes(bars: Iterable[tuple[int, float]]) -> str:
    """Bars as one path of broad strokes, up from the ground line in the middle of each slot."""
    return "".join(f"M{place * 2 + 1} 0v-{tall:.0f}" for place, tall in bars)


def _bar(place: int, value: Value, label: object, tall: float, marked: bool) -> tuple[object, ...]:
    left, top = place * COLUMN, HEIGHT + 16 - tall
    middle = left + 14
    mark = _attribute("class", "marked" if marked else "")
    return mark, left, top, tall, middle, top - 4, _text(value), middle, HEIGHT + 31, label


def _top(values: Iterable[Value]) -> float:
    return max((float(value) for value in values if value is not None), default=0.0) or 1.0


def _tall(value: Value, top: float, height: int) -> float:
    """A bar is never lower than a hairline, so that nothing and not yet can be told apart."""
    return round(max(float(value or 0) / top * height, 1), 1)


def _text(value: Value) -> str:
    return "" if value is None else number(value)


def _attribute(name: str, value: str) -> SafeString:
    return format_html(' {}="{}"', name, value) if value else SafeString("")
