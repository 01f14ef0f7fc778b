"""Sealed facts of many persons in one file: a right of its own, a reason, a watermark, and the log."""

from __future__ import annotations

import io
from typing import Any, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.exchange.exporting import export_rows, watermark
from qingce.foundation.privacy.fields import Sealed
from qingce.league.access.doors import page
from qingce.league.access.requests import reach_of, user_of
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.listing import MemberFilter
from qingce.league.organisations.models import Unit
from qingce.league.people.forms import ReasonForm
from qingce.league.people.models import Person
from qingce.league.people.views import asking


@page("sealed.export", on=unit_within_reach)
def members_sealed(request: HttpRequest, unit: Unit) -> HttpResponse | FileResponse:
    """The members on the screen with ID number and phone."""
    title = _("Members of %s") % unit
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return asking(request, form, _("Export with ID numbers"), title, _("Export .xlsx"))
    asked = MemberFilter(request.GET, unit, reach_of(request))
    rows = _rows(asked)
    out = io.BytesIO()
    heads = [_("Name"), _("Sex"), _("ID number"), _("Phone"), _("Branch"), _("Development number")]
    export_rows(heads, rows, out, title=title, watermark=watermark(str(user_of(request))))
    details = {"because": form.cleaned_data["because"], "rows": len(rows)}
    tell(Told.SEALED_EXPORTED, by=user_of(request), about=title, reference=unit.code, details=details)
    out.seek(0)
    answer = FileResponse(out, as_attachment=True, filename=f"{title}.xlsx")
    answer["Cache-Control"] = "no-store"
    return answer


def _rows(asked: MemberFilter) -> list[list[Any]]:
    chosen = asked.members(asked.rows())
    sealed = Person.objects.only("id_number", "phone").in_bulk([one.person for one in chosen])
    return [
        [one.name, one.sex_label, *_revealed(sealed[one.person]), one.unit_name, one.number] for one in chosen
    ]


def _revealed(person: Person) -> list[str]:
    values = cast(list[Sealed], [person.id_number, person.phone])
    return [value.reveal() if value.is_readable else str(value) for value in values]
