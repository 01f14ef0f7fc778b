"""The guards from the target to the joining form: pre-examination, notice, number, sponsors."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.league.rules import Ruling
from qingce.work.membership.admission import totals
from qingce.work.membership.admission.dossier import (
    NOTICE_RULES,
    TARGET_NOTICE,
    Dossier,
)
from qingce.work.membership.admission.guards.judging import guard
from qingce.work.membership.admission.guards.notices import hung_long, objections
from qingce.work.membership.admission.guards.saying import given, numbered
from qingce.work.membership.guarding import Found


@guard("noticed", "admission_pre_examined", gettext_lazy("Pre-examined in writing"))
def _pre_examined(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    day, target = dossier.pre_examined_on, dossier.steps.get("target")
    if day is None or not dossier.pre_examination:
        return Found(
            _("not examined"),
            _("The written pre-examination of the basic committee is missing; enter its day and its paper."),
        )
    if target is not None and day <= target:
        return Found(
            str(day),
            _("The pre-examination on %(day)s must come after the proposal on %(target)s.")
            % {"day": day, "target": target},
        )
    hung = dossier.notices.get(TARGET_NOTICE)
    if hung is not None and hung.opens_on <= day:
        return Found(
            str(day),
            _("The notice was put up on %(opened)s, before the pre-examination on %(day)s was done.")
            % {"opened": hung.opens_on, "day": day},
        )
    return Found(f"{day} {dossier.pre_examination}")


@guard("noticed", NOTICE_RULES[TARGET_NOTICE], gettext_lazy("Public notice"))
def _noticed(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    if TARGET_NOTICE not in dossier.notices:
        return Found(_("no notice"), _("No public notice of the target; put it up first."))
    return hung_long(dossier, TARGET_NOTICE, said)


@guard("noticed", "admission_in_order", gettext_lazy("Last day of the notice"))
def _on_the_last_day(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    hung = dossier.notices.get(TARGET_NOTICE)
    if hung is None or on >= hung.closes_on:
        return Found(str(hung.closes_on)) if hung else None
    return Found(
        str(hung.closes_on), _("The notice hangs until %s; this step is taken then.") % hung.closes_on
    )


@guard("form_filled", "admission_objections_settled", gettext_lazy("Objections to the target"))
def _target_objections(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    return objections(dossier, TARGET_NOTICE)


@guard("voted", "admission_objections_settled", gettext_lazy("Objections to the target"))
def _target_objections_still(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    return objections(dossier, TARGET_NOTICE)


@guard("approved", "admission_objections_settled", gettext_lazy("Objections to the target"))
def _target_objections_to_the_end(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    return objections(dossier, TARGET_NOTICE)


@guard("form_filled", "development_number_required", gettext_lazy("Development number"))
def _numbered_at_all(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return given(dossier.number, _("Allot a development number; the next free one is offered."))


@guard("form_filled", "development_number_year_matches", gettext_lazy("Form of the number"))
def _number_fits(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return Found(dossier.number or "—", dossier.number_problem, names_rule=True)


@guard("voted", "development_number_year_matches", gettext_lazy("Year of the number"))
def _number_still_fits(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return Found(dossier.number or "—", dossier.number_problem, names_rule=True)


@guard("form_filled", "admission_number_in_block", gettext_lazy("Number from the quota"))
def _number_in_block(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    return Found(dossier.number, dossier.block_problem) if dossier.number else None


guard("form_filled", "quota_used_share", gettext_lazy("Within the quota"))(totals.within_quota)


@guard("voted", "admission_sponsors", gettext_lazy("Sponsors"))
def _two_sponsors(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    different = {one.person for one in dossier.sponsors} - {dossier.person}
    return numbered(len(different), said, _("Name two different members as sponsors, not the applicant."))


@guard("voted", "admission_sponsors_in_standing", gettext_lazy("Sponsors in good standing"))
def _sponsors_in_standing(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    problems = [one.problem for one in dossier.sponsors if one.problem]
    return Found("、".join(one.name for one in dossier.sponsors), " ".join(problems))


@guard("voted", "admission_dates_rise", gettext_lazy("Dates on the form"))
def _form_dates_rise(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    wish, sponsored = dossier.steps.get("form_filled"), dossier.sponsored_on
    if sponsored is None:
        return Found(_("no day"), _("Enter the day on which the sponsors gave their opinions."))
    told = f"{wish} < {sponsored} < {on}"
    if (wish is None or wish < sponsored) and sponsored < on:
        return Found(told)
    return Found(
        told,
        _("On the form the wish, the sponsors' opinions (%(day)s) and the meeting follow day after day.")
        % {"day": sponsored},
    )


@guard("voted", "admission_sponsor_pairs", gettext_lazy("Pairs of sponsors"))
def _not_one_pair(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    if dossier.same_pair < SAME_PAIR_WARNS:
        return Found(_("%d others with the same two") % dossier.same_pair)
    return Found(
        _("%d others with the same two") % dossier.same_pair,
        _("The same two members sponsor %d others of this branch in the year; spread the sponsors.")
        % dossier.same_pair,
    )


SAME_PAIR_WARNS = 2  # others in the year; three alike are looked at
