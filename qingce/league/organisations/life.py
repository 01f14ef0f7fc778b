"""What the tree of units tells of a person: joining, branches, posts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.league.access.roles import roles
from qingce.league.people.life import Event

if TYPE_CHECKING:
    from qingce.league.access.reach import Reach
    from qingce.league.organisations.models import Membership
    from qingce.league.people.models import Person


def stays_and_posts(person: Person, reach: Reach) -> Iterator[Event]:
    stays = list(person.memberships.select_related("unit").order_by("since", "pk"))
    if joined := next((stay.joined_on for stay in stays if stay.joined_on), None):
        yield Event(joined, _("Joined the League"))
    for number, stay in enumerate(stays):
        yield from _of_stay(stay, first=number == 0)
    for post in person.posts.select_related("unit"):
        title = post.title or str(roles().get(post.role, post.role))
        yield Event(post.since, _("Took up the post: %s") % title, str(post.unit))
        if post.until:
            yield Event(post.until, _("Ended the post: %s") % title, str(post.unit))


def _of_stay(stay: Membership, *, first: bool) -> Iterator[Event]:
    if stay.until is not None and stay.until <= stay.since:
        return  # emptied when two entries of one person were merged
    if not first or stay.since != stay.joined_on:
        yield Event(stay.since, _("Came to the branch"), str(stay.unit))
    if stay.until:
        said = _("Left the branch: %s") % stay.ended_because if stay.ended_because else _("Left the branch")
        yield Event(stay.until, said, str(stay.unit))
