"""The sheet of the quota: what came from above, and what was allotted to which unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import Choice, Date, Fault, Integer, Outcome, Reference, Row, Sheet, Text
from qingce.foundation.exchange.vocabulary import offered
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.ledger.records.sheets import unit_column
from qingce.work.membership.quota import actions as quota
from qingce.work.membership.quota.models import Allotment, Sector

SECTOR_WORDS = {
    "初中": Sector.JUNIOR,
    "高中": Sector.SENIOR,
    "中职": Sector.VOCATIONAL,
    "高校": Sector.UNIVERSITY,
    "社会领域": Sector.SOCIETY,
}


class AllotmentSheet(Sheet):
    code = "allotments"
    label = gettext_lazy("Quota of new members")
    order = 58
    key = ("block_from", "unit")
    columns = [
        Integer(
            "year", gettext_lazy("Year"), synonyms=["年度"], min=2017, max=2100, required=True, sample=2023
        ),
        Choice(
            "sector",
            gettext_lazy("Sector"),
            synonyms=["发展领域"],
            choices=lambda: offered(Sector, SECTOR_WORDS),
            required=True,
        ),
        Reference(
            "parent_unit",
            gettext_lazy("Code of the allotting unit"),
            resolve="units",
            synonyms=["分配组织编码"],
            note=gettext_lazy("Empty for what came from above the district."),
        ),
        unit_column(),
        Integer("count", gettext_lazy("Places"), synonyms=["名额"], min=1, required=True),
        Text(
            "block_from",
            gettext_lazy("First number"),
            synonyms=["号段起"],
            code=True,
            required=True,
            max_length=12,
        ),
        Date("decided_on", gettext_lazy("Allotted on"), synonyms=["分配日期"], required=True),
        Integer(
            "leavers", gettext_lazy("Pupils who leave school"), synonyms=["毕业生人数"], min=1, unit="人"
        ),
        Text("document_number", gettext_lazy("Document number"), synonyms=["文号"], max_length=80),
    ]

    def check(self, row: Row, look: Any) -> Iterable[Fault]:
        try:
            quota.demand_block(row["block_from"], row["count"], row["year"], on=row["decided_on"])
        except Refused as refused:
            yield Fault("block_from", refused.because)

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        outcome = Outcome()
        ordered = sorted(rows, key=lambda row: (row["parent_unit"] is not None, row.number))
        for row in ordered:
            try:
                changed = self._save(row, by)
            except Refused as refused:
                raise Refused(
                    _("Row %(row)d: %(sentence)s") % {"row": row.number, "sentence": refused}
                ) from None
            outcome.created += changed
            outcome.unchanged += not changed
        return outcome

    def _save(self, row: Row, by: Any) -> bool:
        """Enter what is not in the quota ledger yet; what is there is never changed by a file."""
        held = Allotment.objects.standing().filter(unit=row["unit"], block_from=row["block_from"]).first()
        if held is not None:
            said = (row["year"], row["sector"], row["count"])
            if (held.year, held.sector, held.count) != said:
                raise Refused(_("The quota ledger has this block with other facts; take it back first."))
            return False
        facts = {
            "count": row["count"],
            "block_from": row["block_from"],
            "on": row["decided_on"],
            "by": by,
            "document_number": row["document_number"] or "",
        }
        if row["parent_unit"] is None:
            quota.receive(row["unit"], year=row["year"], sector=row["sector"], **facts)
        else:
            quota.allot(self._parent(row), row["unit"], leavers=row["leavers"], **facts)
        return True

    def _parent(self, row: Row) -> Allotment:
        above: Unit = row["parent_unit"]
        lines = Allotment.objects.of(row["year"], row["sector"]).filter(unit=above)
        for line in lines:
            if line.holds(row["block_from"]):
                return line
        raise Refused(
            _("%(unit)s has no block of %(year)d that holds %(number)s.")
            % {"unit": above, "year": row["year"], "number": row["block_from"]}
        )
