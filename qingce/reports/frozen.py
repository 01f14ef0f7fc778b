"""What is written once, never changed, never deleted; and the digests that would show it if it were."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingce.foundation.audit.guarded import GuardedQuerySet
from qingce.foundation.refusals import Refused

DECIMALS = Decimal("0.000001")  # that a frozen value keeps
UNTOUCHABLE = _("An issued report stays as it was issued. Issue a new one beside it.")


class FrozenQuerySet(GuardedQuerySet[Any]):
    def update(self, **fields: Any) -> int:
        raise Refused(UNTOUCHABLE)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Refused(UNTOUCHABLE)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise Refused(UNTOUCHABLE)


FrozenManager = models.Manager.from_queryset(FrozenQuerySet)


class Frozen(models.Model):
    """Written once, never changed, never deleted."""

    objects = FrozenManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Refused(UNTOUCHABLE)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Refused(UNTOUCHABLE)


def digest_of(said: Any) -> str:
    """SHA-256 of plain values, the same on every machine and whatever order a database keeps keys in."""
    plain = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def kept(value: Decimal | int) -> Decimal:
    """The value with as many decimals as are kept of it."""
    return Decimal(value).quantize(DECIMALS)
