"""The rows that one act on the tree writes, kept so that voiding its record can take it back.

Undoing is strict: a row that somebody has changed since stands in the way, and the refusal names it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.league.organisations.past import TreeStep

Said = dict[str, Any]
TABLES = ("Unit", "Placement", "Membership", "Post", "FormerName", "FormerTerm", "Lineage")


class Journal:
    """Writes rows and remembers them; `reference` is the number of the record that asked for it."""

    def __init__(self, reference: str = "") -> None:
        self.reference = reference
        self.steps: list[TreeStep] = []

    def create(self, thing: models.Model) -> Any:
        thing.save()
        self._note(thing, None, said(thing, _own_columns(thing)))
        return thing

    def change(self, thing: models.Model, **facts: Any) -> None:
        names = [thing._meta.get_field(name).attname for name in facts]  # type: ignore[union-attr]
        before = said(thing, names)
        for name, value in facts.items():
            setattr(thing, name, value)
        thing.save(update_fields=[*facts, *(["initials"] if isinstance(thing, Unit) else [])])
        self._note(thing, before, said(thing, names))

    def close(self) -> None:
        """Keep what was noted; without a reference nothing could ask for it again."""
        if self.reference:
            TreeStep.objects.bulk_create(self.steps, batch_size=500)

    def _note(self, thing: models.Model, before: Said | None, after: Said) -> None:
        step = TreeStep(
            reference=self.reference, table=type(thing).__name__, row=thing.pk, before=before, after=after
        )
        self.steps.append(step)


def take_back(reference: str) -> list[Unit]:
    """Undo every step of an act, the last first; the units whose rows were touched.

    Refused, and nothing undone, when a row says something else than the act left behind.
    """
    steps = list(TreeStep.objects.filter(reference=reference).order_by("-pk"))
    touched: dict[int, Unit] = {}
    for step in steps:
        thing = _found(step)
        for unit in _units_of(thing):
            touched[unit.pk] = unit
        if step.before is None:
            _unmake(thing)
        else:
            _restore(thing, step.before)
    TreeStep.objects.filter(reference=reference).delete()
    return list(touched.values())


def said(thing: models.Model, names: list[str]) -> Said:
    """Values of `names` as JSON can keep them."""
    return {name: _plain(getattr(thing, name)) for name in names}


def _own_columns(thing: models.Model) -> list[str]:
    """Keys and dates, and what a unit is called: enough to tell whether a row is as it was made.

    Numbers of members are not copied into the journal.
    """
    kept = (models.ForeignKey, models.DateField)
    names = [one.attname for one in thing._meta.concrete_fields if isinstance(one, kept)]
    return [*names, "name", "short_name"] if isinstance(thing, Unit) else names


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _found(step: TreeStep) -> Any:
    thing = apps.get_model("organisations", step.table)._default_manager.filter(pk=step.row).first()
    if thing is None or said(thing, list(step.after)) != step.after:
        raise Refused(
            _("“%s” has been changed since; take that back first, or record a new change of the tree.")
            % (thing or step.table)
        )
    return thing


def _units_of(thing: Any) -> list[Unit]:
    if isinstance(thing, Unit):
        return [thing]
    named = (getattr(thing, name, None) for name in ("unit", "predecessor", "successor"))
    return [unit for unit in named if unit is not None]


def _restore(thing: Any, before: Said) -> None:
    columns = {one.attname: one for one in thing._meta.concrete_fields}
    for name, value in before.items():
        setattr(thing, name, columns[name].to_python(value))
    fields = [columns[name].name for name in before]
    thing.save(update_fields=[*fields, *(["initials"] if isinstance(thing, Unit) else [])])


def _unmake(thing: Any) -> None:
    """A row that the act made goes; a unit stays, but it never existed on any day."""
    if not isinstance(thing, Unit):
        thing.delete()
        return
    hanging = {
        _("members"): thing.memberships.exists(),
        _("posts"): thing.posts.exists(),
        _("units beneath"): thing.placements_below.exists(),
    }
    if any(hanging.values()):
        names = "、".join(str(name) for name, there in hanging.items() if there)
        raise Refused(
            _("“%(unit)s” has %(names)s by now: dissolve it instead.") % {"unit": thing, "names": names}
        )
    thing.dissolved_on = thing.founded_on
    thing.save(update_fields=["dissolved_on"])
