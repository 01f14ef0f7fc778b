"""How amounts and grades are written on the pages of this app."""

from __future__ import annotations

from decimal import Decimal

from django import template

from qingce.foundation.amounts import capital
from qingce.work.membership.dues import actions as dues
from qingce.work.membership.models import Grade

register = template.Library()


@register.filter
def yuan(amount: Decimal) -> str:
    return dues.yuan(amount)


@register.filter
def capital_yuan(amount: Decimal) -> str:
    return capital(amount)


@register.filter
def grade_label(code: str) -> str:
    return str(Grade(code).label) if code in Grade.values else code
