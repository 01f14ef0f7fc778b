"""The guards of the branch meeting: the votes add up, the quorum, the majority, the secret ballot."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.league.rules import Ruling, ruling
from qingce.work.membership.admission.dossier import (
    Dossier,
)
from qingce.work.membership.admission.guards.judging import guard
from qingce.work.membership.admission.guards.saying import part_of
from qingce.work.membership.guarding import Found


@guard("voted", "admission_votes_add_up", gettext_lazy("Votes add up"))
def _adds_up(dossier: Dossier, on: dt.date, said: Ruling) -> Found:
    vote = dossier.vote
    if vote is None:
        return Found(_("no vote"), _("Enter the vote: entitled, present, ballots returned, in favour."))
    if 0 <= vote.in_favour <= vote.ballots <= vote.present <= vote.entitled and vote.entitled:
        return Found(part_of(vote.in_favour, vote.entitled))
    return Found(
        part_of(vote.in_favour, vote.entitled),
        _("The votes do not add up: in favour ≤ ballots ≤ present ≤ entitled; count again."),
    )


@guard("voted", "admission_vote_present_share", gettext_lazy("Quorum"))
def _quorate(dossier: Dossier, on: dt.date, said: Ruling) -> Found | None:
    vote = dossier.vote
    if vote is None or not vote.entitled:
        return None
    told = part_of(vote.present, vote.entitled)
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
        return Found(part_of(votes, base))
    return Found(
        part_of(votes, base),
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
