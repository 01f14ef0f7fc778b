"""The verbs of posts: appoint, end, name somebody who stands in, and give a one-time password."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.foundation.accounts.actions import reset_password
from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.dates import overlapping
from qingce.foundation.refusals import Refused
from qingce.league.access.duties import keep_apart
from qingce.league.access.models import StandIn
from qingce.league.access.reach import Reach
from qingce.league.access.roles import roles
from qingce.league.organisations.models import Post, Unit
from qingce.league.people.models import Person

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

EVER = dt.date.max


@telling()
def appoint(
    person: Person,
    unit: Unit,
    role: str,
    *,
    since: dt.date,
    until: dt.date | None = None,
    title: str = "",
    by: User,
    today: dt.date,
) -> Post:
    """`person` holds `role` at `unit` from `since` until the day before `until`.

    Refused when the catalogue does not let `by` give this role there, when the post is held already,
    or when it would put two duties into one hand.
    """
    may_give(Reach(by, on=today), "post.appoint", role, unit)
    return give_post(person, unit, role, since=since, until=until, title=title, by=by)


def may_give(reach: Reach, permission: str, role: str, unit: Unit) -> None:
    """Refuse when `role` is not one that the reader may give at `unit`."""
    if not reach.may_appoint(permission, role, unit):
        raise Refused(
            _("“%(role)s” at %(unit)s is not yours to give; ask the body above.")
            % {"role": roles()[role], "unit": unit}
        )


def give_post(
    person: Person,
    unit: Unit,
    role: str,
    *,
    since: dt.date,
    until: dt.date | None,
    title: str,
    by: User | None,
) -> Post:
    """Enter the post itself; whoever calls has asked whether it may be given."""
    if until is not None and until <= since:
        raise Refused(_("The post ends before it begins; check both days."))
    same = Post.objects.filter(person=person, unit=unit, role=role)
    if same.filter(overlapping(since, (until or EVER) - dt.timedelta(days=1))).exists():
        raise Refused(_("%s holds this post in that time already.") % person.name)
    keep_apart(person, role, since, until)
    post = Post.objects.create(
        person=person, unit=unit, role=role, title=title or roles()[role].label, since=since, until=until
    )
    tell(Told.POST_GIVEN, by=by, about=in_words(post), reference=unit.code, details=_dates(since, until))
    return post


@telling()
def end_post(post: Post, *, on: dt.date, by: User, today: dt.date) -> Post:
    """From `on` the post is over, and with it everything it opened; nothing else has to be done."""
    may_give(Reach(by, on=today), "post.appoint", post.role, post.unit)
    if on <= post.since:
        raise Refused(_("A post ends later than it began, on %s.") % post.since)
    if post.until is not None and post.until <= on:
        raise Refused(_("This post is over already, since %s.") % post.until)
    post.until = on
    post.save(update_fields=["until"])
    tell(Told.POST_ENDED, by=by, about=in_words(post), reference=post.unit.code, details={"on": str(on)})
    return post


@telling()
def name_stand_in(
    post: Post,
    person: Person,
    *,
    since: dt.date,
    until: dt.date,
    because: str,
    by: User,
    today: dt.date,
) -> StandIn:
    """`person` may do what `post` may do, from `since` until the day before `until`."""
    may_give(Reach(by, on=today), "post.appoint", post.role, post.unit)
    if until <= since:
        raise Refused(_("The last day must be later than the first."))
    if since < post.since or (post.until is not None and until > post.until):
        raise Refused(_("The post itself is not held on all of these days."))
    if person.pk == post.person_id:
        raise Refused(_("Nobody stands in for himself or herself; name somebody else."))
    keep_apart(person, post.role, since, until)
    stand_in = StandIn.objects.create(post=post, person=person, since=since, until=until, because=because)
    details = _dates(since, until) | {"because": because}
    about = f"{person.name} → {in_words(post)}"
    tell(Told.STAND_IN_NAMED, by=by, about=about, reference=post.unit.code, details=details)
    return stand_in


@telling()
def end_stand_in(stand_in: StandIn, *, on: dt.date, by: User) -> None:
    """From `on` the post's holder acts alone again; one that had not begun never began."""
    post = stand_in.post
    if on <= stand_in.since:
        stand_in.delete()
    else:
        stand_in.until = min(on, stand_in.until)
        stand_in.save(update_fields=["until"])
    about = f"{stand_in.person.name} → {in_words(post)}"
    tell(Told.STAND_IN_ENDED, by=by, about=about, reference=post.unit.code, details={"on": str(on)})


def give_one_time_password(post: Post, *, by: User, today: dt.date) -> str:
    """A one-time password for the account of the post's holder.

    Refused when the holder also has a post beyond the reach of `by`: who resets a password could
    sign in with it.
    """
    user = post.person.user
    if user is None:
        raise Refused(_("%s has no account yet; make an invitation instead.") % post.person.name)
    if user == by:
        raise Refused(_("Change your own password on the page of your account."))
    mine = Reach(by, on=today)
    theirs = Reach(user, on=today)
    if any(not mine.holds_at("account.reset", held.path) for held in theirs.holdings):
        raise Refused(_("%s holds a post beyond your units too; ask the body above.") % post.person.name)
    return reset_password(user, by=by)


def in_words(post: Post) -> str:
    return f"{post.person.name} · {post.unit} · {post.title or roles()[post.role]}"


def _dates(since: dt.date, until: dt.date | None) -> dict[str, str]:
    return {"since": str(since), "until": str(until or "")}
