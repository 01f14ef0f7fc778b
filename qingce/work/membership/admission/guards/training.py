"""The guards of the time as an activist: mentors, months, lessons, talks, volunteer hours."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.league.rules import Ruling, ruling
from qingce.work.membership.admission import totals
from qingce.work.membership.admission.dossier import (
    Dossier,
)
from qingce.work.membership.admission.guards.judging import guard
from qingce.work.membership.admission.guards.saying import numbered, plain
from qingce.work.membership.guarding import Found


@guard("in_training", "admission_mentors_least", gettext_lazy("Mentors"))
def _enough_mentors(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return numbered(len(dossier.mentors), said, _("Name the mentor, a member in good standing."))


@guard("in_training", "admission_mentors_most", gettext_lazy("Not too many mentors"))
def _not_too_many_mentors(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return numbered(len(dossier.mentors), said, _("Too many mentors; name fewer."))


@guard("in_training", "admission_sponsors_in_standing", gettext_lazy("Mentors in good standing"))
def _mentors_in_standing(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    problems = [one.problem for one in dossier.mentors if one.problem]
    return Found("、".join(one.name for one in dossier.mentors), " ".join(problems))


@guard("target", "admission_training_months_least", gettext_lazy("Length of training"))
def _trained_long(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    since = dossier.trained_since()
    if since is None:
        return None
    ripe = said.after(since)
    told = _("from %s") % since
    if on >= ripe:
        return Found(told)
    return Found(
        told,
        _("Training began on %(since)s and is long enough from %(ripe)s on; take this step then.")
        % {"since": since, "ripe": ripe},
    )


@guard("target", "admission_lesson_hours_least", gettext_lazy("League lessons"))
def _taught(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    hours = dossier.lesson_hours(until=on)
    told = _("%s hours attended") % plain(hours)
    if said.allows(hours):
        return Found(told)
    return Found(
        told,
        _(
            "By the attendance of League lessons %(hours)s hours are reached until %(day)s; "
            "record the attendance of the lessons, or the papers of the former school."
        )
        % {"hours": plain(hours), "day": on},
    )


@guard("target", "admission_mentor_talks_least", gettext_lazy("Talks with a mentor"))
def _mentor_talks(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return numbered(dossier.mentor_talks or 0, said, _("Fewer talks with a mentor than asked here."))


@guard("target", "admission_volunteer_hours_least", gettext_lazy("Volunteer hours"))
def _volunteered(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    if ruling("admission_hours_threshold_forbidden", on=on, unit=dossier.unit).holds:
        return None  # whatever a body ordered: hours are no threshold any more
    return numbered(
        dossier.volunteer_hours(until=on), said, _("Fewer volunteer hours than were demanded then.")
    )


guard("target", "admission_online_lessons_share", gettext_lazy("Online lessons"))(totals.learnt_online)


@guard("target", "admission_hours_threshold_forbidden", gettext_lazy("Volunteer hours"))
def _no_threshold(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return Found(_("not asked: no threshold of hours is allowed"))
