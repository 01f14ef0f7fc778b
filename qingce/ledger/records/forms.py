"""What is asked before a record changes: a reason, corrected facts, a paper."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from qingce.foundation.files.checking import accepted
from qingce.foundation.files.giving import safe_name
from qingce.foundation.refusals import Refused
from qingce.foundation.ui.widgets import Day, Drop
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.models import Record

CORRECTABLE = ("title", "happened_on", "ended_on", "stage", "attendance", "expected", "venue", "note")


class ReasonForm(forms.Form):
    because = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class AmendmentForm(forms.Form):
    """The facts of this record that may be put right, as they stand."""

    def __init__(self, record: Record, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CORRECTABLE:
            if hasattr(record, name):
                self.fields[name] = self._field(record, name)
                self.fields[name].initial = getattr(record, name)

    def _field(self, record: Record, name: str) -> forms.Field:
        if name == "stage":
            words = [(one, taxonomy().word("stage", one)) for one in record.kind_of_work.stages]
            return forms.ChoiceField(label=_("Stage"), choices=words)
        model_field: Any = record._meta.get_field(name)
        field: forms.Field = model_field.formfield()
        if isinstance(field, forms.DateField):
            field.widget = Day()
        return field

    def changes(self) -> dict[str, Any]:
        """What differs from the record."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class CorrectionForm(AmendmentForm):
    """The facts of a record that counts, and the reason for putting them right."""

    def __init__(self, record: Record, *args: Any, **kwargs: Any) -> None:
        super().__init__(record, *args, **kwargs)
        self.fields["because"] = ReasonForm.base_fields["because"]

    def changes(self) -> dict[str, Any]:
        """What differs from the record, and why."""
        return {**super().changes(), "because": self.cleaned_data["because"]}


class PaperField(forms.FileField):
    """A paper or picture, told by its content and kept under a name of ours."""

    def __init__(self, **kwargs: Any) -> None:
        drop = Drop(hint=_("PDF, picture, Word or Excel, up to 20 MB"))
        super().__init__(label=_("File"), widget=drop, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> File[Any] | None:
        file: File[Any] | None = super().clean(data, initial)
        if not file:
            return None
        try:
            kept, kind = accepted(file)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None
        # The ending is ours: what a file is called by its sender says nothing about what it is.
        kept.name = safe_name(PurePath(file.name or "").stem, kind.ending)
        return kept


class EvidenceForm(forms.Form):
    """A paper: a file, or where it is kept."""

    label = forms.CharField(label=_("What it is"), max_length=60)
    kept_at = forms.CharField(label=_("Kept at"), max_length=120, required=False)
    file = PaperField(required=False)

    def __init__(self, record: Record, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = record.missing_evidence()
        self.fields["label"].initial = missing[0] if missing else ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("file") and not said.get("kept_at") and not self.errors:
            raise forms.ValidationError(_("Give the file, or say where the paper is kept."))
        return said
