"""Components named for what they mean; built in, so that no template has to load them.

Tags used once for every row of a list are plain functions: fifty of them cost a millisecond.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingce.foundation.ui import charts, numbers, panels

register = template.Library()
register.simple_tag(charts.sparkline, name="sparkline")
register.simple_tag(charts.bars, name="bars")
register.simple_tag(charts.mix, name="mix")
register.simple_tag(charts.share, name="share")
register.filter("number", numbers.number)
register.filter("short_day", numbers.short_day)
register.filter("week_day", numbers.week_day)


@register.simple_tag
def figure_link(
    value: Any, unit: object = "", href: object = "", text: object = "", state: str = ""
) -> SafeString:
    """A number that opens; `text` replaces value and unit, as “140余场次” in a document.

    `state`: "" as usual, "warn" unsettled, "on" open beside the page. Without an address, or with
    state "closed", the number is shown and does not open; None is a dash.
    """
    said = text or format_html("{}{}", _said(value), _unit(unit))
    if value is None and not text:
        return format_html('<span class="figure none">{}</span>', _("no figure"))
    if not href or state == "closed":
        return format_html('<span class="figure closed">{}</span>', said)
    return format_html('<a class="figure{}" href="{}">{}</a>', f" {state}" if state else "", href, said)


@register.simple_tag
def state(code: object, label: object) -> SafeString:
    """Where a record stands; known codes have a tone, any other is plain."""
    return format_html('<span class="state {}">{}</span>', code, label)


@register.simple_tag
def evidence(grade: object, label: object) -> SafeString:
    """How well a record is founded; hand and estimate stand out."""
    return format_html('<span class="evidence {}">{}</span>', grade, label)


@register.simple_tag
def badge(text: object, tone: str = "") -> SafeString:
    """A short word beside a title; tone: "", "late", "wait" or "done"."""
    return format_html('<span class="badge {}">{}</span>', tone, text)


@register.simple_tag
def refusal(sentence: object) -> SafeString:
    """What stands in the way and what to do next; nothing when nothing stands in the way."""
    if not sentence:
        return SafeString("")
    return format_html('<p class="refusal" role="alert">{}</p>', sentence)


@register.simple_tag
def empty(title: object, text: object = "", href: object = "", action: object = "") -> SafeString:
    """What would be here, and how to begin."""
    return format_html(
        '<div class="empty"><p class="title">{}</p>{}{}</div>',
        title,
        format_html("<p>{}</p>", text) if text else "",
        format_html('<p><a class="btn" href="{}">{}</a></p>', href, action) if href else "",
    )


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field of a form: label, input, help and what is wrong with it."""
    return bound.as_field_group()


@register.simple_tag
def progress(value: int, total: int, label: object = "") -> SafeString:
    """Long work on its way."""
    return format_html(
        '<div class="progress"><span>{}<b>{} / {}</b></span><progress value="{}" max="{}"></progress></div>',
        label,
        value,
        total,
        value,
        total or 1,
    )


@register.simple_tag
def crumbs(*steps: object) -> SafeString:
    """The way here: text and address by turns, the last text alone: `crumbs "文稿" url "总结"`."""
    pairs = list(zip(steps[::2], [*steps[1::2], ""], strict=False))
    items = format_html_join(
        "",
        "<li>{}</li>",
        ((format_html('<a href="{}">{}</a>', url, text) if url else text,) for text, url in pairs),
    )
    return format_html('<nav class="crumbs" aria-label="{}"><ol>{}</ol></nav>', _("You are here"), items)


@register.simple_tag(takes_context=True)
def sort_header(context: template.Context, label: object, key: str, css: str = "") -> SafeString:
    """A column head that sorts: `?sort=key`, then `?sort=-key`; the rest of the query stays."""
    now = _query(context).get("sort", "")
    turned = f"-{key}" if now == key else key
    spoken = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    return format_html(
        '<th class="{}" aria-sort="{}"><a href="{}">{}</a></th>',
        css,
        spoken,
        _with(context, sort=turned, page=None),
        label,
    )


@register.simple_tag(takes_context=True)
def chip(context: template.Context, label: object, key: str, value: object = "") -> SafeString:
    """One choice of a filter; the chosen one, clicked again, is taken away."""
    chosen = _query(context).get(key, "") == str(value)
    url = _with(context, **{key: None if chosen or value == "" else value, "page": None})
    mark = SafeString(' aria-current="true"') if chosen else ""
    return format_html('<a class="chip" href="{}"{}>{}</a>', url, mark, label)


@register.simple_tag(takes_context=True)
def pages(context: template.Context, page_obj: Page[Any]) -> SafeString:
    """How many there are in all, and the way to the other pages; the query stays."""
    total = page_obj.paginator.count
    count = ngettext("%(total)s in all", "%(total)s in all", total) % {"total": total}
    if page_obj.paginator.num_pages == 1:
        return format_html('<p class="pages">{}</p>', count)
    return format_html(
        '<nav class="pages" aria-label="{}"><span>{}</span>{}<span>{} / {}</span>{}</nav>',
        _("Pages"),
        count,
        _turn(context, _("Previous page"), page_obj.number - 1, page_obj.has_previous(), "prev"),
        page_obj.number,
        page_obj.paginator.num_pages,
        _turn(context, _("Next page"), page_obj.number + 1, page_obj.has_next(), "next"),
    )


@register.simple_tag(takes_context=True, name="panels")
def panels_of(context: template.Context, place: str, *arguments: object) -> SafeString:
    """What upper apps offer on this page: fetched as the page opens, links with scripts off."""
    return format_html_join(
        "",
        '<section class="panel"><h2>{}</h2><div hx-get="{}" hx-trigger="load">'
        '<a href="{}">{}</a></div></section>',
        (
            (panel.title, panel.url, panel.url, _("Open"))
            for panel in panels.of(place, context["request"], *arguments)
        ),
    )


def _turn(context: template.Context, label: str, to: int, there: bool, rel: str) -> SafeString:
    if not there:
        return format_html('<span class="off">{}</span>', label)
    return format_html('<a rel="{}" href="{}">{}</a>', rel, _with(context, page=to), label)


def _with(context: template.Context, **changes: object) -> str:
    """The present query with `changes`; None takes a key away."""
    query = _query(context).copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


def _query(context: template.Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request else QueryDict()


def _said(value: Any) -> object:
    return value if isinstance(value, str) else numbers.number(value)


def _unit(unit: object) -> SafeString:
    return format_html("<small>{}</small>", unit) if unit else SafeString("")
