"""What is asked at each step of a matter; members, branch and those entitled are known."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.widgets import Day, Pills, Stepper
from qingce.league.organisations.models import Membership
from qingce.ledger.kinds.catalogue import Kind
from qingce.work.membership.discipline.actions import Proposal
from qingce.work.membership.discipline.penalties import penalties
from qingce.work.membership.models import Ground


class ProposalForm(forms.Form):
    """One member, the grounds, and what this kind of matter needs beside."""

    member = forms.ChoiceField(label=_("Member"))
    penalty = forms.ChoiceField(label=_("Penalty"))
    ground = forms.ChoiceField(label=_("What was left undone"), choices=Ground.choices, widget=Pills)
    since = forms.DateField(label=_("Since"), widget=Day)
    grounds = forms.CharField(label=_("Grounds"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, kind: Kind, stays: list[Membership], *args: Any, today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stays = {str(stay.person_id): stay for stay in stays}
        names = [(key, stay.person.name) for key, stay in self.stays.items()]
        self.fields["member"].choices = names  # type: ignore[attr-defined]
        if "penalty" in kind.parts:
            self.fields["penalty"].choices = penalty_choices(today)  # type: ignore[attr-defined]
        else:
            del self.fields["penalty"]
        if "lapse" not in kind.parts:
            del self.fields["ground"], self.fields["since"]

    @property
    def stay(self) -> Membership:
        return self.stays[self.cleaned_data["member"]]

    def proposal(self) -> Proposal:
        said = self.cleaned_data
        penalty, _colon, months = said.get("penalty", "").partition(":")
        return Proposal(
            grounds=said["grounds"],
            penalty=penalty,
            months=int(months) if months else None,
            ground=said.get("ground", ""),
            since=said.get("since"),
        )


def penalty_choices(on: dt.date) -> list[tuple[str, str]]:
    """Each penalty with each of its lengths: 留团察看（6个月）."""
    choices = []
    for penalty in penalties().values():
        lengths = penalty.lengths(on=on)
        choices += [
            (f"{penalty.code}:{months}", str(_("%(penalty)s (%(months)s months)"))
                % {"penalty": penalty, "months": months})
            for months in lengths
        ] or [(penalty.code, str(penalty))]  # fmt: skip
    return choices


class HearingForm(forms.Form):
    words = forms.CharField(
        label=_("What the person said"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class VoteForm(forms.Form):
    held_on = forms.DateField(label=_("Day of the meeting"), widget=Day)
    present = forms.IntegerField(label=_("Present"), min_value=1, max_value=2000, widget=Stepper)
    in_favour = forms.IntegerField(label=_("In favour"), min_value=0, max_value=2000, widget=Stepper)


class LiftingForm(forms.Form):
    grounds = forms.CharField(label=_("Grounds"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class NumberedApprovalForm(forms.Form):
    document = forms.CharField(label=_("Document number"), max_length=80)


class ApprovalForm(forms.Form):
    document = forms.CharField(label=_("Document number"), max_length=80, required=False)
