"""The verbs of invitations: make, renew, withdraw, take up."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qingce.foundation.accounts.actions import change_phone
from qingce.foundation.accounts.models import User
from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.privacy.fields import digest
from qingce.foundation.refusals import Refused
from qingce.league.access.appointing import give_post, may_give
from qingce.league.access.duties import keep_apart
from qingce.league.access.models import Invitation
from qingce.league.access.reach import Reach
from qingce.league.access.roles import roles
from qingce.league.organisations.models import Membership, Post, Unit
from qingce.league.people.models import Person

if TYPE_CHECKING:
    from django.db.models import QuerySet

VALID = dt.timedelta(days=20)
DIGITS = 8


@telling()
def invite(
    *,
    unit: Unit,
    name: str,
    role: str,
    since: dt.date,
    until: dt.date | None = None,
    title: str = "",
    phone: str = "",
    batch: str = "",
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> tuple[Invitation, str]:
    """An invitation and its code, which is shown this once.

    Refused when the role is not one that `by` may give at `unit`, or when the person has an account.
    """
    if by is not None:
        may_give(Reach(by, on=today), "account.invite", role, unit)
    person = _person_called(name, unit, on=today)
    if person.user_id is not None:
        raise Refused(_("%s signs in already; give the post on the page of posts.") % name)
    keep_apart(person, role, since, until)
    code, mark = _fresh_code()
    invitation = Invitation.objects.create(
        code_digest=mark,
        person=person,
        unit=unit,
        role=role,
        title=title,
        phone=phone,
        since=since,
        until=until,
        batch=batch,
        made_by=by,
        made_at=now,
        expires_at=now + VALID,
    )
    tell(Told.INVITATION_MADE, by=by, about=str(invitation), reference=unit.code)
    return invitation, code


@telling()
def renew(invitations: Iterable[Invitation], *, by: User, now: dt.datetime) -> list[tuple[Invitation, str]]:
    """A new code for each, valid from now; the codes made before open nothing any more."""
    renewed = []
    for invitation in invitations:
        _still_open(invitation)
        code, invitation.code_digest = _fresh_code()
        invitation.expires_at = now + VALID
        invitation.save(update_fields=["code_digest", "expires_at"])
        tell(Told.INVITATION_RENEWED, by=by, about=str(invitation), reference=invitation.unit.code)
        renewed.append((invitation, code))
    return renewed


@telling()
def withdraw(invitation: Invitation, *, by: User, now: dt.datetime) -> None:
    """From now on the code opens nothing."""
    _still_open(invitation)
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    tell(Told.INVITATION_WITHDRAWN, by=by, about=str(invitation), reference=invitation.unit.code)


def found_by_code(code: str, *, now: dt.datetime) -> Invitation:
    """The open invitation that `code` opens; one sentence for every reason why there is none."""
    known = usable(now=now).filter(code_digest=digest(code)).select_related("person", "unit").first()
    if known is None:
        raise Refused(
            _("This code opens nothing: it is mistyped, used, or older than 20 days. Ask for a new one.")
        )
    return known


@telling()
def take_up(
    invitation: Invitation, *, username: str, password: str, phone: str = "", now: dt.datetime
) -> User:
    """Open the account that the invitation is for, and give the post to its owner."""
    user = User(username=username, name=invitation.person.name)
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages)) from None
    # Taken with the row's own state, so that two at once cannot both use the code.
    if not usable(now=now).filter(pk=invitation.pk).update(used_at=now):
        raise Refused(_("This invitation has been used or withdrawn. Ask for a new one."))
    user.set_password(password)
    user.save()
    _hand_over(invitation.person, user)
    if phone:
        change_phone(user, phone)
    _give_post_of(invitation)
    tell(Told.INVITATION_TAKEN_UP, by=user, about=str(invitation), reference=invitation.unit.code)
    return user


def usable(*, now: dt.datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)


def _still_open(invitation: Invitation) -> None:
    if invitation.used_at or invitation.withdrawn_at:
        raise Refused(_("This invitation has been used or withdrawn. Ask for a new one."))


def _fresh_code() -> tuple[str, str]:
    """A code that no other invitation has, and its digest."""
    while True:
        code = str(secrets.randbelow(10**DIGITS)).zfill(DIGITS)
        mark = digest(code)
        if not Invitation.objects.filter(code_digest=mark).exists():
            return code, mark


def _person_called(name: str, unit: Unit, *, on: dt.date) -> Person:
    """The one officer or member of `unit` called so, else a new person."""
    officers = set(Post.objects.on(on).filter(unit=unit, person__name=name).values_list("person", flat=True))
    members = Membership.objects.on(on).filter(unit=unit, person__name=name).values_list("person", flat=True)
    known = officers or set(members)
    if len(known) > 1:
        raise Refused(
            _("Several persons of %(unit)s are called %(name)s; enter the post by the sheet of officers.")
            % {"unit": unit, "name": name}
        )
    return Person.objects.get(pk=known.pop()) if known else Person.objects.create(name=name)


def _hand_over(person: Person, user: User) -> None:
    if person.user_id is not None:
        raise Refused(_("%s signs in already; give the post on the page of posts.") % person.name)
    person.user = user
    person.save(update_fields=["user"])


def _give_post_of(invitation: Invitation) -> None:
    """The post that the invitation names, unless its owner holds it already."""
    held = Post.objects.on(invitation.since).filter(
        person=invitation.person, unit=invitation.unit, role=invitation.role
    )
    if not held.exists():
        give_post(
            invitation.person,
            invitation.unit,
            invitation.role,
            since=invitation.since,
            until=invitation.until,
            title=invitation.title or roles()[invitation.role].label,
            by=invitation.made_by,
        )
