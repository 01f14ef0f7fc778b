"""What was issued, as a list: searched by title or initials, narrowed by kind, year, unit and standing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from qingce.foundation.words import folded
from qingce.league.access.reach import Reach
from qingce.league.organisations.fields import UnitField
from qingce.reports.frozen import FrozenQuerySet
from qingce.reports.models import Snapshot
from qingce.reports.outline import outlines

CERTIFIED = "figure-certificate"  # a paper of one figure, issued to be certified
STANDING = {
    "valid": _("In force"),
    "replaced": _("Replaced"),
    "errata": _("With errata"),
}


def kind_label(document: str) -> str:
    """What a kind of document is called; its code when the catalogue knows it no longer."""
    if document == CERTIFIED:
        return _said("Certificate of a figure")
    return str(outlines().get(document, document))


class IssuedFilter(forms.Form):
    """What is asked of the issued reports. Every field may be left out."""

    q = forms.CharField(label=_("Title or initials"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    unit = UnitField(label=_("Unit"), required=False)
    standing = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[("", _("All")), *STANDING.items()]
    )

    def __init__(self, asked: QueryDict, reach: Reach) -> None:
        super().__init__(asked)
        self.all = Snapshot.objects.filter(unit__in=reach.units("report.see"))
        self.fields["unit"].among = reach.units("report.see")  # type: ignore[attr-defined]
        held = sorted(self.all.order_by().values_list("document", "period").distinct())
        kinds = dict.fromkeys(document for document, _period in held)
        years = sorted({period[:4] for _document, period in held}, reverse=True)
        self.fields["kind"].choices = [("", _("All kinds")), *((one, kind_label(one)) for one in kinds)]  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", _("All years")), *((one, one) for one in years)]  # type: ignore[attr-defined]

    def found(self) -> FrozenQuerySet:
        """The reports asked for, the newest first; none when the question is not understood."""
        if not self.is_valid():
            return self.all.none()
        asked = self.cleaned_data
        rows = self.all.filter(_saying(folded(asked["q"])))
        if asked["kind"]:
            rows = rows.filter(document=asked["kind"])
        if asked["year"]:
            rows = rows.filter(period__startswith=asked["year"])
        if asked["unit"]:
            rows = rows.filter(unit=asked["unit"])
        rows = rows.filter(_standing(asked["standing"]))
        shown = rows.select_related("unit", "by", "replacement").defer("content", "replacement__content")
        return shown.annotate(errata_count=Count("errata", distinct=True)).order_by("-at", "-pk")


def _saying(words: str) -> Q:
    if not words:
        return Q()
    said = Q(title__contains=words)
    return said | Q(initials__contains=words.lower()) if words.isascii() else said


def _standing(word: str) -> Any:
    return {
        "valid": Q(replacement=None),
        "replaced": Q(replacement__isnull=False),
        "errata": Q(errata__isnull=False),
    }.get(word, Q())
