"""What every API answer shares: pages of a list, and the sentence of a refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.core.paginator import EmptyPage, Paginator
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import HttpError

T = TypeVar("T")
LARGEST_PAGE = 200


class Page(Schema, Generic[T]):
    """One page of a list and the number of all its items."""

    total: int
    page: int
    items: list[T]


class Problem(Schema):
    """Why something was refused, in a sentence."""

    detail: str


def paged(rows: Any, *, page: int, size: int, show: Callable[[Any], Any]) -> dict[str, Any]:
    """The page asked for; 404 beyond the last, 422 for a size that is not offered."""
    if not 1 <= size <= LARGEST_PAGE:
        raise HttpError(422, _("A page holds between 1 and %d items; choose such a size.") % LARGEST_PAGE)
    paginator = Paginator(rows, size)
    try:
        shown = paginator.page(page)
    except EmptyPage:
        said = _("There is no page %(page)d; the last one is %(last)d.")
        raise HttpError(404, said % {"page": page, "last": paginator.num_pages}) from None
    return {"total": paginator.count, "page": page, "items": [show(row) for row in shown]}
