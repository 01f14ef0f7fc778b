"""Widgets that fit a thumb; each works as a plain input with scripts off."""

from __future__ import annotations

from django import forms


class Day(forms.DateInput):
    """A date, picked with the device's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Stepper(forms.NumberInput):
    """A small whole number between a minus and a plus."""

    template_name = "ui/widgets/stepper.html"


class Pills(forms.RadioSelect):
    """A few short choices side by side."""

    template_name = "ui/widgets/pills.html"


class Drop(forms.ClearableFileInput):
    """A file, chosen or dropped; `hint` says which kinds and sizes are taken."""

    template_name = "ui/widgets/drop.html"

    def __init__(self, attrs: dict[str, object] | None = None, *, hint: object = "") -> None:
        super().__init__(attrs)
        self.hint = hint

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        return super().get_context(name, value, attrs) | {"hint": self.hint}
