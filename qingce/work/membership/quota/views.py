"""Pages of the quota ledger: the tree of allotments with their use, and the forms of its verbs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.refusals import Refused
from qingce.foundation.ui.widgets import Day, Stepper
from qingce.league.access.doors import page
from qingce.league.access.requests import reach_of, user_of
from qingce.league.organisations.fields import UnitField
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Placement, Unit
from qingce.league.organisations.numbers import shape_on
from qingce.ledger.records.forms import ReasonForm
from qingce.work.membership.admission.finding import allotment_within_reach
from qingce.work.membership.models import Allotment
from qingce.work.membership.pages import recorded
from qingce.work.membership.quota import actions as verbs
from qingce.work.membership.quota.book import QuotaBook, uses
from qingce.work.membership.quota.models import NUMBER_LENGTH, Sector
from qingce.work.membership.quota.shares import asks_for_leavers, entry_warning

ALLOT = "quota.allot"


class PartForm(forms.Form):
    """A part for a unit beneath: which, how many, and from which number when it is said."""

    unit = UnitField(label=gettext_lazy("To unit"))
    count = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=999_999, widget=Stepper)
    leavers = forms.IntegerField(
        label=gettext_lazy("Pupils who leave school"),
        min_value=1,
        max_value=99_999,
        required=False,
        help_text=gettext_lazy("Of a middle school: the share of members among them is judged by it."),
    )
    block_from = forms.CharField(
        label=gettext_lazy("First number"),
        max_length=NUMBER_LENGTH,
        required=False,
        help_text=gettext_lazy("Left empty, the lowest free numbers that lie together are taken."),
    )
    on = forms.DateField(label=gettext_lazy("Allotted on"), widget=Day)
    document_number = forms.CharField(label=gettext_lazy("Document number"), max_length=80, required=False)


class ReceiptForm(forms.Form):
    """What came from above: the sector, how many, and the first number, which names the year."""

    sector = forms.ChoiceField(label=gettext_lazy("Sector"), choices=Sector.choices)
    count = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=999_999, widget=Stepper)
    block_from = forms.CharField(label=gettext_lazy("First number"), max_length=NUMBER_LENGTH)
    on = forms.DateField(label=gettext_lazy("Allotted on"), widget=Day)
    document_number = forms.CharField(label=gettext_lazy("Document number"), max_length=80, required=False)


@page("record.see")
def quota(request: HttpRequest) -> HttpResponse:
    """The allotments of a year within reach, as a tree, each with what was made of it."""
    reach = reach_of(request)
    years = list(
        Allotment.objects.standing()
        .filter(unit__in=reach.units("record.see"))
        .order_by("-year")
        .values_list("year", flat=True)
        .distinct()
    )
    said = request.GET.get("year", "")
    year = int(said) if said.isdigit() else (years[0] if years else reach.on.year)
    lines = Allotment.objects.of(year).filter(unit__in=reach.units("record.see")).select_related("unit")
    every = uses(list(lines.order_by("block_from", "-count")))
    placed = Placement.objects.on(reach.on).filter(unit__in=[one.allotment.unit_id for one in every])
    paths = dict(placed.values_list("unit", "path"))
    by_sector: dict[str, list[Any]] = {}
    for one in every:
        may = reach.holds_at(ALLOT, paths.get(one.allotment.unit_id, ""))
        by_sector.setdefault(one.allotment.get_sector_display(), []).append((one, may))
    shown = {
        "year": year,
        "years": years,
        "by_sector": by_sector,
        "not_entered": entry_warning(
            [one.allotment for one in every], year=year, on=reach.on, unit=reach.home
        ),
        "home": reach.home if reach.home and reach.may(ALLOT, reach.home) else None,
    }
    return render(request, "quota/quota.html", shown)


@page(ALLOT, on=allotment_within_reach)
def part(request: HttpRequest, allotment: Allotment) -> HttpResponse:
    """Allot a part of it to a unit beneath."""
    reach = reach_of(request)
    form = PartForm(request.POST or None, initial={"on": reach.on})
    form.fields["unit"].among = (  # type: ignore[attr-defined]
        Unit.objects.beneath(allotment.unit, day=reach.on).exclude(pk=allotment.unit_id)
    )
    if request.method == "POST" and form.is_valid():
        try:
            warnings: list[str] = []
            made = verbs.allot(allotment, by=user_of(request), warnings=warnings, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            recorded(request, _("Allotted: %s") % made, warnings)
            if made.leavers is None and asks_for_leavers(made.unit):
                messages.info(request, _("How many pupils leave is not said, so no share was judged."))
            return _back(allotment)
    free = QuotaBook([allotment.year]).open_blocks(allotment)
    said = {"allotment": allotment, "form": form, "free": free, "left": sum(one.size for one in free)}
    return render(request, "quota/part.html", said)


@page(ALLOT, on=unit_within_reach)
def receipt(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Enter what came from above this system."""
    form = ReceiptForm(request.POST or None, initial={"on": reach_of(request).on})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        year = said["block_from"][: shape_on(said["on"]).year]
        try:
            if not year.isdigit():
                raise Refused(_("The first number has %d digits.") % NUMBER_LENGTH)
            made = verbs.receive(unit, year=int(year), by=user_of(request), **said)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Allotted: %s") % made)
            return _back(made)
    return render(request, "quota/receipt.html", {"unit": unit, "form": form})


@page(ALLOT, on=allotment_within_reach)
def taking_back(request: HttpRequest, allotment: Allotment) -> HttpResponse:
    """Take back what nobody used."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because, on = form.cleaned_data["because"], reach_of(request).on
        try:
            verbs.take_back(allotment, because=because, on=on, by=user_of(request))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Taken back; the numbers are free again."))
        return _back(allotment)
    return render(request, "quota/taking_back.html", {"allotment": allotment, "form": form})


def _back(allotment: Allotment) -> HttpResponse:
    answer = redirect("quota")
    answer["Location"] += f"?year={allotment.year}"
    return answer
