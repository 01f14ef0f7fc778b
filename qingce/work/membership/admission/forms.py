"""What is asked at each step of an admission: only what the system cannot know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingce.foundation.exchange.cells import Misread, id_number
from qingce.foundation.ui.widgets import Day, Pills, Stepper
from qingce.league.access.reach import Reach
from qingce.league.organisations.fields import UnitField
from qingce.league.organisations.models import BRANCHES, Membership, Unit
from qingce.league.people.models import Person
from qingce.league.standing.eligibility import hindrances
from qingce.league.standing.models import Bar
from qingce.ledger.notices.hung import hung
from qingce.ledger.records.forms import PaperField
from qingce.work.membership.admission.dossier import TARGET_NOTICE
from qingce.work.membership.admission.models import Decider, Recommender
from qingce.work.membership.admission.notices import body_above
from qingce.work.membership.admission.reading import entitled_to_vote
from qingce.work.membership.models import MemberCase
from qingce.work.membership.quota.book import next_number
from qingce.work.membership.step_form import StepForm

FEW = 2  # members of a branch below which helpers are looked for in the whole body
OFFERED = 300


class ApplicationForm(forms.Form):
    """Who applies, to which branch, on which day."""

    unit = UnitField(label=_("Branch"))
    name = forms.CharField(label=_("Name"), max_length=60)
    id_number = forms.CharField(label=_("ID number"), max_length=18, min_length=18)
    on = forms.DateField(label=_("Day of the application"), widget=Day)
    because = forms.CharField(label=_("Why it is recorded late"), max_length=200, required=False)

    def __init__(self, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = reach.units("admission.keep").filter(kind__in=BRANCHES)
        self.fields["unit"].among = own  # type: ignore[attr-defined]
        self.fields["on"].initial = reach.on
        if reach.home is not None and reach.home.is_branch:
            self.fields["unit"].initial = reach.home
            self.fields["unit"].widget = forms.HiddenInput()

    def clean_id_number(self) -> str:
        try:
            return id_number(self.cleaned_data["id_number"]) or ""
        except Misread as problem:
            raise forms.ValidationError(str(problem)) from None


class PassedNoticeForm(StepForm):
    def usual_day(self) -> dt.date:
        """The last day of the notice; of several, which may have hung differently, today."""
        if len(self.cases) != 1:
            return self.today
        number = self.cases[0].number
        one = hung([number]).get((number, TARGET_NOTICE))
        return min(one.closes_on, self.today) if one else self.today


class TalkForm(StepForm):
    talked_by = forms.CharField(label=_("Who talked"), max_length=60)


class ActivistForm(StepForm):
    recommended_by = forms.ChoiceField(label=_("Recommended by"), choices=Recommender.choices, widget=Pills)
    decided_by = forms.ChoiceField(label=_("Decided by"), choices=Decider.choices, widget=Pills)


class TrainingForm(StepForm):
    filed_on = forms.DateField(label=_("Filed with the body above on"), widget=Day)
    mentors = forms.MultipleChoiceField(label=_("Mentors"), widget=forms.CheckboxSelectMultiple)

    def ask(self) -> None:
        self.fields["mentors"].choices = helpers(self.cases, on=self.today)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        said = super().facts()
        return said | {"mentors": persons(said["mentors"])}


class TargetForm(StepForm):
    mentor_talks = forms.IntegerField(
        label=_("Talks with a mentor"), min_value=0, max_value=50, required=False, widget=Stepper
    )
    former_school = forms.CharField(label=_("Former school of training"), max_length=80, required=False)
    former_since = forms.DateField(label=_("Trained there from"), required=False, widget=Day)
    former_hours = forms.DecimalField(
        label=_("Hours of lessons there"), min_value=0, max_digits=5, decimal_places=1, required=False
    )
    former_paper = forms.CharField(label=_("Papers transferred, kept at"), max_length=120, required=False)


class PreExaminationForm(StepForm):
    paper = forms.CharField(label=_("Written pre-examination"), max_length=120)

    def ask(self) -> None:
        del self.fields["because"]


class NumberForm(StepForm):
    development_number = forms.CharField(
        label=_("Development number"),
        max_length=16,
        required=False,
        help_text=_("Left empty, the next free number of the block is taken."),
    )

    def ask(self) -> None:
        if len(self.cases) == 1 and self.branch is not None:
            self.fields["development_number"].initial = next_number(self.branch, on=self.today)
        else:
            del self.fields["development_number"]


class VoteForm(StepForm):
    sponsored_on = forms.DateField(label=_("Opinions of the sponsors on"), widget=Day)
    sponsors = forms.MultipleChoiceField(label=_("Sponsors"), widget=forms.CheckboxSelectMultiple)
    entitled = forms.IntegerField(label=_("Entitled to vote"), min_value=1, max_value=9999, widget=Stepper)
    present = forms.IntegerField(label=_("Present"), min_value=0, max_value=9999, widget=Stepper)
    ballots = forms.IntegerField(label=_("Ballots returned"), min_value=0, max_value=9999, widget=Stepper)
    in_favour = forms.IntegerField(label=_("In favour"), min_value=0, max_value=9999, widget=Stepper)
    secret = forms.BooleanField(label=_("Secret ballot"), required=False, initial=True)

    def ask(self) -> None:
        self.fields["sponsors"].choices = helpers(self.cases, on=self.today)  # type: ignore[attr-defined]
        if self.branch is not None:
            self.fields["entitled"].initial = entitled_to_vote(self.branch.pk, on=self.today)

    def facts(self) -> dict[str, Any]:
        said = super().facts()
        return said | {"sponsors": persons(said["sponsors"])}


class ApprovalForm(StepForm):
    collectively = forms.BooleanField(label=_("The committee decided together in a meeting"), required=False)
    document_number = forms.CharField(label=_("Document number"), max_length=80, required=False)


class FilingForm(StepForm):
    def ask(self) -> None:
        del self.fields["because"]


class ArchiveForm(StepForm):
    form_kept_at = forms.CharField(label=_("Joining form kept at"), max_length=120)
    in_system_on = forms.DateField(label=_("Entered in the national system on"), widget=Day)
    scan = PaperField(required=False)

    def ask(self) -> None:
        self.fields["scan"].label = _("Scanned joining form (PDF)")
        if len(self.cases) != 1:
            del self.fields["scan"]  # a scan belongs to one applicant

    def facts(self) -> dict[str, Any]:
        said = super().facts()
        return said | {"entered_on": said.pop("in_system_on")}


class NoticeForm(forms.Form):
    """From when to when a notice hangs, and where."""

    opens_on = forms.DateField(label=_("First day"), widget=Day)
    closes_on = forms.DateField(label=_("Last day"), widget=Day)
    put_up_at = forms.CharField(label=_("Where it hangs"), max_length=120, required=False)
    contact = forms.CharField(label=_("Where to object"), max_length=120, required=False)


class AdmissionFilter(forms.Form):
    """What is asked of the list of admissions."""

    q = forms.CharField(label=pgettext_lazy("person", "Name or initials"), required=False, max_length=60)
    unit = UnitField(label=_("Unit"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2100)
    stage = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: QueryDict, reach: Reach) -> None:
        super().__init__(asked)
        self.fields["unit"].among = reach.units("record.see")  # type: ignore[attr-defined]


def helpers(cases: Sequence[MemberCase], *, on: dt.date) -> list[tuple[str, str]]:
    """Key and name of members who may stand by these applicants: of their branches, else of the body."""
    if not cases:
        return []
    branches = {case.unit_id for case in cases}
    people = _members(branches, on)
    if len(people) < FEW:
        body = body_above(cases[0].unit, on=on)
        people = _members(set(Unit.objects.beneath(body, day=on).values_list("pk", flat=True)), on)
    barred = set(hindrances([pk for pk, _name in people], for_=Bar.SPONSOR, on=on))
    applicants = {case.person_id for case in cases}
    return [(str(pk), name) for pk, name in people if pk not in barred | applicants]


def _members(units: set[int], on: dt.date) -> list[tuple[int, str]]:
    rows = Membership.objects.on(on).filter(unit__in=units).order_by("person__initials", "person")
    return list(rows.values_list("person", "person__name")[:OFFERED])


def persons(keys: Sequence[str]) -> list[Person]:
    found = Person.objects.in_bulk([int(key) for key in keys])
    return [found[int(key)] for key in keys if int(key) in found]
