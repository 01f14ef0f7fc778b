"""Finding posts, stand-ins and invitations within reach, for the doors; and people by their name."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from qingce.foundation.dates import in_force
from qingce.foundation.refusals import Refused
from qingce.league.access.models import Invitation, StandIn
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import Post, Unit
from qingce.league.people.models import Person


def post_within_reach(reach: Reach, *, pk: int) -> Post | None:
    post = Post.objects.select_related("person__user", "unit").filter(pk=pk).first()
    return post if post is not None and reach.covers(post) else None


def stand_in_within_reach(reach: Reach, *, pk: int) -> StandIn | None:
    found = StandIn.objects.select_related("person", "post__person", "post__unit").filter(pk=pk).first()
    return found if found is not None and reach.covers(found) else None


def invitation_within_reach(reach: Reach, *, pk: int) -> Invitation | None:
    found = Invitation.objects.select_related("person", "unit").filter(pk=pk).first()
    return found if found is not None and reach.covers(found) else None


def person_called(name: str, unit: Unit, reach: Reach) -> Person:
    """The officer or member called so: one of `unit` itself first, else one within reach.

    Refused when nobody or more than one person is called so.
    """
    for units in (Unit.objects.filter(pk=unit.pk), reach.units("post.appoint")):
        staying = in_force(reach.on, since="memberships__since", until="memberships__until")
        serving = in_force(reach.on, since="posts__since", until="posts__until")
        among = Q(staying, memberships__unit__in=units) | Q(serving, posts__unit__in=units)
        found = list(Person.objects.filter(among, name=name).distinct()[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused(
                _("Several persons are called %s here; enter the post by the sheet of officers.") % name
            )
    raise Refused(_("Nobody within your units is called %s. Make an invitation instead.") % name)
