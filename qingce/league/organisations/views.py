"""Pages of the organisation: the tree, a unit, its members."""

from __future__ import annotations

import io
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from qingce.foundation.accounts.models import User
from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.exchange.exporting import export_rows, watermark
from qingce.foundation.ui.lines import joined
from qingce.league.access.doors import closed, page
from qingce.league.access.requests import reach_of
from qingce.league.organisations.drawing import Drawing
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.listing import MemberFilter, TreeFilter, level_below, tree
from qingce.league.organisations.models import Unit
from qingce.league.organisations.portrait import Portrait
from qingce.league.organisations.terms import TermFilter

PAGE_SIZE = 50
MEMBER_LINE = (
    '<tr><td class="lead"><a href="/people/{0}/">{1}</a></td><td>{2}</td><td class="num">{3}</td>'
    '<td><a href="/units/{4}/">{5}</a></td><td class="nowrap">{6}</td><td class="quiet">{7}</td></tr>'
)


@page("unit.see")
def units(request: HttpRequest) -> HttpResponse:
    """The tree of a day with two levels open, or the units that are called as asked."""
    asked = TreeFilter(request.GET, reach_of(request))
    said = {"asked": asked, "day": asked.day, "today": reach_of(request).on}
    if asked.words:
        chosen = Paginator(asked.found(), PAGE_SIZE).get_page(request.GET.get("page"))
        return render(request, "organisations/found.html", {**said, "page_obj": chosen})
    lines = tree(reach_of(request), day=asked.day)
    return render(request, "organisations/units.html", {**said, "lines": lines})


@page("unit.see")
def drawing(request: HttpRequest) -> HttpResponse:
    """The whole tree of a day on one page, to be folded, searched, printed, and changed by dragging."""
    reach = reach_of(request)
    asked = TreeFilter(request.GET, reach)
    drawn = Drawing(reach, asked.day)
    said = {"asked": asked, "day": asked.day, "today": reach.on, "drawing": drawn}
    return render(request, "organisations/drawing.html", said)


@page("unit.see")
def terms(request: HttpRequest) -> HttpResponse:
    """Elections that are overdue, and those to be prepared."""
    reach = reach_of(request)
    asked = TermFilter(request.GET, reach)
    chosen = Paginator(asked.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    said = {"asked": asked, "day": asked.day, "page_obj": chosen, "may_enter": reach.holds("record.enter")}
    return render(request, "organisations/terms.html", said)


@page("unit.see", on=unit_within_reach)
def below(request: HttpRequest, unit: Unit) -> HttpResponse:
    """The next level of the tree, as the part that an opened line fetches."""
    asked = TreeFilter(request.GET, reach_of(request))
    lines = level_below(unit, reach_of(request), day=asked.day)
    said = {"lines": lines, "day": asked.day, "today": reach_of(request).on}
    return render(request, "organisations/level.html", said)


@page("unit.see", on=unit_within_reach)
def unit(request: HttpRequest, unit: Unit) -> HttpResponse:
    reach, day = reach_of(request), TreeFilter(request.GET, reach_of(request)).day
    said = {"unit": unit, "portrait": Portrait(unit, reach, day), "day": day, "today": reach.on}
    return render(request, "organisations/unit.html", said)


@page("person.see", on=unit_within_reach)
def members(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Members of the unit and of all beneath it."""
    asked = MemberFilter(request.GET, unit, reach_of(request))
    rows: Any = asked.page_rows()
    chosen = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    chosen.object_list = asked.members(chosen.object_list)
    # Five thousand members are leafed through a lot: their lines are joined, not templated.
    said = {
        "unit": unit,
        "asked": asked,
        "page_obj": chosen,
        "lines": joined(MEMBER_LINE, chosen.object_list),
    }
    return render(request, "organisations/members.html", said)


@page("person.see", on=unit_within_reach)
def members_file(request: HttpRequest, unit: Unit) -> HttpResponseBase:
    """Exactly the members on the screen, all pages of them; ID numbers and phones never leave here."""
    reach = reach_of(request)
    if not reach.may("record.export", unit):
        return closed(request, "record.export")
    asked = MemberFilter(request.GET, unit, reach)
    chosen = asked.members(asked.rows())
    heads = [_("Name"), _("Sex"), _("Age"), _("Branch"), _("Joined the League on"), _("Development number")]
    rows = ([one.name, one.sex_label, one.age, one.unit_name, one.joined_on, one.number] for one in chosen)
    title = _("Members of %s") % unit
    out = io.BytesIO()
    export_rows(heads, rows, out, title=title, watermark=watermark(str(request.user)))
    tell(Told.ROWS_EXPORTED, by=cast(User, request.user), about=title, details={"rows": len(chosen)})
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{title}.xlsx")
