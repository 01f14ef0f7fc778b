"""Rows of the registers: no bulk change and no deletion that the log does not hear of."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.telling import changing
from qingce.foundation.refusals import Refused

M = TypeVar("M", bound=models.Model)


def demand_telling() -> None:
    """Refuse unless a verb is under way that tells the log."""
    if not changing():
        raise Refused(_("Registers are changed in bulk only by a verb that tells the log."))


class GuardedQuerySet(models.QuerySet[M]):
    """Bulk changes are refused outside `telling()`, and it takes them back unless something is told."""

    def update(self, **fields: Any) -> int:
        demand_telling()
        return super().update(**fields)

    def delete(self) -> tuple[int, dict[str, int]]:
        demand_telling()
        return super().delete()

    def _raw_delete(self, using: Any) -> int:
        demand_telling()
        return super()._raw_delete(using)

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[M]:
        demand_telling()
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        demand_telling()
        return super().bulk_update(*args, **kwargs)


class Logged(models.Model):
    """A model whose rows are registers: guarded in bulk and against deletion."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True


def is_guarded(model: type[models.Model]) -> bool:
    return isinstance(model._default_manager.all(), GuardedQuerySet)


def refuse_deletion(sender: type[models.Model], **_signal: Any) -> None:
    """Also one row, and also by way of another that it hangs on."""
    demand_telling()


def guard(every: list[type[models.Model]]) -> None:
    """Watch over single deletions of every guarded model."""
    for model in every:
        if is_guarded(model):
            pre_delete.connect(refuse_deletion, sender=model)
