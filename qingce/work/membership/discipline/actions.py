"""The verbs of a matter: proposed, heard, decided by the branch meeting, approved above.

Penalties, lapse, resignation and removal walk the same way; only what follows from approval differs:
rights suspended for a time, a post ended, a membership ended.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.dates import months_after
from qingce.foundation.refusals import Refused
from qingce.league.access.roles import roles
from qingce.league.organisations.models import Membership, Post, Unit
from qingce.league.organisations.stays import end_stay, stay_of
from qingce.league.rules import demand, ruling
from qingce.league.standing.eligibility import hindrances, restrict
from qingce.league.standing.models import Bar
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from qingce.ledger.records import actions as ledger
from qingce.ledger.records.models import State
from qingce.work.membership.discipline.penalties import Penalty, penalties
from qingce.work.membership.models import Ground, Matter, MemberCase
from qingce.work.membership.stepping import demand_another, demand_stage, new_case, reach_stage
from qingce.work.membership.tying import tie

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@dataclass(frozen=True)
class Proposal:
    """What the meeting is asked to decide."""

    grounds: str
    penalty: str = ""
    months: int | None = None
    ground: str = ""  # what was left undone, when a membership lapses
    since: dt.date | None = None


def matter_kinds() -> list[Kind]:
    return [kind for kind in taxonomy().with_part("matter") if not kind.retired]


@telling()
def propose(stay: Membership, kind: Kind, said: Proposal, *, on: dt.date, by: User) -> MemberCase:
    """Put the matter to the branch meeting; a resignation begins with the written application."""
    check(stay, kind, said, on=on)
    case = new_case(kind, stay.person, stay.unit, on=on, reason=said.grounds.strip()[:80])
    ledger.enter(case, by=by)
    Matter.objects.create(
        member_case=case,
        penalty=said.penalty,
        months=said.months,
        ground=said.ground,
        since=said.since,
        grounds=said.grounds.strip(),
    )
    told = Told.MATTER_PROPOSED
    return reach_stage(case, kind.stages[0], on=on, told=told, by=by, state=State.SUBMITTED)


@telling()
def hear(case: MemberCase, words: str, *, on: dt.date, by: User) -> MemberCase:
    """The person was heard; what was said is kept, also that nothing was said."""
    demand_stage(case, case.kind_of_work.stages[0])
    if "heard" not in case.kind_of_work.stages:
        raise Refused(_("Who asks to leave has been heard by that; go on to the meeting."))
    if not words.strip():
        raise Refused(_("Write down what the person said; “no objection” is an answer too."))
    case.matter.heard = words.strip()[:300]
    case.matter.save(update_fields=["heard"])
    return reach_stage(case, "heard", on=on, told=Told.MATTER_HEARD, by=by)


@telling()
def vote(
    case: MemberCase,
    *,
    present: int,
    in_favour: int,
    on: dt.date,
    by: User,
    warnings: list[str] | None = None,
) -> MemberCase:
    """The meeting has decided; those entitled are known from the register."""
    stages = case.kind_of_work.stages
    heard = "heard" not in stages or case.stage == "heard"
    sentence = _("The person has not been heard yet; nobody is judged unheard.")
    demand(heard, "matter_heard", sentence, on=on, unit=case.unit)
    demand_stage(case, stages[stages.index("voted") - 1])
    entitled = entitled_to_vote(case, on=on)
    check_count(entitled, present, in_favour)
    check_shares(case.unit, entitled, present, in_favour, on=on, warnings=warnings)
    matter = case.matter
    matter.entitled, matter.present, matter.in_favour = entitled, present, in_favour
    matter.save(update_fields=["entitled", "present", "in_favour"])
    return reach_stage(case, "voted", on=on, told=Told.MATTER_VOTED, by=by)


@telling()
def approve(case: MemberCase, *, county: bool, document: str, on: dt.date, by: User) -> MemberCase:
    """The body above approves; what follows, follows from this day. `county`: approved at county level."""
    demand_stage(case, "voted")
    demand_another(case, by)
    penalty = case.matter.penalty_of_catalogue
    if penalty is not None and penalty.expels:
        sentence = _("An expulsion is approved by the county committee or a committee it authorises.")
        code = "expulsion_by_basic_committee"
        allowed = county or ruling(code, on=on, unit=case.unit).value is True
        demand(allowed, code, sentence, on=on, unit=case.unit)
    case.document_number = document.strip()
    MemberCase.objects.filter(pk=case.pk).update(document_number=case.document_number)
    if penalty is not None:
        _punish(case, penalty, on, by)
    if "leaving" in case.kind_of_work.parts or (penalty is not None and penalty.expels):
        _let_go(case, on, by)
    return reach_stage(case, "approved", on=on, told=Told.MATTER_APPROVED, by=by, state=State.CONFIRMED)


@telling()
def refuse(case: MemberCase, *, because: str, on: dt.date, by: User) -> MemberCase:
    """The body above does not approve; nothing follows from the matter."""
    demand_stage(case, "voted")
    if not because.strip():
        raise Refused(_("Please give the reason: it is kept with the record."))
    case.matter.opinion = because.strip()[:200]
    case.matter.save(update_fields=["opinion"])
    told = Told.MATTER_RETURNED
    return reach_stage(case, "not_approved", on=on, told=told, by=by, state=State.CONFIRMED, because=because)


def check(stay: Membership, kind: Kind, said: Proposal, *, on: dt.date) -> None:
    """The guards of a matter before it is put to the meeting."""
    if not stay.is_in_force(on):
        raise Refused(_("%(person)s is not a member here on %(day)s.") % {"person": stay.person, "day": on})
    if not said.grounds.strip():
        raise Refused(_("Write down the grounds: the meeting decides on them."))
    open_ones = MemberCase.objects.filter(person=stay.person, kind=kind.code, matter__isnull=False)
    if held := open_ones.filter(state=State.SUBMITTED).first():
        raise Refused(_("%(case)s is under way already: %(number)s.") % {"case": held, "number": held.number})
    if "penalty" in kind.parts:
        _check_penalty(stay, said, on)
    if "lapse" in kind.parts:
        since = said.since and max(said.since, stay.since)
        check_lapse(stay.person, said.ground, since, stay.unit, on=on)


def _check_penalty(stay: Membership, said: Proposal, on: dt.date) -> None:
    penalty = penalties().get(said.penalty)
    if penalty is None:
        raise Refused(_("“%s” is not a penalty of the catalogue.") % said.penalty)
    lengths = penalty.lengths(on=on, unit=stay.unit)
    if lengths and said.months not in lengths:
        choices = "、".join(map(str, lengths))
        sentence = _("“%(penalty)s” lasts %(months)s months.") % {"penalty": penalty, "months": choices}
        raise Refused(ruling(penalty.months, on=on, unit=stay.unit).refusal(sentence))


def check_lapse(
    person: object,
    ground: str,
    since: dt.date | None,
    unit: Unit,
    *,
    on: dt.date,
    warnings: list[str] | None = None,
) -> None:
    """Refuse a lapse before the months are over; sheets ask the same."""
    if ground not in Ground.values or since is None:
        raise Refused(_("Say what was left undone, and since when."))
    least = ruling("lapse_months", on=on, unit=unit)
    reached = least.holds and least.after(since) <= on
    sentence = _("%(person)s has left it undone since %(day)s only.") % {"person": person, "day": since}
    demand(reached, "lapse_months", sentence, on=on, unit=unit, warnings=warnings)


def entitled_to_vote(case: MemberCase, *, on: dt.date) -> int:
    """Members of the branch on the day, without those whose vote is suspended."""
    members = list(Membership.objects.on(on).filter(unit=case.unit).values_list("person", flat=True))
    return len(members) - len(hindrances(members, for_=Bar.VOTE, on=on))


def check_count(entitled: int, present: int, in_favour: int) -> None:
    """Refuse votes that cannot be; sheets ask the same."""
    if present > entitled:
        raise Refused(
            _("%(present)d present are more than the %(entitled)d entitled to vote.")
            % {"present": present, "entitled": entitled}
        )
    if in_favour > present:
        raise Refused(_("More voted in favour than were present; check both numbers."))


def check_shares(
    unit: Unit,
    entitled: int,
    present: int,
    in_favour: int,
    *,
    on: dt.date,
    warnings: list[str] | None = None,
) -> None:
    """Whether enough were present and in favour; sheets ask the same."""
    attended = Fraction(present, entitled) if entitled else Fraction(0)
    code = "branch_meeting_present_share"
    sentence = _("%(present)d of %(entitled)d were present.") % {"present": present, "entitled": entitled}
    said = ruling(code, on=on, unit=unit)
    demand(said.allows(attended), code, sentence, on=on, unit=unit, warnings=warnings)
    favoured = Fraction(in_favour, present) if present else Fraction(0)
    code = "matter_favour_share"
    sentence = _("%(favour)d of %(present)d were in favour.") % {"favour": in_favour, "present": present}
    said = ruling(code, on=on, unit=unit)
    demand(said.allows(favoured), code, sentence, on=on, unit=unit, warnings=warnings)


def _punish(case: MemberCase, penalty: Penalty, on: dt.date, by: User) -> None:
    if penalty.bars and case.matter.months:
        restrict(
            case.person,
            case.unit,
            penalty.bars,
            since=on,
            until=months_after(on, case.matter.months),
            because=penalty.label,
            binding=penalty.is_settled(on=on, unit=case.unit),
            record=case.number,
            by=by,
        )
    if penalty.takes_post:
        _end_posts(case, on, by)


def _end_posts(case: MemberCase, on: dt.date, by: User) -> None:
    """Posts in the League end; duties of looking after the system are no such posts."""
    Membership.objects.on(on).filter(person=case.person).update(duty="")
    for post in Post.objects.on(on).filter(person=case.person, since__lt=on).select_related("unit"):
        if post.role in roles() and roles()[post.role].duty:
            continue
        post.until = on
        post.save(update_fields=["until"])
        about = f"{post.person.name} · {post.unit} · {post.title or post.role}"
        tell(Told.POST_ENDED, by=by, about=about, reference=post.unit.code, details={"on": str(on)})


def _let_go(case: MemberCase, on: dt.date, by: User) -> None:
    stay = stay_of(case.person, on=on)
    if stay is None:
        raise Refused(_("%s is not a member any more.") % case.person)
    penalty = case.matter.penalty_of_catalogue
    because = penalty.label if penalty else case.kind_of_work.label
    tie(case, ended=end_stay(stay, on=on, because=because, by=by))
