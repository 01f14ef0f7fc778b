"""The guards from the approval to the archive: decided together, in time, filed, kept."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.league.rules import Ruling, ruling
from qingce.work.membership.admission import totals
from qingce.work.membership.admission.dossier import (
    MEMBER_NOTICE,
    NOTICE_RULES,
    Dossier,
)
from qingce.work.membership.admission.guards.judging import GUARDS, guard
from qingce.work.membership.admission.guards.notices import hung_long
from qingce.work.membership.admission.guards.saying import part_of
from qingce.work.membership.guarding import Found, Guard


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
    return hung_long(dossier, MEMBER_NOTICE, said)


guard("archived", "admission_steps", gettext_lazy("Ten steps"))(totals.steps_taken)
guard("archived", "admission_notices", gettext_lazy("Three notices"))(totals.notices_hung)


@guard("archived", "admission_musts", gettext_lazy("Six musts"))
def _musts(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    kept = [code for code in totals.MUSTS if _is_kept(dossier, code)]
    told = part_of(len(kept), len(totals.MUSTS))
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
