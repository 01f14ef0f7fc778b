"""`{% reveal person "id_number" %}`: the masked value, and the way to ask for the whole of it."""

from __future__ import annotations

from django import template
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from qingce.foundation.privacy.fields import Sealed, SealedText

register = template.Library()


@register.simple_tag(takes_context=True)
def reveal(context: template.Context, row: Model, name: str) -> SafeString:
    """A dash when there is nothing; no way to ask for readers without the right, or without the key."""
    value: Sealed = getattr(row, name)
    if not value:
        return SafeString("—")
    masked = format_html('<span class="masked">{}</span>', value)
    field = row._meta.get_field(name)
    holds = getattr(context.get("request"), "holds", lambda permission: False)
    if not isinstance(field, SealedText) or not value.is_readable or not holds(field.opened_by):
        return masked
    address = reverse("sealed-fact", args=[row._meta.label_lower, row.pk, name])
    return format_html(
        '{} <a class="btn small no-print" data-dialog href="{}">{}</a>', masked, address, _("Show")
    )
