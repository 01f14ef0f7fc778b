"""Words for drop-downs that are shown in the reader's language and read in every language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import models
from django.utils.translation import override

from qingce.foundation.stanzas import Labelled


def named(words: Iterable[Labelled]) -> dict[str, str]:
    """Label → code of catalogue words: the reader's label first, then the other languages'."""
    listed = list(words)
    shown = {str(word): word.code for word in listed}
    others = {label: word.code for word in listed for label in (word.label, word.label_en)}
    return {**shown, **{label: code for label, code in others.items() if label not in shown}}


def offered(choices: type[models.TextChoices], also: Mapping[str, str] | None = None) -> dict[str, str]:
    """Label → value of a closed list in code; `also` holds what offices write for the same."""
    labels = {str(choice.label): str(choice.value) for choice in choices}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for choice in choices:
                labels.setdefault(str(choice.label), str(choice.value))
    for label, value in (also or {}).items():
        labels.setdefault(label, value)
    return labels
