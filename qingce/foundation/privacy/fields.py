"""A model field whose value is encrypted in the database and masked wherever it is shown."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from qingce.foundation.privacy.masks import WORDS, Mask
from qingce.foundation.privacy.sealing import Unreadable, digest, seal, unseal


class Sealed:
    """A value in the hand: printing it prints the mask; `reveal()` reads it.

    It comes sealed from the database, or in plain text from whoever assigns it; it is sealed when
    it is stored.
    """

    __slots__ = ("_plain", "_sealed", "mask", "place")

    def __init__(self, mask: Mask, place: str, *, sealed: str = "", plain: str | None = None) -> None:
        self.mask = mask
        self.place = place
        self._sealed = sealed
        self._plain = plain

    def __str__(self) -> str:
        try:
            return self.mask.over(self.reveal())
        except Unreadable:
            return _("unreadable")

    def __repr__(self) -> str:
        return "<Sealed>"

    def __bool__(self) -> bool:
        return bool(self._sealed or self._plain)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self._comparable == other._comparable

    def __hash__(self) -> int:
        return hash(self._comparable)

    def __len__(self) -> int:
        return len(str(self))

    def reveal(self) -> str:
        """The text itself, for the few verbs that need it; refused when no key fits."""
        return unseal(self._sealed, self.place) if self._plain is None else self._plain

    @property
    def is_fresh(self) -> bool:
        """Whether it was assigned in plain text, so that whatever finds it must be written anew."""
        return self._plain is not None

    @property
    def is_readable(self) -> bool:
        try:
            self.reveal()
        except Unreadable:
            return False
        return True

    @property
    def stored(self) -> str:
        """What the database keeps."""
        if not self._sealed and self._plain:
            self._sealed = seal(self._plain, self.place)
        return self._sealed

    @property
    def _comparable(self) -> str:
        return self.reveal() if self.is_readable else self._sealed


class _Wrapping(DeferredAttribute):
    """Wraps what is assigned, so that plain text never lies about on an instance."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.to_python(value)


class SealedText(models.TextField):
    """Text that is encrypted at rest; assign plain text, read back a `Sealed`.

    `found_by` names the column that holds its keyed digest; re-sealing keeps both in step.
    `opened_by` is the permission that a reveal asks for. The value is bound to its model and field, so a
    migration that renames either has to seal the values anew.
    """

    descriptor_class = _Wrapping

    def __init__(
        self,
        *args: Any,
        shows: Mask = WORDS,
        found_by: str = "",
        opened_by: str = "sealed.reveal",
        **kwargs: Any,
    ) -> None:
        self.shows = shows
        self.opened_by = opened_by
        self.found_by = found_by
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    @cached_property
    def place(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def from_db_value(self, value: str | None, *_: Any) -> Sealed:
        return Sealed(self.shows, self.place, sealed=value or "")

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Sealed) or hasattr(value, "resolve_expression"):
            return value
        return Sealed(self.shows, self.place, plain=str(value or ""))

    def get_prep_value(self, value: Any) -> Any:
        if hasattr(value, "resolve_expression"):
            return value
        if isinstance(value, Sealed) and value.place == self.place:
            return value.stored
        return seal(value.reveal() if isinstance(value, Sealed) else str(value or ""), self.place)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)))


__all__ = ["Mask", "Sealed", "SealedText", "digest"]
