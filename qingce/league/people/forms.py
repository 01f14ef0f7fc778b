"""What is asked before a sealed fact is shown, a consent recorded, a request made or answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.widgets import Day
from qingce.league.people.models import Consent, Guardian, Person, Request
from qingce.league.people.purposes import purposes

USUAL_REASONS = (
    _("Compare with the card or the file"),
    _("Reach the person about an activity"),
    _("Transfer of membership"),
    _("Payment of aid"),
    _("An emergency"),
)


class ReasonForm(forms.Form):
    """Why: one of the usual phrases, or in the reader's own words. One of the two will do."""

    use_required_attribute = False
    usual = forms.ChoiceField(
        label=_("What do you need it for?"),
        choices=[(reason, reason) for reason in USUAL_REASONS],
        widget=forms.RadioSelect,
    )
    own = forms.CharField(label=_("Or in your own words"), max_length=120)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("usual", "own"):
            if self.has_error(name, "required"):
                del self.errors[name]
        said["because"] = said.get("own") or said.get("usual") or ""
        if not said["because"] and not self.errors:
            raise forms.ValidationError(_("Choose a reason or write one."))
        return said


class ConsentForm(forms.Form):
    purpose = forms.ChoiceField(label=_("Purpose"))
    given_on = forms.DateField(label=_("Given on"), widget=Day)
    guardian_name = forms.CharField(label=_("Name of the guardian"), required=False, max_length=60)
    relation = forms.ChoiceField(
        label=_("Relation to the child"), required=False, choices=[("", "—"), *Guardian.Relation.choices]
    )
    phone = forms.CharField(label=_("Phone of the guardian"), required=False, max_length=20)
    scope = forms.CharField(label=_("Scope"), required=False, max_length=120)
    manner = forms.ChoiceField(label=_("How it was given"), choices=Consent.Manner.choices)
    paper = forms.CharField(label=_("Where the paper is kept"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            (code, str(purpose)) for code, purpose in purposes().items() if purpose.consent
        ]


class WithdrawalForm(forms.Form):
    on = forms.DateField(label=_("Withdrawn on"), widget=Day)


class OwnFactsForm(forms.Form):
    """What a person may put right without a paper."""

    phone = forms.RegexField(
        r"^$|^1\d{10}$",
        label=_("Phone"),
        required=False,
        error_messages={"invalid": _("A mobile number has eleven digits and begins with 1.")},
    )
    workplace = forms.CharField(label=_("School or employer"), required=False, max_length=80)
    education = forms.CharField(label=_("Education"), required=False, max_length=20)

    def __init__(self, person: Person, *args: Any) -> None:
        super().__init__(*args)
        self.initial = {"workplace": person.workplace, "education": person.education}
        self.fields["phone"].help_text = _("On file: %s. Leave empty to keep it.") % (person.phone or "—")

    def changes(self) -> dict[str, str]:
        said: dict[str, str] = dict(self.cleaned_data)
        return said if said["phone"] else {name: text for name, text in said.items() if name != "phone"}


class RequestForm(forms.Form):
    sort = forms.ChoiceField(label=_("Request"), choices=Request.Sort.choices)
    words = forms.CharField(label=_("What is asked"), max_length=1000, widget=forms.Textarea)


class AnswerForm(forms.Form):
    words = forms.CharField(label=_("Answer"), max_length=1000, widget=forms.Textarea)
