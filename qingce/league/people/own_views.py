"""A person's own page: what is held, who sees it, who looked; correct, copy, ask for deletion."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.refusals import Refused
from qingce.league.access.doors import SIGNED_IN, page
from qingce.league.access.requests import user_of
from qingce.league.people import actions
from qingce.league.people.copying import copy_of
from qingce.league.people.forms import OwnFactsForm, RequestForm
from qingce.league.people.models import Person
from qingce.league.people.profile import Profile


def person_of(request: HttpRequest) -> Person | None:
    """Who asks: the person of the account that is signed in."""
    return Person.objects.filter(user=request.user.pk).first()


@page(SIGNED_IN)
def own(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if person is None:
        return render(request, "people/nobody.html")
    profile = Profile(person, on=timezone.localdate())
    return render(
        request,
        "people/own.html",
        {"person": person, "profile": profile, "requests": person.requests.order_by("-made_at")},
    )


@page(SIGNED_IN)
def own_correction(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if person is None:
        return render(request, "people/nobody.html")
    form = OwnFactsForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.correct_own(person, by=user_of(request), **form.changes())
        messages.success(request, _("Saved. What needs a paper, such as the name, is corrected on request."))
        return redirect("own-data")
    return render(request, "people/own_form.html", {"form": form, "title": _("Correct my data")})


@page(SIGNED_IN)
def own_request(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if person is None:
        return render(request, "people/nobody.html")
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(person, by=user_of(request), today=timezone.localdate(), **form.cleaned_data)
            messages.success(request, _("Sent. The answer stands on this page when it is given."))
            return redirect("own-data")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "people/own_form.html", {"form": form, "title": _("Ask about my data")})


@page(SIGNED_IN)
def own_copy(request: HttpRequest) -> HttpResponse:
    """Everything that is held, for the person to take along, in full: `?as=html` to read it."""
    person = person_of(request)
    if person is None:
        return render(request, "people/nobody.html")
    if request.method == "POST":
        tell(Told.DATA_COPIED, by=user_of(request), about=person.name, reference=person.reference)
        copy = copy_of(person, on=timezone.localdate())
        if request.POST.get("as") == "json":
            answer: HttpResponse = JsonResponse(copy, json_dumps_params={"ensure_ascii": False, "indent": 1})
        else:
            answer = render(request, "people/copy.html", {"copy": copy})
        ending = "json" if request.POST.get("as") == "json" else "html"
        answer["Content-Disposition"] = f'attachment; filename="qingce-own-data.{ending}"'
        add_never_cache_headers(answer)
        return answer
    return render(request, "people/own_copy.html")
