"""Versions of a document, and two of them side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import user_of
from qingce.reports.writing.models import Draft, Version
from qingce.reports.writing.restoring import is_restorable, refuse_unless_restorable, restore
from qingce.reports.writing.route import draft_within_reach
from qingce.reports.writing.versions import compared, moved

SHOWN = 100


@page("document.write", on=draft_within_reach)
def versions(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The list; with two chosen (the last two by default) what is new and what is gone."""
    listed = list(
        draft.versions.select_related("by", "restores").defer("content", "restores__content")[:SHOWN]
    )
    after = _chosen(draft, request.GET.get("b", "")) or _at(draft, listed, 0)
    before = _chosen(draft, request.GET.get("a", "")) or _at(draft, listed, 1)
    told = compared(before, after) if before and after else []
    in_force = next((one for one in listed if is_restorable(one)), None)
    return render(
        request,
        "writing/versions.html",
        {
            "draft": draft,
            "versions": listed,
            "in_force": in_force.pk if in_force else 0,
            "before": before,
            "after": after,
            "compared": told,
            "differ": any(one.sort != "same" for one in told),
            "moved": moved(before, after) if before and after else [],
        },
    )


def _chosen(draft: Draft, said: str) -> Version | None:
    if not said.isdigit():
        return None
    found: Version | None = draft.versions.select_related("by").filter(pk=int(said)).first()
    return found


def _at(draft: Draft, listed: list[Version], place: int) -> Version | None:
    return _chosen(draft, str(listed[place].pk)) if len(listed) > place else None


def version_within_reach(reach: Reach, *, pk: int) -> Version | None:
    """The version of this key when its document lies within any post of the reader."""
    found: Version | None = Version.objects.select_related("draft__unit", "by").filter(pk=pk).first()
    return found if found is not None and reach.covers(found) else None


@page("document.write", on=version_within_reach)
def restoration(request: HttpRequest, version: Version) -> HttpResponse:
    """Say what would change, then put the text back as it was in this version."""
    by, now = user_of(request), timezone.now()
    if request.method == "POST":
        try:
            restore(version, by=by, now=now)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("document-versions", pk=version.draft_id)
        messages.success(request, _("Restored; the text before it is kept as a version too."))
        return redirect("document", pk=version.draft_id)
    said: dict[str, Any] = {"version": version, "draft": version.draft}
    try:
        said["changes"] = refuse_unless_restorable(version, version.draft.standing(), by=by, now=now)
    except Refused as refusal:
        said["refusal"] = str(refusal)
    answer = render(request, "writing/restoration.html", said)
    patch_vary_headers(answer, ["HX-Request"])
    return answer
