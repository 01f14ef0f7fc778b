"""The page of the scoring sheets: the members of a branch, and the sheet of the one that is chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.ui.widgets import Stepper
from qingce.league.access.doors import page
from qingce.league.access.requests import reach_of
from qingce.work.membership.finding import AskedBranch, asked_within_reach
from qingce.work.membership.models import BranchReview
from qingce.work.membership.pages import done
from qingce.work.membership.reviews.models import Scoring
from qingce.work.membership.reviews.reading import members_of
from qingce.work.membership.reviews.scoring import score, scores_of
from qingce.work.membership.reviews.scoring_sheets import ScoringSheet, sheet_for


class ScoringForm(forms.Form):
    """A number for each item; what holds of the negative list is ticked."""

    negative = forms.MultipleChoiceField(
        label=gettext_lazy("Negative list"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, sheet: ScoringSheet, given: Scoring | None, *args: Any) -> None:
        super().__init__(*args)
        self.sheet = sheet
        known = given.points if given is not None else {}
        for code, item in sheet.items.items():
            self.fields[f"item_{code}"] = forms.IntegerField(
                label=str(item), min_value=0, max_value=item.most, initial=known.get(code), widget=Stepper
            )
        choices = [(code, str(one)) for code, one in sheet.negative.items()]
        self.fields["negative"].choices = choices  # type: ignore[attr-defined]
        self.order_fields([*(f"item_{code}" for code in sheet.items), "negative"])

    def points(self) -> dict[str, int]:
        return {code: self.cleaned_data[f"item_{code}"] for code in self.sheet.items}


@page("record.enter", on=asked_within_reach)
def scores(request: HttpRequest, asked: AskedBranch) -> HttpResponse:
    """The members with their points; `?member=` opens the sheet of one."""
    on, sheet = reach_of(request).on, sheet_for(asked.unit)
    stays = {str(stay.person_id): stay for stay in members_of(asked.unit, on=on)}
    kept = scores_of(asked.issue, asked.unit)
    stay = stays.get(request.GET.get("member", ""))
    settled = BranchReview.objects.filter(issue=asked.issue, unit=asked.unit)
    is_open = not settled.exclude(stage=BranchReview.Stage.RETURNED).exists()
    form = ScoringForm(sheet, kept.get(stay.person_id), request.POST or None) if stay and is_open else None
    if request.method == "POST" and form is not None and stay is not None and form.is_valid():
        facts = {"on": on, "said": _("The sheet of %s is kept.") % stay.person}
        done(request, score, asked.issue, stay, form.points(), form.cleaned_data["negative"], **facts)
        return redirect(reverse("review-scores", args=[asked.pk, asked.code]))
    lines = [(one, kept.get(one.person_id)) for one in stays.values()]
    said = {"asked": asked, "sheet": sheet, "lines": lines, "form": form, "stay": stay, "is_open": is_open}
    return render(request, "membership/review_scores.html", said)
