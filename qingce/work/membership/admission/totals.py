"""What the guards count over a whole admission: lessons online, places of the quota, steps, notices."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from django.utils.translation import gettext as _

from qingce.league.rules import Ruling
from qingce.work.membership.admission.dossier import Dossier
from qingce.work.membership.guarding import Found

AS_ONE = ("sworn", "archived")  # the oath and the archive are one of the ten steps
# Rules behind the six musts, as this system reads them; places list them differently.
MUSTS = (
    "admission_age_least",
    "admission_training_months_least",
    "admission_lesson_hours_least",
    "admission_sponsors",
    "admission_vote_favour_share",
    "admission_notice_days_least",
)


def learnt_online(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    """Asked only where it was written down: nobody is asked for it any more."""
    if dossier.online_percent is None:
        return None
    told = f"{dossier.online_percent}%"
    kept = said.allows(Fraction(dossier.online_percent, 100))
    return Found(told, "" if kept else _("Fewer online lessons than were demanded then (%s).") % told)


def within_quota(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    if dossier.quota_used is None:
        return None
    used, places = dossier.quota_used
    told = f"{used}/{places}"
    sentence = _("With this number %(used)d are given of %(places)d places; ask the body above for more.")
    kept = said.allows(Fraction(used, places))
    return Found(told, "" if kept else sentence % {"used": used, "places": places})


def steps_taken(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    taken = {*dossier.steps, "archived"}
    number = len(taken - set(AS_ONE)) + 1
    sentence = _("%d steps are on record; a step is missing.") % number
    return Found(str(number), "" if said.allows(number) else sentence)


def notices_hung(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    number = len(dossier.notices)
    sentence = _("Only %d public notices are on record: of the activist, the target and the new member.")
    return Found(str(number), "" if said.allows(number) else sentence % number)
