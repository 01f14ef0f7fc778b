"""What is asked when a paper is approved."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ApprovalForm(forms.Form):
    document_number = forms.CharField(label=_("Document number"), max_length=80)
    approved_by = forms.CharField(label=_("Approved by"), required=False, max_length=80)
