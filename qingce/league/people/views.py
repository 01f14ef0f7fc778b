"""Pages of persons for officers: a person, a sealed fact, consents."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import SIGNED_IN, closed, page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of, user_of
from qingce.league.people import actions, reveals
from qingce.league.people.forms import ConsentForm, ReasonForm, WithdrawalForm
from qingce.league.people.life import life_of
from qingce.league.people.models import Consent
from qingce.league.people.profile import Profile, note_reader
from qingce.league.people.reveals import Fact, fact_within_reach
from qingce.league.people.traces import Known, known_to, person_within_reach


@page("person.see", on=person_within_reach)
def person(request: HttpRequest, known: Known) -> HttpResponse:
    note_reader(known.person, by=user_of(request))
    reach = reach_of(request)
    said = {
        "person": known.person,
        "profile": Profile(known.person, on=reach.on),
        "life": life_of(known.person, reach),
        "may_record": reach.may("consent.keep", known),
    }
    return render(request, "people/person.html", said)


@page(SIGNED_IN, on=fact_within_reach)
@sensitive_variables("value")
def sealed_fact(request: HttpRequest, fact: Fact) -> HttpResponse:
    """Asks why, then shows the value once; neither the question nor the answer is kept anywhere."""
    if not reach_of(request).may(fact.permission, fact):
        return closed(request, fact.permission)
    form = ReasonForm(request.POST or None)
    value = ""
    if request.method == "POST" and form.is_valid():
        try:
            value = reveals.reveal(fact, by=user_of(request), because=form.cleaned_data["because"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
    answer = render(request, "people/sealed_fact.html", {"fact": fact, "form": form, "value": value})
    add_never_cache_headers(answer)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@page("consent.keep", on=person_within_reach)
def consent(request: HttpRequest, known: Known) -> HttpResponse:
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_consent(known.person, by=user_of(request), **form.cleaned_data)
            messages.success(request, _("The consent is recorded."))
            return redirect("person", pk=known.person.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return asking(request, form, _("Record a consent"), known.person.name, _("Record"))


def consent_within_reach(reach: Reach, *, pk: int) -> KnownConsent | None:
    found = Consent.objects.select_related("person").filter(pk=pk, withdrawn_on=None).first()
    known = known_to(reach, found.person, "consent.keep") if found else None
    return KnownConsent(found, known.unit_id) if found and known else None


class KnownConsent:
    """A consent in force, and the unit that answers for it."""

    def __init__(self, consent: Consent, unit_id: int) -> None:
        self.consent = consent
        self.unit_id = unit_id


@page("consent.keep", on=consent_within_reach)
def withdrawal(request: HttpRequest, known: KnownConsent) -> HttpResponse:
    form = WithdrawalForm(request.POST or None, initial={"on": reach_of(request).on})
    about = known.consent.person
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_consent(known.consent, by=user_of(request), on=form.cleaned_data["on"])
            messages.success(
                request, _("The withdrawal is recorded. Taking part goes on, under a waiting name.")
            )
            return redirect("person", pk=about.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return asking(request, form, _("Withdraw this consent"), about.name, _("Withdraw"))


def asking(request: HttpRequest, form: Any, title: str, about: str, act: str) -> HttpResponse:
    answer = render(request, "people/asking.html", {"form": form, "title": title, "about": about, "act": act})
    patch_vary_headers(answer, ["HX-Request"])
    return answer
