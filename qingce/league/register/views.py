"""Pages of reconciliation: exports compared, one comparison side by side, decisions on it."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePath
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from qingce.foundation.accounts.models import User
from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of, user_of
from qingce.league.register import deciding
from qingce.league.register.forms import BecauseForm, DayForm, ExportForm
from qingce.league.register.listing import DifferenceFilter, Line
from qingce.league.register.models import Difference, Reconciliation
from qingce.league.register.reconciling import reconcile

PAGE_SIZE = 50


@page("register.reconcile")
def reconciliations(request: HttpRequest) -> HttpResponse:
    """Every export compared within reach, the newest first, with what is left to decide."""
    reach = reach_of(request)
    within = Reconciliation.objects.filter(unit__in=reach.units("register.reconcile"))
    made = (
        within.select_related("unit", "by")
        .annotate(found=Count("differences"), open=Count("differences", filter=Q(differences__decision="")))
        .order_by("-at", "-pk")
    )
    chosen = Paginator(made, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "register/reconciliations.html", {"page_obj": chosen})


@page("register.reconcile")
def new_reconciliation(request: HttpRequest) -> HttpResponse:
    reach = reach_of(request)
    among, usual = reach.units("register.reconcile"), {"unit": reach.home}
    form = ExportForm(among, request.POST or None, request.FILES or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            made = _compared(form, reach)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reconciliation", pk=made.pk)
    return render(request, "register/new.html", {"form": form})


def _compared(form: ExportForm, reach: Reach) -> Reconciliation:
    """The sent file is read where nobody else reads, and is gone when it has been compared."""
    sent = form.cleaned_data["file"]
    with tempfile.TemporaryDirectory() as folder:
        name = get_valid_filename(PurePath(sent.name or "").name or "export")[-120:]
        path = Path(folder) / name
        with path.open("wb") as out:
            for chunk in sent.chunks():
                out.write(chunk)
        return reconcile(path, form.cleaned_data["unit"], on=reach.on, by=cast(User, reach.user))


def reconciliation_within_reach(reach: Reach, *, pk: int) -> Reconciliation | None:
    return Reconciliation.objects.select_related("unit").filter(pk=pk, unit__in=reach.units()).first()


@page("register.reconcile", on=reconciliation_within_reach)
def reconciliation(request: HttpRequest, made: Reconciliation) -> HttpResponse:
    """Ours and the export's side by side."""
    asked = DifferenceFilter(request.GET, made, reach_of(request))
    chosen = Paginator(asked.rows(), PAGE_SIZE).get_page(request.GET.get("page"))
    said = {"made": made, "asked": asked, "page_obj": chosen, "lines": [Line(one) for one in chosen]}
    return render(request, "register/reconciliation.html", said)


@page("register.reconcile", on=reconciliation_within_reach)
def acceptance(request: HttpRequest, made: Reconciliation) -> HttpResponse:
    """Accept by rule: everything that the filter lists, after one look at how many that are."""
    asked = DifferenceFilter(request.GET, made, reach_of(request))
    rows = list(asked.rows()) if asked.may_be_taken_together else []
    form = _day_form(request, needed=any(one.needs_day for one in rows))
    if request.method == "POST" and form.is_valid():
        try:
            done = deciding.accept_all(rows, on=form.day, by=user_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            _say_done(request, len(done), len(rows))
            return redirect(f"{reverse('reconciliation', args=[made.pk])}?{request.GET.urlencode()}")
    about = _("%d differences of this list are taken over from the export.") % len(rows)
    said = {"title": _("Accept all of these"), "about": about, "act": _("Accept"), "form": form}
    return asking(request, said)


def difference_within_reach(reach: Reach, *, pk: int) -> Difference | None:
    within = Difference.objects.filter(pk=pk, reconciliation__unit__in=reach.units())
    return within.select_related("reconciliation__unit", "person", "membership__unit", "branch").first()


@page("register.reconcile", on=difference_within_reach)
def decision(request: HttpRequest, difference: Difference) -> HttpResponse:
    """Accept one: what the export says becomes the register's."""
    form = _day_form(request, needed=difference.needs_day)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.accept(difference, on=form.day, by=user_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Taken over from the export."))
            return _back(request, difference)
    said = {"title": _("Take over what the export says"), "act": _("Accept"), "form": form}
    return asking(request, {**said, "about": difference.name, "line": Line(difference)})


@page("register.reconcile", on=difference_within_reach)
def keeping(request: HttpRequest, difference: Difference) -> HttpResponse:
    form = BecauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.keep([difference], because=form.cleaned_data["because"], by=user_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Ours is kept."))
            return _back(request, difference)
    said = {"title": _("Keep what the register says"), "act": _("Keep ours"), "form": form}
    return asking(request, {**said, "about": difference.name, "line": Line(difference)})


def _day_form(request: HttpRequest, *, needed: bool) -> DayForm:
    """A form that asks for the day only where something ends or begins on it."""
    return DayForm(reach_of(request).on, needed, request.POST if request.method == "POST" else None)


def _say_done(request: HttpRequest, done: int, asked: int) -> None:
    messages.success(request, _("%d differences are taken over.") % done)
    if left := asked - done:
        messages.warning(request, _("%d stay open; each says what stands against it.") % left)


def _back(request: HttpRequest, difference: Difference) -> HttpResponse:
    """To the list as it was filtered."""
    there = request.GET.get("back", "")
    if there and url_has_allowed_host_and_scheme(there, allowed_hosts=None):
        return redirect(there)
    return redirect("reconciliation", pk=difference.reconciliation_id)


def asking(request: HttpRequest, said: dict[str, Any]) -> HttpResponse:
    answer = render(request, "register/asking.html", said)
    patch_vary_headers(answer, ["HX-Request"])
    return answer
