"""What an editor says of the paper around a text: number, addressee, signature, copies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingce.reports.compose import paper_of
from qingce.reports.paper import FLAGS, LISTS, Paper
from qingce.reports.writing.models import Draft

LABELS = {
    "number": _("Document number"),
    "addressee": _("Addressee"),
    "signatory": _("Signatory, when it goes upward"),
    "signed_by": _("Signed by"),
    "dated": _("Date as written"),
    "red_head": _("with a red head"),
    "sealed": _("with room for the seal"),
    "secrecy": _("Secrecy"),
    "urgency": _("Urgency"),
    "masthead": _("Masthead of a briefing"),
    "issue": _("Issue"),
    "total_issue": _("Issue in total"),
    "editor": _("Edited by"),
    "note": _("Note below the date"),
    "attachments": _("Attachments, one a line"),
    "copies_to": _("Copies to"),
    "printer": _("Printed by"),
    "printed_on": _("Printed on"),
    "copies": _("Number of copies"),
}
ALWAYS = ("number", "addressee", "signed_by", "dated", "red_head", "attachments", "copies_to")


class PaperForm(forms.Form):
    """The parts that the kind of document asks for first, then those that any paper may have."""

    def __init__(self, draft: Draft, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = draft.plan.asks if draft.plan else ()
        self.standing = standing_paper(draft)
        for name in dict.fromkeys([*asked, *ALWAYS]):
            if name in LABELS:
                self.fields[name] = _field(name, getattr(self.standing, name))

    def parts(self) -> dict[str, Any]:
        """What differs from what the outline says by itself."""
        said = {name: _read(name, value) for name, value in self.cleaned_data.items()}
        return {name: value for name, value in said.items() if value != _plain(getattr(self.standing, name))}


def standing_paper(draft: Draft) -> Paper:
    """The paper as it stands, with what was said before."""
    if draft.plan is None:
        return Paper().with_parts(draft.paper)
    return paper_of(draft.plan, draft.unit, draft.period_asked, draft.paper)


def _field(name: str, now: Any) -> forms.Field:
    if name in FLAGS:
        return forms.BooleanField(label=LABELS[name], required=False, initial=now)
    if name in LISTS:
        lines = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(label=LABELS[name], required=False, widget=lines, initial="\n".join(now))
    return forms.CharField(label=LABELS[name], required=False, max_length=120, initial=now)


def _read(name: str, value: Any) -> Any:
    if name in LISTS:
        return [line.strip() for line in value.splitlines() if line.strip()]
    return value if name in FLAGS else value.strip()


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
