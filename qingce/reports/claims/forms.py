"""What is asked before a text is read: the text or a file, and of which unit and year the ledger is asked."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.figures.indicators.question import Question
from qingce.figures.indicators.stamp import latest_day
from qingce.foundation.refusals import Refused
from qingce.league.access.reach import Reach
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import BRANCHES, Unit
from qingce.ledger.periods import Period
from qingce.reports.claims.extracting import Received, bounded, received

OFFERED = 40  # units to choose from by name; others by code


class ClaimsForm(forms.Form):
    """A pasted text or a file; unit and year, or neither."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "long"}),
        help_text=gettext_lazy("Paste the summary of any committee. The text is read and not kept."),
    )
    file = forms.FileField(
        label=gettext_lazy("or a file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.txt"}),
        help_text=gettext_lazy("A Word document (.docx) or plain text."),
    )
    document = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(required=False, widget=forms.HiddenInput)
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        required=False,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
        help_text=gettext_lazy("Name or code. Left empty, the text is only read."),
    )
    year = forms.CharField(
        label=gettext_lazy("Year or period"), required=False, help_text=gettext_lazy("2023, 2023H1 …")
    )

    def __init__(self, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach
        home = reach.home
        if home is not None:
            self.fields["unit"].initial = home.name
            self.fields["year"].initial = str(latest_day(reach.on).year)

    @property
    def offered(self) -> list[Unit]:
        """Some units to choose from, the highest first."""
        units = self.reach.units("report.see").exclude(kind__in=BRANCHES)
        return list(units.order_by("protocol_order", "pk")[:OFFERED])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            said["received"] = self._received(said)
            said["question"] = self._question(said)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None
        return said

    def _received(self, said: dict[str, Any]) -> Received:
        file = said.get("file") or self._sent_again(said.get("document") or "")
        return received(file) if file else Received(bounded(said.get("text") or ""))

    def _sent_again(self, document: str) -> ContentFile[bytes] | None:
        """The document as the page of the result holds it: nothing is kept here in between."""
        try:
            content = b64decode(document, validate=True)
        except ValueError:
            raise Refused(_("The document did not arrive whole; choose the file again.")) from None
        return ContentFile(content, name="document.docx") if content else None

    def _question(self, said: dict[str, Any]) -> Question | None:
        name, year = (said.get("unit") or "").strip(), (said.get("year") or "").strip()
        if not name:
            return None
        if not year:
            raise Refused(_("Say of which year the ledger is asked, or leave the unit empty too."))
        return Question(self._unit(name), Period.parse(year))

    def _unit(self, name: str) -> Unit:
        within = self.reach.units("report.see")
        found = unit_within_reach(self.reach, code=name) or within.filter(name=name).first()
        if found is None or not self.reach.may("report.see", found):
            raise Refused(_("No unit within your reach is called “%s”; choose one from the list.") % name)
        return found
