"""The page of a public notice, to be printed and hung up, and what was objected to it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qingce.foundation.accounts.models import User
from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.ledger.notices import actions
from qingce.ledger.notices.finding import notice_within_reach
from qingce.ledger.notices.forms import ObjectionForm, SettlementForm
from qingce.ledger.notices.models import PRINTED, Notice, Objection
from qingce.ledger.records.forms import ReasonForm


@page("record.see", on=notice_within_reach)
def notice(request: HttpRequest, notice: Notice) -> HttpResponse:
    """The sheet as it hangs, its clock, and the objections beside it."""
    reach = cast(Reach, request.reach)  # type: ignore[attr-defined]
    entries = list(notice.entries.all())
    columns = [name for name in PRINTED if any(getattr(one, name) for one in entries)]
    meta = entries[0]._meta if entries else None
    said = {
        "notice": notice,
        "heads": [cast(Any, meta.get_field(name)).verbose_name for name in columns] if meta else [],
        "rows": [[getattr(one, name) for name in columns] for one in entries],
        "objections": Objection.objects.filter(entry__notice=notice).select_related("entry"),
        "is_over": notice.is_over(on=reach.on),
        "may_enter": reach.may("record.enter", notice),
        "may_settle": reach.may("record.confirm", notice),
    }
    return render(request, "notices/notice.html", said)


@page("record.enter", on=notice_within_reach)
def objection(request: HttpRequest, notice: Notice) -> HttpResponse:
    form = ObjectionForm(notice, request.POST or None)
    return _asked(request, notice, form, _("Record an objection"), lambda said: _object(said, request))


@page("record.confirm", on=notice_within_reach)
def settlement(request: HttpRequest, notice: Notice) -> HttpResponse:
    form = SettlementForm(notice, request.POST or None)
    return _asked(request, notice, form, _("Settle an objection"), lambda said: _settle(said, request))


@page("record.confirm", on=notice_within_reach)
def taking_down(request: HttpRequest, notice: Notice) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    on = cast(Reach, request.reach).on  # type: ignore[attr-defined]

    def act(said: dict[str, Any]) -> None:
        actions.take_down(notice, because=said["because"], on=on, by=cast(User, request.user))

    return _asked(request, notice, form, _("Take the notice down"), act)


def _object(said: dict[str, Any], request: HttpRequest) -> None:
    actions.object_to(**said, by=cast(User, request.user))


def _settle(said: dict[str, Any], request: HttpRequest) -> None:
    actions.settle(said.pop("objection"), **said, by=cast(User, request.user))


def _asked(request: HttpRequest, notice: Notice, form: Any, title: str, act: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act(dict(form.cleaned_data))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Recorded."))
            return redirect("notice", pk=notice.pk)
    return render(request, "notices/asking.html", {"notice": notice, "form": form, "title": title})
