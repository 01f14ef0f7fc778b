"""The whole tree of a day as one drawing: every unit with its counts and its marks, in five queries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingce.foundation.dates import in_force
from qingce.league.access.reach import Reach, within
from qingce.league.organisations.chronicle import names_on
from qingce.league.organisations.health import SORTS, Health, Worry
from qingce.league.organisations.models import Placement, Unit

NODE = (
    '<li class="node{0}" data-code="{1}" data-i="{2}" data-marks="{3}"><div class="unit-line"{4}>'
    '<a href="{5}">{6}</a> <small>{7}</small>{8}{9}</div>{10}</li>'
)
BELOW = '<details{0}><summary><span class="sr">{1}</span></summary><ul>{2}</ul></details>'
MOVE = '<a class="move no-print" data-dialog href="{0}" aria-label="{1}">{2}</a>'


@dataclass
class Node:
    """A unit in the drawing, with what stands beneath it."""

    unit: Unit
    name: str
    members: int
    worries: list[Worry]
    below: list[Node] = field(default_factory=list)

    @property
    def all_members(self) -> int:
        return self.members + sum(one.all_members for one in self.below)

    @property
    def branches(self) -> int:
        return self.unit.is_branch + sum(one.branches for one in self.below)

    @property
    def troubled(self) -> int:
        """Units beneath, the node itself left out, with something that is not in order."""
        return sum(bool(one.worries) + one.troubled for one in self.below)

    def walk(self) -> Iterator[Node]:
        yield self
        for one in self.below:
            yield from one.walk()


class Drawing:
    """What the reader reaches of the tree on `day`."""

    def __init__(self, reach: Reach, day: dt.date) -> None:
        self.reach = reach
        self.day = day

    @cached_property
    def tops(self) -> list[Node]:
        """The highest units of the drawing, each with all beneath it."""
        places = self._places()
        units = [place.unit for place in places]
        called, health = names_on(units, self.day), Health(units, self.day)
        nodes: dict[int, Node] = {}
        tops: list[Node] = []
        for place in places:
            unit = place.unit
            name = called.get(unit.pk) or str(unit)
            node = nodes[unit.pk] = Node(unit, name, health.members.get(unit.pk, 0), health.of(unit))
            above = nodes.get(place.parent_id or 0)
            (above.below if above else tops).append(node)
        for node in nodes.values():
            node.below.sort(key=lambda one: (one.unit.protocol_order, one.unit.code))
        return tops

    @cached_property
    def marks(self) -> list[tuple[str, str, int]]:
        """Sort, word and number of units for every trouble that there is."""
        found = Counter(worry.sort for top in self.tops for node in top.walk() for worry in node.worries)
        return [(sort, str(label), found[sort]) for sort, label in SORTS.items() if found[sort]]

    @property
    def html(self) -> SafeString:
        """The drawing as nested lists; joined here, for hundreds of templates would take seconds."""
        return self._list(self.tops, depth=0)

    def _list(self, nodes: list[Node], depth: int) -> SafeString:
        return mark_safe("".join(self._node(node, depth) for node in nodes))  # noqa: S308 (all formatted)

    def _node(self, node: Node, depth: int) -> SafeString:
        unit, movable = node.unit, self._may_move(node.unit) and depth > 0
        address = reverse("unit", args=[unit.code])
        if self.day != self.reach.on:
            address += f"?on={self.day.isoformat()}"
        below = (
            format_html(
                BELOW,
                mark_safe(" open") if depth == 0 else "",
                _("Units below %s") % node.name,
                self._list(node.below, depth + 1),
            )
            if node.below
            else ""
        )
        return format_html(
            NODE,
            "" if unit.is_branch else " body",
            unit.code,
            f"{unit.initials} {node.name} {unit.name}".lower(),
            " ".join(worry.sort for worry in node.worries),
            mark_safe(' draggable="true"') if movable else "",
            address,
            node.name,
            self._counts(node),
            self._marks(node) + self._marks_beneath(node),
            self._move(node) if movable else "",
            below,
        )

    def _counts(self, node: Node) -> str:
        members = ngettext("%d member", "%d members", node.all_members) % node.all_members
        if not node.below:
            return members
        return (ngettext("%d branch", "%d branches", node.branches) % node.branches) + " · " + members

    def _marks(self, node: Node) -> SafeString:
        said = (
            format_html(' <span class="badge {}" title="{}">{}</span>', one.tone, one.sentence, one.label)
            for one in node.worries
        )
        return mark_safe("".join(said))  # noqa: S308 (each is formatted)

    def _marks_beneath(self, node: Node) -> SafeString:
        if not node.troubled:
            return SafeString("")
        said = ngettext("%d unit beneath needs a look", "%d units beneath need a look", node.troubled)
        return format_html(' <small class="wait">{}</small>', said % node.troubled)

    def _move(self, node: Node) -> SafeString:
        address = reverse("unit-relocation", args=[node.unit.code])
        return format_html(MOVE, address, _("Move %s") % node.name, _("Move"))

    def _may_move(self, unit: Unit) -> bool:
        return self._changes and self.day == self.reach.on and self.reach.covers(unit, "unit.change")

    @cached_property
    def _changes(self) -> bool:
        return self.reach.holds("unit.change")

    def _places(self) -> list[Placement]:
        """Places within reach on the day of units that existed then, each body before its units."""
        existing = in_force(self.day, since="unit__founded_on", until="unit__dissolved_on")
        reached = Placement.objects.on(self.reach.on).filter(within(self.reach.paths("unit.see")))
        rows = Placement.objects.on(self.day).filter(existing, unit__in=reached.values("unit"))
        places = list(rows.select_related("unit").order_by("path"))
        self.reach.remember(
            {place.unit_id: place.path for place in places} if self.day == self.reach.on else {}
        )
        return places
