"""The guards of an admission (发展团员), stage by stage: domain of the League's rules of August 2023.

Each guard looks at the dossier on the day of the step; the dated rule says what it asks on that day
and whether it refuses or warns.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.dates import age
from qingce.league.rules import Ruling, ruling
from qingce.work.membership.admission import totals
from qingce.work.membership.admission.dossier import (
    ACTIVIST_NOTICE,
    MEMBER_NOTICE,
    NOTICE_RULES,
    STAGES,
    TARGET_NOTICE,
    Dossier,
)
from qingce.work.membership.admission.models import Decider
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
    return _given(dossier.talked_by, _("Enter who talked with the applicant."))


@guard("activist", "admission_recommended", gettext_lazy("Recommended"))
def _recommended(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return _given(dossier.recommended_by, _("Say whether the Pioneers or members recommended the applicant."))


@guard("activist", "admission_activist_decided", gettext_lazy("Decided by the branch"))
def _decided(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    said_by = _word(Decider, dossier.decided_by)
    return _given(said_by, _("Say whether the branch committee or the branch meeting decided."))


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
    return _hung_long(dossier, ACTIVIST_NOTICE, said)


@guard("in_training", "admission_objections_settled", gettext_lazy("Objections to the activist"))
def _activist_objections(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    return _objections(dossier, ACTIVIST_NOTICE)


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


@guard("in_training", "admission_mentors_least", gettext_lazy("Mentors"))
def _enough_mentors(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return _numbered(len(dossier.mentors), said, _("Name the mentor, a member in good standing."))


@guard("in_training", "admission_mentors_most", gettext_lazy("Not too many mentors"))
def _not_too_many_mentors(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return _numbered(len(dossier.mentors), said, _("Too many mentors; name fewer."))


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
    told = _("%s hours attended") % _plain(hours)
    if said.allows(hours):
        return Found(told)
    return Found(
        told,
        _(
            "By the attendance of League lessons %(hours)s hours are reached until %(day)s; "
            "record the attendance of the lessons, or the papers of the former school."
        )
        % {"hours": _plain(hours), "day": on},
    )


@guard("target", "admission_mentor_talks_least", gettext_lazy("Talks with a mentor"))
def _mentor_talks(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return _numbered(dossier.mentor_talks or 0, said, _("Fewer talks with a mentor than asked here."))


@guard("target", "admission_volunteer_hours_least", gettext_lazy("Volunteer hours"))
def _volunteered(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    if ruling("admission_hours_threshold_forbidden", on=on, unit=dossier.unit).holds:
        return None  # whatever a body ordered: hours are no threshold any more
    return _numbered(
        dossier.volunteer_hours(until=on), said, _("Fewer volunteer hours than were demanded then.")
    )


guard("target", "admission_online_lessons_share", gettext_lazy("Online lessons"))(totals.learnt_online)


@guard("target", "admission_hours_threshold_forbidden", gettext_lazy("Volunteer hours"))
def _no_threshold(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return Found(_("not asked: no threshold of hours is allowed"))


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
    return _hung_long(dossier, TARGET_NOTICE, said)


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
    return _objections(dossier, TARGET_NOTICE)


@guard("voted", "admission_objections_settled", gettext_lazy("Objections to the target"))
def _target_objections_still(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    return _objections(dossier, TARGET_NOTICE)


@guard("approved", "admission_objections_settled", gettext_lazy("Objections to the target"))
def _target_objections_to_the_end(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    return _objections(dossier, TARGET_NOTICE)


@guard("form_filled", "development_number_required", gettext_lazy("Development number"))
def _numbered_at_all(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return _given(dossier.number, _("Allot a development number; the next free one is offered."))


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
    return _numbered(len(different), said, _("Name two different members as sponsors, not the applicant."))


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


@guard("voted", "admission_votes_add_up", gettext_lazy("Votes add up"))
def _adds_up(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    vote = dossier.vote
    if vote is None:
        return Found(_("no vote"), _("Enter the vote: entitled, present, ballots returned, in favour."))
    if 0 <= vote.in_favour <= vote.ballots <= vote.present <= vote.entitled and vote.entitled:
        return Found(_told(vote.in_favour, vote.entitled))
    return Found(
        _told(vote.in_favour, vote.entitled),
        _("The votes do not add up: in favour ≤ ballots ≤ present ≤ entitled; count again."),
    )


@guard("voted", "admission_vote_present_share", gettext_lazy("Quorum"))
def _quorate(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    vote = dossier.vote
    if vote is None or not vote.entitled:
        return None
    told = _told(vote.present, vote.entitled)
    if said.allows(Fraction(vote.present, vote.entitled)):
        return Found(told)
    return Found(
        told,
        _("Only %(present)d of %(entitled)d entitled were present; the meeting could not decide.")
        % {"present": vote.present, "entitled": vote.entitled},
    )


@guard("voted", "admission_vote_favour_share", gettext_lazy("In favour"))
def _in_favour(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    """At the least of those present; of those entitled by the rule that names the base."""
    vote = dossier.vote
    return _share_in_favour(vote.in_favour, vote.present, said) if vote and vote.present else None


@guard("voted", "admission_vote_base_entitled", gettext_lazy("In favour, of those entitled"))
def _in_favour_of_entitled(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    vote = dossier.vote
    if vote is None or not vote.entitled or not said.value:
        return None
    least = ruling("admission_vote_favour_share", on=on, unit=dossier.unit)
    if vote.present and not least.allows(Fraction(vote.in_favour, vote.present)):
        return None  # refused already
    return _share_in_favour(vote.in_favour, vote.entitled, least)


def _share_in_favour(votes: int, base: int, said: Ruling) -> Found:
    if said.allows(Fraction(votes, base)):
        return Found(_told(votes, base))
    return Found(
        _told(votes, base),
        _("%(votes)d of %(base)d in favour are not more than %(least)s; the application is not accepted.")
        % {"votes": votes, "base": base, "least": said.shown},
    )


@guard("voted", "admission_secret_ballot", gettext_lazy("Secret ballot"))
def _secret(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    if dossier.vote is None:
        return None
    return Found(
        _("yes") if dossier.vote.secret else _("no"),
        "" if dossier.vote.secret else _("The vote was not secret; it must be repeated by secret ballot."),
    )


@guard("approved", "admission_approved_collectively", gettext_lazy("Decided together"))
def _together(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    return Found(
        _("yes") if dossier.collectively else _("no"),
        ""
        if dossier.collectively
        else _("The basic committee decides together in a meeting; nobody approves alone."),
    )


@guard("approved", "admission_approval_months_most", gettext_lazy("Approved in time"))
def _approved_in_time(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    voted = dossier.steps.get("voted")
    if voted is None:
        return None
    due = said.after(voted)
    sentence = _("The approval was due by %(due)s and came on %(day)s.") % {"due": due, "day": on}
    return Found(_("by %s") % due, sentence if on > due else "")


@guard("sworn", "admission_filed_with_county", gettext_lazy("Filed with the county"))
def _county_filed(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    filed, approved = dossier.county_filed_on, dossier.steps.get("approved")
    if filed is None:
        return Found(_("not filed"), _("The approval is not filed with the county yet; enter the day."))
    if (approved and filed < approved) or filed > on:
        return Found(str(filed), _("The filing on %s does not fit the approval and the oath.") % filed)
    return Found(str(filed))


@guard("archived", "admission_form_archived", gettext_lazy("Form and national system"))
def _archived(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    if dossier.form_kept_at and dossier.entered_on and dossier.entered_on <= on:
        return Found(f"{dossier.form_kept_at} · {dossier.entered_on}")
    return Found(
        dossier.form_kept_at or "—",
        _("Enter where the joining form is kept and the day on which the national system was filled in."),
    )


@guard("archived", NOTICE_RULES[MEMBER_NOTICE], gettext_lazy("Notice of the new member"))
def _member_noticed(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    if MEMBER_NOTICE not in dossier.notices:
        return Found(_("no notice"), _("The new member was not put on public notice, as is usual here."))
    return _hung_long(dossier, MEMBER_NOTICE, said)


guard("archived", "admission_steps", gettext_lazy("Ten steps"))(totals.steps_taken)
guard("archived", "admission_notices", gettext_lazy("Three notices"))(totals.notices_hung)


@guard("archived", "admission_musts", gettext_lazy("Six musts"))
def _musts(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    kept = [code for code in totals.MUSTS if _is_kept(dossier, code)]
    told = _told(len(kept), len(totals.MUSTS))
    sentence = _("Of the six musts %d are kept: age, training, lessons, sponsors, vote, notice.")
    return Found(told, "" if said.allows(len(kept)) else sentence % len(kept))


def _is_kept(dossier: Dossier, code: str) -> bool:
    """Whether the guards of a rule were met, each on the day of its own step."""
    asked = [one for one in GUARDS if one.rule == code and one.stage in dossier.steps]
    looks = [_looked(one, dossier) for one in asked]
    return all(found is None or not found.sentence for found in looks)


def _looked(one: Guard[Dossier], dossier: Dossier) -> Found | None:
    on = dossier.steps[one.stage]
    said = ruling(one.rule, on=on, unit=dossier.unit)
    return one.look(dossier, on, said) if said.holds else None


def _hung_long(dossier: Dossier, purpose: str, said: Ruling) -> Found | None:
    """Judged by the rule of the notice's own first day, which may be older than the step."""
    hung = dossier.notices.get(purpose)
    if hung is None:
        return None
    told = _("%(days)d working days, %(first)s to %(last)s") % {
        "days": hung.working_days,
        "first": hung.opens_on,
        "last": hung.closes_on,
    }
    if said.allows(hung.working_days):
        return Found(told)
    return Found(told, _("The notice hung only %d working days; put it up anew.") % hung.working_days)


def _objections(dossier: Dossier, purpose: str) -> Found | None:
    hung = dossier.notices.get(purpose)
    if hung is None:
        return None
    if hung.upheld:
        return Found(_("upheld"), _("An objection to the notice was upheld; the admission ends here."))
    if hung.open_objections:
        return Found(
            _("%d open") % hung.open_objections,
            _("An objection is not settled yet; say on the page of the notice what was found."),
        )
    return Found(_("none open"))


def _word(choices: type[TextChoices], code: str) -> str:
    return str(choices(code).label) if code in choices.values else ""


def _given(said: object, sentence: str) -> Found:
    return Found(said or "—", "" if said else sentence)


def _numbered(figure: object, said: Ruling, sentence: str) -> Found:
    return Found(_plain(figure), "" if said.allows(figure) else f"{sentence} ({_plain(figure)})")


def _plain(figure: object) -> str:
    text = str(figure)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _told(part: int, whole: int) -> str:
    return f"{part}/{whole}"
