"""What is asked at each step of a recommendation."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingce.foundation.exchange.cells import Misread, id_number
from qingce.foundation.ui.widgets import Day, Pills, Stepper
from qingce.league.access.reach import Reach
from qingce.league.organisations.fields import UnitField
from qingce.work.membership.admission.reading import entitled_to_vote
from qingce.work.membership.recommending.models import Aim
from qingce.work.membership.step_form import StepForm


class ProposalForm(StepForm):
    """Who is proposed, and where."""

    unit = UnitField(label=_("Unit"))
    name = forms.CharField(label=_("Name"), max_length=60)
    id_number = forms.CharField(label=_("ID number"), max_length=18, min_length=18)

    def among(self, reach: Reach) -> ProposalForm:
        """Units of the reader; a branch secretary's own branch is not asked for."""
        self.fields["unit"].among = reach.units("admission.keep")  # type: ignore[attr-defined]
        if reach.home is not None and reach.home.is_branch:
            self.fields["unit"].initial = reach.home
            self.fields["unit"].widget = forms.HiddenInput()
        return self

    def clean_id_number(self) -> str:
        try:
            return id_number(self.cleaned_data["id_number"]) or ""
        except Misread as problem:
            raise forms.ValidationError(str(problem)) from None


class PioneerForm(ProposalForm):
    squad = forms.CharField(label=_("Squad"), max_length=60)
    squad_teams = forms.IntegerField(
        label=_("Teams of the squad"), min_value=1, max_value=50, required=False, widget=Stepper
    )
    squad_pioneers = forms.IntegerField(
        label=_("Pioneers of the squad"), min_value=1, max_value=500, required=False, widget=Stepper
    )


class PartyForm(ProposalForm):
    aim = forms.ChoiceField(label=_("Recommended"), choices=Aim.choices, widget=Pills)
    applied_on = forms.DateField(label=_("Applied to the Party on"), widget=Day)


class BrigadeForm(StepForm):
    brigade = forms.CharField(label=_("Brigade"), max_length=60)


class VoteForm(StepForm):
    entitled = forms.IntegerField(label=_("Entitled to vote"), min_value=1, max_value=9999, widget=Stepper)
    present = forms.IntegerField(label=_("Present"), min_value=0, max_value=9999, widget=Stepper)
    in_favour = forms.IntegerField(label=_("In favour"), min_value=0, max_value=9999, widget=Stepper)

    def ask(self) -> None:
        if self.branch is not None:
            self.fields["entitled"].initial = entitled_to_vote(self.branch.pk, on=self.today)


class ExaminationForm(StepForm):
    examined_by = forms.CharField(label=_("Examined by"), max_length=60)


class SendingForm(StepForm):
    party_body = forms.CharField(label=_("Party body"), max_length=120)

    def ask(self) -> None:
        unit = self.branch
        self.fields["party_body"].initial = unit.party_body if unit is not None else ""


class RecommendationFilter(forms.Form):
    """What is asked of the list of recommendations."""

    q = forms.CharField(label=pgettext_lazy("person", "Name or initials"), required=False, max_length=60)
    unit = UnitField(label=_("Unit"), required=False)
    kind = forms.CharField(required=False, widget=forms.HiddenInput)
    stage = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: QueryDict, reach: Reach) -> None:
        super().__init__(asked)
        self.fields["unit"].among = reach.units("record.see")  # type: ignore[attr-defined]
