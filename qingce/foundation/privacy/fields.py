"""A model field whose value is encrypted in the database and masked wherever it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models

from qingce.foundation.privacy.sealing import digest, seal, unseal
from qingce.foundation.words import MASK


@dataclass(frozen=True)
class Mask:
    """Show `first` and `last` characters and hide what is between."""

    first: int
    last: int

    def over(self, text: str) -> str:
        hidden = max(len(text) - self.first - self.last, 1)
        return text[: self.first] + MASK * hidden + text[len(text) - self.last :] if text else ""


class Sealed:
    """A sealed value in the hand: printing it prints the mask; `reveal()` reads it."""

    __slots__ = ("_sealed", "mask")

    def __init__(self, sealed: str, mask: Mask) -> None:
        self._sealed = sealed
        self.mask = mask

    def __str__(self) -> str:
        return self.mask.over(self.reveal())

    def __repr__(self) -> str:
        return "<Sealed>"

    def __bool__(self) -> bool:
        return bool(self._sealed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.reveal() == other.reveal()

    def __hash__(self) -> int:
        return hash(self.reveal())

    def reveal(self) -> str:
        """The text itself, for the few verbs that need it."""
        return unseal(self._sealed)

    @property
    def stored(self) -> str:
        return self._sealed

    @classmethod
    def of(cls, text: str, mask: Mask) -> Sealed:
        return cls(seal(text), mask)


class SealedText(models.TextField):
    """Text that is encrypted at rest; assign plain text, read back a `Sealed`."""

    def __init__(self, *args: Any, shows: Mask = Mask(0, 0), **kwargs: Any) -> None:
        self.shows = shows
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *_: Any) -> Sealed:
        return Sealed(value or "", self.shows)

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Sealed) else Sealed.of(str(value or ""), self.shows)

    def get_prep_value(self, value: Any) -> str:
        return value.stored if isinstance(value, Sealed) else seal(str(value or ""))

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)))


__all__ = ["Mask", "Sealed", "SealedText", "digest"]
