"""What the guards of an admission find: those entered here stage by stage, and the order of the steps."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.league.rules import Ruling
from qingce.work.membership.admission.dossier import (
    STAGES,
    Dossier,
)
from qingce.work.membership.guarding import Finding, Found, Guard, demand_all, findings

GUARDS: list[Guard[Dossier]] = []


def judge(dossier: Dossier, stage: str, *, on: dt.date) -> list[Finding]:
    """What every guard of entering `stage` on that day finds."""
    return findings([*IN_ORDER[stage], *GUARDS], dossier, stage, on=on, unit=dossier.unit)


def demand_step(dossier: Dossier, stage: str, *, on: dt.date) -> list[str]:
    """Refuse the step when a guard stands in its way; else what is to be warned of."""
    return demand_all(judge(dossier, stage, on=on))


def guard(stage: str, rule: str, label: object) -> Any:
    """Enter a function as the guard of a stage."""

    def keep(look: Any) -> Any:
        GUARDS.append(Guard(stage, rule, label, look))
        return look

    return keep


def _in_order(dossier: Dossier, on: dt.date, said: Ruling, *, stage: str) -> Found:
    before = dossier.before(stage)
    if before and before not in dossier.steps:
        return Found(
            _("a step is left out"), _("A step before this one is missing; take the steps one by one.")
        )
    return Found(_("step by step"))


def _rising(dossier: Dossier, on: dt.date, said: Ruling, *, stage: str) -> Found:
    earlier = [dossier.steps[one] for one in STAGES[: STAGES.index(stage)] if one in dossier.steps]
    last = max(earlier, default=None)
    if last is None:
        return Found(_("first step"))
    if on <= last:
        return Found(
            str(last),
            _("The step before was on %(last)s; this one must be later, the same day is an error.")
            % {"last": last},
        )
    return Found(_("after %s") % last)


def _bound(look: Any, stage: str) -> Any:
    return lambda dossier, on, said: look(dossier, on, said, stage=stage)


IN_ORDER: dict[str, list[Guard[Dossier]]] = {
    stage: [
        Guard(stage, "admission_in_order", gettext_lazy("Steps in order"), _bound(_in_order, stage)),
        Guard(stage, "admission_dates_rise", gettext_lazy("Dates rise"), _bound(_rising, stage)),
    ]
    for stage in STAGES
}
