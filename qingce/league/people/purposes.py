"""What personal data is held for, read from `catalogue/purposes/`: basis, columns, recipients, retention."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, Model

from qingce.foundation.privacy.fields import SealedText
from qingce.foundation.stanzas import CatalogueRefused, Labelled, Stanza, stanzas
from qingce.league.people.models import Guardian, Person

CONSENT_BELOW = 14  # years, Personal Information Protection Law, art. 31
BY_COLUMN = (Person, Guardian)  # tables of which every column is personal, so that each is named
DERIVED = {"id", "initials", "id_digest", "phone_digest", "user", "person"}


@dataclass(frozen=True)
class Purpose(Labelled):
    """One purpose of processing, as the register names it."""

    basis: str
    categories: tuple[str, ...]
    people: str
    recipients: tuple[str, ...]
    retention: str
    measures: str
    consent: bool  # a child's guardian is asked first
    kinds: tuple[str, ...]
    facts: tuple[str, ...]
    version: int  # of the text that is consented to


@cache
def purposes() -> Mapping[str, Purpose]:
    """Every purpose by its code; stops the program when the catalogue cannot be understood."""
    return read_purposes(settings.CATALOGUE)


def read_purposes(catalogue: Path) -> Mapping[str, Purpose]:
    complaints: list[str] = []
    named: dict[str, str] = {}
    known = set(personal_facts())
    found = {one.name: _purpose(one, named, known) for one in stanzas(catalogue, "purposes", complaints)}
    if complaints:
        raise CatalogueRefused(complaints)
    return found


def consent_purpose(kind: str) -> Purpose:
    """The purpose for which a guardian is asked when a child takes part in work of this kind."""
    asked = [purpose for purpose in purposes().values() if purpose.consent]
    return next((purpose for purpose in asked if kind in purpose.kinds), asked[0])


def personal_facts() -> Iterator[str]:
    """Every column or table that holds personal data: each must stand under one purpose."""
    for model in apps.get_models():
        if model in BY_COLUMN:
            yield from (f"{model._meta.label_lower}.{one}" for one in _columns(model))
        elif _is_ours(model):
            if any(_names_somebody(field) for field in model._meta.concrete_fields):
                yield model._meta.label_lower
            yield from (
                f"{model._meta.label_lower}.{field.name}"
                for field in model._meta.concrete_fields
                if isinstance(field, SealedText)
            )


def _columns(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in DERIVED]


def _is_ours(model: type[Model]) -> bool:
    return model.__module__.startswith("qingce.")


def _names_somebody(field: object) -> bool:
    return isinstance(field, ForeignKey) and field.related_model is Person


def _purpose(stanza: Stanza, named: dict[str, str], known: Collection[str]) -> Purpose:
    purpose = Purpose(
        code=stanza.name,
        label=stanza.text("label"),
        label_en=stanza.text("label_en"),
        basis=stanza.text("basis"),
        categories=stanza.words("categories"),
        people=stanza.text("people"),
        recipients=stanza.words("recipients"),
        retention=stanza.text("retention"),
        measures=stanza.text("measures"),
        consent=stanza.flag("consent"),
        kinds=stanza.words("kinds"),
        facts=stanza.words("facts"),
        version=stanza.number("version", 1),
    )
    stanza.finish()
    for fact in purpose.facts:
        stanza.check_word("facts", fact, known)
        if other := named.get(fact):
            stanza.complain(f"facts: “{fact}” stands already under {other}")
        named[fact] = stanza.name
    return purpose


def label_of(fact: str) -> str:
    """What the register calls a column or a table."""
    app, table, *column = fact.split(".")
    model = apps.get_model(app, table)
    name = str(model._meta.verbose_name)
    return f"{name}·{model._meta.get_field(column[0]).verbose_name}" if column else name
