"""Components, named for what they mean. Tags used in rows of long lists build their text directly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()



@register.simple_tag
def figure_link(
    value: Any, href: str, unit: str = "", form: str = "", warn: bool = False
) -> SafeString:
    """A figure: `value` (or as written in `form`) with its measure word, opening into its rows."""
    klass = "figure warn" if warn else "figure"
    if form:
        return format_html('<a class="{}" href="{}">{}</a>', klass, href, form)
    measure = format_html("<small>{}</small>", unit) if unit else ""
    return format_html('<a class="{}" href="{}">{}</a>{}', klass, href, value, measure)


@register.simple_tag
def state(code: str, label: Any) -> SafeString:
    """The state of a record as a small badge."""
    return format_html('<span class="state {}">{}</span>', code, label)


@register.simple_tag
def evidence(grade: str, label: Any) -> SafeString:
    """How well a record is founded: a coloured dot and the word."""
    return format_html('<span class="nowrap"><i class="dot {}"></i>{}</span>', grade, label)


@register.inclusion_tag("ui/empty.html")
def empty(title: Any, text: Any = "", href: str = "", action: Any = "") -> dict[str, Any]:
    """What would be here, and how to begin."""
    return {"title": title, "text": text, "href": href, "action": action}


@register.simple_tag
def refusal(sentence: Any) -> SafeString:
    """A refusal is a sentence."""
    return format_html('<p class="notice refusal" role="alert">{}</p>', sentence)


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, style: str = "") -> dict[str, Any]:
    """A form field with label, help and errors; `style` is pills, stepper or grow."""
    if bound.errors:
        bound.field.widget.attrs.update(
            {"aria-invalid": "true", "aria-describedby": f"{bound.auto_id}-errors"}
        )
    return {"field": bound, "style": style}


@register.inclusion_tag("ui/pages.html", takes_context=True)
def pages(context: dict[str, Any], page: Page[Any]) -> dict[str, Any]:
    """Paging: the total, and the pages around this one; the question in the address is kept."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "numbers": numbers, "address": _asking(context["request"], "page")}


@register.simple_tag(takes_context=True)
def sort_header(context: dict[str, Any], column: str, label: Any) -> SafeString:
    """The head of a column that sorts: first up, then down."""
    request: HttpRequest = context["request"]
    now = request.GET.get("sort", "")
    following = f"-{column}" if now == column else column
    link = format_html('<a href="{}sort={}">{}</a>', _asking(request, "sort", "page"), following, label)
    if now.lstrip("-") != column:
        return format_html("<th>{}</th>", link)
    up = now == column
    arrow, direction = ("↑", "ascending") if up else ("↓", "descending")
    return format_html('<th aria-sort="{}">{} {}</th>', direction, link, arrow)


@register.simple_tag(takes_context=True)
def asking(context: dict[str, Any], **changed: Any) -> str:
    """The address of this page with some of its question changed; None takes a word out."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changed.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return "?" + query.urlencode()


@register.simple_tag
def sparkline(values: Sequence[Any]) -> SafeString:
    """Twelve small bars; a title gives the numbers to those who cannot see them."""
    if not values:
        return SafeString("")
    top = max(float(value) for value in values) or 1.0
    width = 100 / len(values)
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}"/>',
        (
            (f"{n * width:.1f}", f"{22 - high:.1f}", f"{width - 1.5:.1f}", f"{high:.1f}")
            for n, high in enumerate(max(float(value) / top * 22, 1.0) for value in values)
        ),
    )
    return format_html(
        '<svg class="spark" viewBox="0 0 100 22" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        bars,
    )


@register.simple_tag
def bars(values: Sequence[Any], labels: Sequence[Any]) -> SafeString:
    """One bar for each month, the highest one dark, with its number above and the month below."""
    if not values:
        return SafeString("")
    top = max(float(value or 0) for value in values) or 1.0
    width = 480 / len(values)
    drawn = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/><text x="{}" y="{}">{}</text>'
        '<text x="{}" y="112">{}</text>',
        (
            (
                "hi" if float(value or 0) == top else "",
                f"{n * width + 2:.1f}",
                f"{98 - high:.1f}",
                f"{width - 4:.1f}",
                f"{high:.1f}",
                f"{(n + 0.5) * width:.1f}",
                f"{94 - high:.1f}",
                _short(value),
                f"{(n + 0.5) * width:.1f}",
                label,
            )
            for n, (value, label, high) in enumerate(_heights(values, labels, top))
        ),
    )
    return format_html(
        '<svg class="bars" viewBox="0 0 480 116" role="img" aria-label="{}">{}</svg>',
        _("By month"),
        drawn,
    )


def _heights(
    values: Sequence[Any], labels: Sequence[Any], top: float
) -> Iterable[tuple[Any, Any, float]]:
    for value, label in zip(values, labels, strict=True):
        yield value, label, max(float(value or 0) / top * 80, 1.0)


def _short(value: Any) -> str:
    number = Decimal(value or 0)
    if number >= 10_000:
        return f"{number / 10_000:.1f}".rstrip("0").rstrip(".") + "万"
    return f"{number.normalize():f}" if number else ""


@register.simple_tag
def mix(parts: Sequence[tuple[str, Any, int]]) -> SafeString:
    """A bar of shares with a legend; each part is (grade, label, count)."""
    total = sum(count for _grade, _label, count in parts)
    if not total:
        return SafeString("")
    starts, drawn = 0.0, []
    for grade, _label, count in parts:
        share = count / total * 100
        drawn.append((grade, f"{starts:.2f}", f"{share:.2f}"))
        starts += share
    shares = format_html_join("", '<rect class="{}" x="{}" y="0" width="{}" height="8"/>', drawn)
    legend = format_html_join(
        "", '<span><i class="dot {}"></i>{} {}</span>', ((grade, label, n) for grade, label, n in parts)
    )
    return format_html(
        '<svg class="mix" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{}</svg>'
        '<div class="legend">{}</div>',
        shares,
        legend,
    )


@register.inclusion_tag("ui/crumbs.html")
def crumbs(*steps: Any) -> dict[str, Any]:
    """The way here: label, address, label, address …; the last label has none."""
    labels, addresses = steps[::2], [*steps[1::2], ""]
    return {"steps": list(zip(labels, addresses, strict=False))}


def _asking(request: HttpRequest, *without: str) -> str:
    """The start of an address that keeps this page's question but for some words."""
    query = request.GET.copy()
    for name in without:
        query.pop(name, None)
    return f"?{query.urlencode()}&" if query else "?"
