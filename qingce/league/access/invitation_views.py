"""Invitations: the officer's list, slips to print, and the page where a code is taken up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from qingce.foundation.refusals import Refused
from qingce.foundation.words import folded
from qingce.league.access import inviting
from qingce.league.access.doors import page
from qingce.league.access.finding import invitation_within_reach
from qingce.league.access.models import Invitation
from qingce.league.access.post_forms import InvitationCodeForm, InvitationForm, OpeningForm
from qingce.league.access.reach import Reach
from qingce.league.access.roles import roles

PAGE_SIZE = 50
HELD = "invitation"  # in the session: the invitation whose code was typed
STATES = {
    "open": gettext_lazy("open"),
    "used": gettext_lazy("taken up"),
    "expired": gettext_lazy("expired"),
    "withdrawn": gettext_lazy("withdrawn"),
}


@page("account.invite")
def invitations(request: HttpRequest) -> HttpResponse:
    """Invitations of my units, by state and by name; batches whose slips can be printed."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    now = timezone.now()
    mine = invitations_of(reach)
    shown = _narrowed(mine, request, now)
    chosen = Paginator(shown.select_related("person", "unit", "made_by"), PAGE_SIZE)
    page_obj = chosen.get_page(request.GET.get("page"))
    said = {
        "page_obj": page_obj,
        "lines": [(one, roles()[one.role], one.state(now=now)) for one in page_obj],
        "states": STATES,
        "batches": _batches(mine, now),
        "valid_days": inviting.VALID.days,
    }
    return render(request, "access/invitations.html", said)


def invitations_of(reach: Reach) -> QuerySet[Invitation]:
    return Invitation.objects.filter(unit__in=reach.units("account.invite"))


def _narrowed(mine: QuerySet[Invitation], request: HttpRequest, now: Any) -> QuerySet[Invitation]:
    state, words = request.GET.get("state", ""), folded(request.GET.get("q", ""))
    if words:
        named = Q(person__name__contains=words) | Q(unit__name__contains=words)
        mine = mine.filter(named | Q(person__initials__startswith=words.lower()))
    waiting = Q(used_at=None, withdrawn_at=None)
    return {
        "open": mine.filter(waiting, expires_at__gt=now),
        "expired": mine.filter(waiting, expires_at__lte=now),
        "used": mine.exclude(used_at=None),
        "withdrawn": mine.exclude(withdrawn_at=None),
    }.get(state, mine)


def _batches(mine: QuerySet[Invitation], now: Any) -> QuerySet[Invitation, Any]:
    """Imported files with invitations that still wait, the newest first."""
    waiting = mine.filter(used_at=None, withdrawn_at=None).exclude(batch="")
    grouped = waiting.order_by().values("batch").annotate(waiting=Count("pk"), made=Max("made_at"))
    return grouped.order_by("-made")[:5]


@never_cache
@page("account.invite")
def invitation_new(request: HttpRequest) -> HttpResponse:
    reach: Reach = request.reach  # type: ignore[attr-defined]
    form = InvitationForm(reach, request.POST or None, initial={"unit": request.GET.get("unit", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = inviting.invite(**form.cleaned_data, by=reach.user, now=timezone.now(), today=reach.on)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _printed(request, [made])
    return render(request, "access/invitation_new.html", {"form": form, "valid_days": inviting.VALID.days})


@never_cache
@page("account.invite", on=invitation_within_reach)
def invitation_slip(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """A new code for one invitation; asked first, because the code made before stops working."""
    if request.method == "POST":
        try:
            return _printed(request, inviting.renew([invitation], by=request.user, now=timezone.now()))  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("invitations")
    return render(request, "access/invitation_slip.html", {"invitation": invitation})


@never_cache
@page("account.invite")
def invitation_slips(request: HttpRequest) -> HttpResponse:
    """Slips of a whole batch, each with a new code; only digests are kept, so old codes cannot be shown."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    batch = request.POST.get("batch") or request.GET.get("batch", "")
    waiting = invitations_of(reach).filter(batch=batch, used_at=None, withdrawn_at=None)
    waiting = waiting.select_related("person", "unit").order_by("unit__code", "pk")
    if not batch:
        return redirect("invitations")
    if not waiting:
        raise Http404
    if request.method == "POST":
        return _printed(request, inviting.renew(waiting, by=reach.user, now=timezone.now()))  # type: ignore[arg-type]
    return render(request, "access/invitation_slips.html", {"waiting": len(waiting), "batch": batch})


def _printed(request: HttpRequest, made: Sequence[tuple[Invitation, str]]) -> HttpResponse:
    """The slips themselves: the only answer that ever holds the codes."""
    slips = [(one, roles()[one.role], f"{code[:4]} {code[4:]}") for one, code in made]
    address = request.build_absolute_uri("/invitation/")
    return render(request, "access/slips.html", {"slips": slips, "address": address})


@page("account.invite", on=invitation_within_reach)
def invitation_withdrawal(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if request.method == "POST":
        try:
            inviting.withdraw(invitation, by=request.user, now=timezone.now())  # type: ignore[arg-type]
            messages.success(request, _("The invitation is withdrawn; its code opens nothing any more."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("invitations")
    return render(request, "access/invitation_withdrawal.html", {"invitation": invitation})


@never_cache
@sensitive_post_parameters("password1", "password2", "code")
def invitation(request: HttpRequest) -> HttpResponse:
    """Type the code; then choose user name and password. Open to everybody, and slow for guessers."""
    held = inviting.usable(now=timezone.now()).filter(pk=request.session.get(HELD, 0))
    found = held.select_related("person", "unit").first()
    return _code_asked(request) if found is None else _opened(request, found)


def _code_asked(request: HttpRequest) -> HttpResponse:
    form = InvitationCodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        try:
            if not consume(request, action="invitation"):
                raise Refused(_("Too many codes were tried from here. Wait a minute, or an hour after many."))
            found = inviting.found_by_code(form.cleaned_data["code"], now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session[HELD] = found.pk
            return redirect("invitation")
    return render(request, "access/invitation_code.html", {"form": form})


def _opened(request: HttpRequest, found: Invitation) -> HttpResponse:
    if "another" in request.POST:
        del request.session[HELD]
        return redirect("invitation")
    form = OpeningForm(request.POST or None, initial={"phone": found.phone.reveal()})  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            inviting.take_up(
                found,
                username=said["username"],
                password=said["password1"],
                phone=said["phone"],
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            del request.session[HELD]
            messages.success(
                request, _("Your account is open. Sign in with the name and password just chosen.")
            )
            return redirect("account_login")
    said = {"form": form, "invitation": found, "role": roles()[found.role]}
    return render(request, "access/invitation_opening.html", said)
