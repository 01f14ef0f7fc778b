"""The guards from the application to the activist: age, talk, recommendation, decision, first notice."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.dates import age
from qingce.league.rules import Ruling
from qingce.work.membership.admission.dossier import (
    ACTIVIST_NOTICE,
    NOTICE_RULES,
    Dossier,
)
from qingce.work.membership.admission.guards.judging import guard
from qingce.work.membership.admission.guards.notices import hung_long, objections
from qingce.work.membership.admission.guards.saying import given, word
from qingce.work.membership.admission.models import Decider, Recommender
from qingce.work.membership.guarding import Found


@guard("applied", "admission_age_least", gettext_lazy("Old enough"))
def _old_enough(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return _aged(dossier, on, said)


@guard("applied", "admission_age_under", gettext_lazy("Not too old"))
def _not_too_old(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    if dossier.born_on is None:
        return None
    return _aged(dossier, on, said)


@guard("voted", "admission_age_under", gettext_lazy("Not too old"))
def _still_not_too_old(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return _aged(dossier, on, said)


def _aged(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    if dossier.born_on is None:
        return Found(_("unknown"), _("The date of birth is not known; enter it first."))
    years = age(dossier.born_on, on=on)
    if said.allows(years):
        return Found(_("%d years") % years)
    return Found(
        _("%d years") % years,
        _("The applicant is %(years)d years old on %(day)s; check the date of birth and the day.")
        % {"years": years, "day": on},
    )


@guard("applied", "admission_once", gettext_lazy("Applies once"))
def _once(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return Found(dossier.duplicate or _("nothing found by the ID number"), dossier.duplicate)


@guard("talked", "admission_talk_months_most", gettext_lazy("Talk in time"))
def _talked_in_time(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    applied = dossier.steps.get("applied")
    if applied is None:
        return None
    due = said.after(applied)
    if on <= due:
        return Found(_("by %s") % due)
    return Found(
        _("due by %s") % due,
        _("The talk was due by %(due)s and took place on %(day)s; this cannot be mended, it is noted.")
        % {"due": due, "day": on},
    )


@guard("talked", "admission_in_order", gettext_lazy("Who talked"))
def _somebody_talked(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return given(dossier.talked_by, _("Enter who talked with the applicant."))


@guard("activist", "admission_recommended", gettext_lazy("Recommended"))
def _recommended(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    said_by = word(Recommender, dossier.recommended_by)
    return given(said_by, _("Say whether the Pioneers or members recommended the applicant."))


@guard("activist", "admission_activist_decided", gettext_lazy("Decided by the branch"))
def _decided(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    said_by = word(Decider, dossier.decided_by)
    return given(said_by, _("Say whether the branch committee or the branch meeting decided."))


@guard("in_training", "admission_activist_noticed", gettext_lazy("Notice of the activist"))
def _activist_noticed(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    hung = dossier.notices.get(ACTIVIST_NOTICE)
    if hung is None:
        return Found(_("no notice"), _("No public notice of the activist; put it up first."))
    if not hung.is_over(on=on):
        return Found(
            str(hung.closes_on),
            _("The notice hangs until %s; the next step may fall on the day after.") % hung.closes_on,
        )
    return Found(_("%(first)s to %(last)s") % {"first": hung.opens_on, "last": hung.closes_on})


@guard("in_training", NOTICE_RULES[ACTIVIST_NOTICE], gettext_lazy("Days of that notice"))
def _activist_notice_long(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    return hung_long(dossier, ACTIVIST_NOTICE, said)


@guard("in_training", "admission_objections_settled", gettext_lazy("Objections to the activist"))
def _activist_objections(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    return objections(dossier, ACTIVIST_NOTICE)


@guard("in_training", "admission_activist_filed", gettext_lazy("Filed with the body above"))
def _activist_filed(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    if dossier.filed_on is None:
        return Found(_("not filed"), _("The activist is not filed with the body above; enter the day."))
    if dossier.filed_on > on:
        return Found(
            str(dossier.filed_on),
            _("The filing on %s comes after this step; compare both days.") % dossier.filed_on,
        )
    return Found(str(dossier.filed_on))
