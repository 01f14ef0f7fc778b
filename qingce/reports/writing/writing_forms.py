"""What is asked before a document is begun, a paragraph is rewritten, or a text is returned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.widgets import Pills
from qingce.league.access.reach import Reach
from qingce.league.organisations.fields import UnitField
from qingce.reports.writing.listing import periods, writable
from qingce.reports.writing.models import Role
from qingce.reports.writing.runs import LONGEST


class NewForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of document"))
    period = forms.ChoiceField(label=_("Period"))
    unit = UnitField(label=_("Unit"), required=False, help_text=_("Left empty: your own unit."))
    begin = forms.ChoiceField(
        label=_("Begin with"),
        widget=Pills,
        choices=[("sentences", _("a first draft with figures")), ("headings", _("headings only"))],
        initial="sentences",
    )

    def __init__(self, reach: Reach, latest: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.address, str(one)) for one in writable()]  # type: ignore[attr-defined]
        self.fields["period"].choices = periods(latest)  # type: ignore[attr-defined]
        self.fields["unit"].among = reach.units("document.write")  # type: ignore[attr-defined]


class ParagraphForm(forms.Form):
    """A paragraph with scripts off: figures stand in double braces."""

    role = forms.ChoiceField(
        label=_("Stands as"), choices=[one for one in Role.choices if one[0] != Role.TABLE]
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST * 2,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "In double braces: the code of a figure, or code|form; a number from a paper as "
            "stated:number|paper; what is still missing as gap:what."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(forms.Form):
    because = forms.CharField(
        label=_("What should be changed"), max_length=300, widget=forms.Textarea(attrs={"rows": 4})
    )


class CommentForm(forms.Form):
    """A comment on a paragraph; it may reach over those that follow."""

    until = forms.TypedChoiceField(label=_("Reaches to"), required=False, coerce=int, empty_value=None)
    text = forms.CharField(label=_("Comment"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    quote = forms.CharField(required=False, widget=forms.HiddenInput)
    answers = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, following: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].choices = [("", _("this paragraph only")), *following]  # type: ignore[attr-defined]
