"""The pages on which an admission or a recommendation takes a step, or ends before its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access.requests import reach_of, user_of
from qingce.ledger.records.forms import ReasonForm
from qingce.work.membership.admission.listing import name_for
from qingce.work.membership.models import MemberCase
from qingce.work.membership.pages import done, recorded
from qingce.work.membership.step_form import StepForm


def step_page(
    request: HttpRequest, route: str, case: MemberCase, act: Any, asked: Callable[[Any], StepForm]
) -> HttpResponse:
    """The form that `asked` makes for the act, and its verb; `route` leads back to the case."""
    if act is None:
        messages.info(request, _("This step is not due now; the page shows what is."))
        return redirect(route, number=case.number)
    form = asked(act)
    if request.method == "POST" and form.is_valid():
        try:
            today, by = reach_of(request).on, user_of(request)
            warnings = act.verb(case, today=today, by=by, **form.facts())
        except Refused as refused:
            say_at(form, refused)
        else:
            recorded(request, _("The step is recorded."), warnings)
            return redirect(route, number=case.number)
    return _page(request, "membership/step.html", route, case, act=act, form=form)


def ending_page(
    request: HttpRequest, route: str, case: MemberCase, verb: Any, *, title: str, said: str
) -> HttpResponse:
    """Why the case goes no further, and its end."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done(request, verb, case, because=form.cleaned_data["because"], said=said)
        return redirect(route, number=case.number)
    return _page(request, "membership/ending.html", route, case, title=title, form=form)


def say_at(form: Any, refused: Refused) -> None:
    """Everything that stands against a step is said above its form, each by itself."""
    for sentence in str(refused).split("\n"):
        form.add_error(None, sentence)


def _page(request: HttpRequest, template: str, route: str, case: MemberCase, **said: Any) -> HttpResponse:
    known = {
        "case": case,
        "name": name_for(reach_of(request), case),
        "back": reverse(route, args=[case.number]),
    }
    return render(request, template, known | said)
