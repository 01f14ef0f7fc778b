"""The sheet of a congress's delegates: each row one delegate of one delegation, perhaps with a branch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.exchange import Date, Fault, IdNumber, Name, Outcome, Pending, Reference, Row, Sheet
from qingce.foundation.exchange.columns import Column
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.league.people.matching import People
from qingce.ledger.records.belonging import record_column
from qingce.ledger.records.models import Revision
from qingce.work.organising.congress_actions import DAY
from qingce.work.organising.congresses import Delegate, DelegateLink, SeatAllotment
from qingce.work.organising.models import UnitEvent


class DelegateSheet(Sheet):
    code = "delegates"
    label = gettext_lazy("Delegates")
    order = 65
    key = ("record", "id_number")
    columns: Sequence[Column] = [
        record_column("records.organising", gettext_lazy("Own number of the congress"), "大会登记号"),
        Reference(
            "unit",
            gettext_lazy("Code of the delegation"),
            resolve="units",
            synonyms=["代表团组织编码", "选举单位编码"],
            required=True,
        ),
        Name("name", gettext_lazy("Name"), synonyms=["姓名"], required=True),
        IdNumber("id_number", gettext_lazy("ID number"), synonyms=["身份证号"], required=True),
        Date("since", gettext_lazy("Elected on"), synonyms=["当选日期"], required=True),
        Reference(
            "branch", gettext_lazy("Branch kept in touch with"), resolve="units", synonyms=["联系团支部编码"]
        ),
    ]

    def check(self, row: Row, look: Any) -> Iterable[Fault]:
        if isinstance(row["branch"], Unit) and not row["branch"].is_branch:
            yield Fault("branch", _("%s is no branch.") % row["branch"])

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        """Delegations get the seats that their delegates take; who is known is left as he or she is."""
        if waiting := next((row for row in rows if isinstance(row["record"], Pending)), None):
            raise Refused(_("Row %(row)d: the congress is not known.") % {"row": waiting.number})
        persons = People(amend=False).bring([{"name": r["name"], "id_number": r["id_number"]} for r in rows])
        events = UnitEvent.objects.select_related("election").in_bulk({row["record"].pk for row in rows})
        outcome = Outcome()
        for row, person in zip(rows, persons, strict=True):
            self._bring(events[row["record"].pk], row, person, outcome)
        for pk, event in events.items():
            units = Counter(row["unit"].pk for row in rows if row["record"].pk == pk)
            _seat(event, units)
            about = f"{event}：{sum(units.values())}"
            tell(Told.DELEGATES_ENTERED, by=by, about=about, reference=event.number)
        Revision.advance()
        return outcome

    def _bring(self, event: UnitEvent, row: Row, person: Any, outcome: Outcome) -> None:
        until = event.election.term_end + DAY if hasattr(event, "election") else None
        facts = {"unit": row["unit"], "since": row["since"], "until": until}
        delegate, new = Delegate.objects.get_or_create(event=event, person=person, defaults=facts)
        if row["branch"] is not None:
            DelegateLink.objects.get_or_create(
                delegate=delegate, branch=row["branch"], defaults={"since": event.happened_on}
            )
        outcome.created += new
        outcome.unchanged += not new


def _seat(event: UnitEvent, units: Counter[int]) -> None:
    held = dict(event.allotments.values_list("unit", "seats"))
    for unit, number in units.items():
        if held.get(unit, 0) < number:
            SeatAllotment.objects.update_or_create(event=event, unit_id=unit, defaults={"seats": number})
