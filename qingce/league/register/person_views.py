"""Pages about persons: find one, look at suspected duplicates, merge, take a merge back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of, user_of
from qingce.league.organisations.models import Unit
from qingce.league.people.models import Person
from qingce.league.people.traces import known_to
from qingce.league.register import merging
from qingce.league.register.forms import MergeForm, NoteForm
from qingce.league.register.models import Merge
from qingce.league.register.searching import SHOWN, SearchForm, search
from qingce.league.register.suspecting import merges_within, suspicions
from qingce.league.register.telling_apart import tell_apart
from qingce.league.register.views import asking

PAGE_SIZE = 20


@page("person.see")
@sensitive_post_parameters("q")
def people(request: HttpRequest) -> HttpResponse:
    """Find a person; the words are sent by POST, so that no number stands in an address."""
    form = SearchForm(request.POST or None)
    found, more = search(form.words, reach_of(request)) if form.is_bound and form.is_valid() else ([], False)
    said = {"form": form, "found": found, "more": more, "shown": SHOWN}
    return render(request, "register/people.html", said)


@page("person.merge")
def duplicates(request: HttpRequest) -> HttpResponse:
    """Two entries that may be one human being, side by side."""
    units = reach_of(request).units("person.merge")
    chosen = Paginator(suspicions(units.values("pk")), PAGE_SIZE).get_page(request.GET.get("page"))
    merges = merges_within(units)[:PAGE_SIZE]
    return render(request, "register/duplicates.html", {"page_obj": chosen, "merges": merges})


@dataclass(frozen=True)
class Pair:
    """Two persons, both known where the reader may merge."""

    one: Person
    other: Person
    unit_id: int

    @property
    def both(self) -> tuple[Person, Person]:
        return self.one, self.other


def pair_within_reach(reach: Reach, *, one: int, other: int) -> Pair | None:
    persons = Person.objects.in_bulk([one, other])
    known = [known_to(reach, persons.get(pk), "person.merge") for pk in (one, other)]
    first, second = known
    return Pair(first.person, second.person, first.unit_id) if first and second else None


@page("person.merge", on=pair_within_reach)
def new_merge(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Which of the two stays; everything of the other goes over to it."""
    form = MergeForm(pair.both, request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep, drop = form.keep_and_drop()
        try:
            unit = Unit.objects.get(pk=pair.unit_id)
            merging.merge(keep, drop, unit=unit, because=form.cleaned_data["because"], by=user_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The two entries are one now; this can be taken back."))
            return redirect("duplicates")
    said = {"title": _("Merge two entries"), "about": pair.one.name, "act": _("Merge"), "form": form}
    return asking(request, said)


@page("person.merge", on=pair_within_reach)
def apart(request: HttpRequest, pair: Pair) -> HttpResponse:
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tell_apart(*pair.both, because=form.cleaned_data["because"], by=user_of(request))
        messages.success(request, _("Noted: the two are not the same person."))
        return redirect("duplicates")
    said = {"title": _("Not the same person"), "about": pair.one.name, "act": _("Note this"), "form": form}
    return asking(request, said)


def merge_within_reach(reach: Reach, *, pk: int) -> Merge | None:
    return Merge.objects.select_related("kept", "dropped").filter(pk=pk, unit__in=reach.units()).first()


@page("person.merge", on=merge_within_reach)
def undoing(request: HttpRequest, made: Merge) -> HttpResponse:
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            merging.unmerge(made, by=user_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The merge is taken back; both entries are as they were."))
            return redirect("duplicates")
    said = {"title": _("Take the merge back"), "about": made.kept.name, "act": _("Take back"), "form": form}
    return asking(request, said)
