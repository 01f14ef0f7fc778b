"""What activities tell of a person: how often he or she took part, by year and kind; counted, not typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import ngettext

from qingce.league.people.life import Event
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.models import counts
from qingce.work.activities.models import Participation

if TYPE_CHECKING:
    from qingce.league.access.reach import Reach
    from qingce.league.people.models import Person


def taking_part(person: Person, reach: Reach) -> Iterator[Event]:
    attended = Participation.objects.filter(counts("activity"), person=person, attended=True)
    by_year = attended.values_list("activity__happened_on__year", "activity__kind").order_by()
    for year, kind, times in by_year.annotate(times=Count("pk")):
        label = taxonomy().kinds.get(kind, kind)
        said = ngettext("%(kind)s: took part once", "%(kind)s: took part %(times)d times", times)
        yield Event(dt.date(year, 12, 31), said % {"kind": label, "times": times}, whole_year=True)
