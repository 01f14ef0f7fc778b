"""Pages of the rules: the table, one rule, ordering another value, ending an order."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of
from qingce.league.rules import actions
from qingce.league.rules.catalogue import Rule
from qingce.league.rules.catalogue import rules as catalogue
from qingce.league.rules.chapters import RuleFilter, RulePage
from qingce.league.rules.forms import EndingForm, OrderForm
from qingce.league.rules.models import RuleOverride
from qingce.league.rules.values import write_value


@page("unit.see")
def rules(request: HttpRequest) -> HttpResponse:
    """What every rule says on a day, for a unit."""
    asked = RuleFilter(request.GET, reach_of(request))
    return render(request, "rules/rules.html", {"asked": asked, "chapters": list(asked.chapters())})


@page("unit.see")
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    about = RulePage(_known(rule), reach_of(request))
    return render(request, "rules/rule.html", {"rule": about.rule, "about": about})


@page("rule.override")
def order(request: HttpRequest, rule: str) -> HttpResponse:
    reach, known = reach_of(request), _known(rule)
    now = RulePage(known, reach).now
    usual = {"unit": reach.home, "since": reach.on, "value": write_value(now.value) if now.holds else ""}
    form = OrderForm(reach.units("rule.override"), request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            actions.order(known, **form.cleaned_data, by=cast(Any, request.user))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The order is recorded; it holds from its first day."))
            return redirect("rule", rule=rule)
    said = {"title": _("Order another value"), "about": str(known), "act": _("Put into force"), "form": form}
    return _asking(request, said)


def order_within_reach(reach: Reach, *, pk: int) -> RuleOverride | None:
    return RuleOverride.objects.select_related("unit").filter(pk=pk, unit__in=reach.units()).first()


@page("rule.override", on=order_within_reach)
def ending(request: HttpRequest, made: RuleOverride) -> HttpResponse:
    form = EndingForm(request.POST or None, initial={"on": reach_of(request).on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_order(made, on=form.cleaned_data["on"], by=cast(Any, request.user))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The order is ended."))
            return redirect("rule", rule=made.rule)
    about = f"{made.label} · {made.unit}"
    said = {"title": _("End this order"), "about": about, "act": _("End it"), "form": form}
    return _asking(request, said)


def _known(code: str) -> Rule:
    if code not in catalogue():
        raise Http404
    return catalogue()[code]


def _asking(request: HttpRequest, said: dict[str, Any]) -> HttpResponse:
    answer = render(request, "rules/asking.html", said)
    patch_vary_headers(answer, ["HX-Request"])
    return answer
