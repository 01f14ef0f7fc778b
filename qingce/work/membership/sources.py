"""What membership procedures may be counted by: the day on which a stage was reached."""

from __future__ import annotations

from qingce.league.organisations.models import Domain
from qingce.ledger.records.models import counts
from qingce.ledger.sources.dimensions import Column, kinds_of, stages
from qingce.ledger.sources.measures import ROWS, different
from qingce.ledger.sources.source import Flow, Source, register
from qingce.work.membership.models import MemberCase, Step
from qingce.work.membership.transfers.graduate_source import graduates


def register_sources() -> None:
    register(
        graduates(),
        Source(
            code="membership.case",
            label="团员管理事项",
            label_en="Membership cases",
            rows=lambda: MemberCase.objects.counted(),
            when=Flow("happened_on"),
            describe=lambda case: case.person.name,
            personal=True,
            related=("person", "unit"),
            measures={"cases": ROWS, "people": different("person")},
            dimensions={
                "kind": Column("kind", kinds_of("membership")),
                "stage": Column("stage", stages),
                "domain": Column("unit__domain", lambda: Domain.values),
            },
        ),
        Source(
            code="membership.step",
            label="团员管理进展",
            label_en="Steps of membership cases",
            rows=lambda: Step.objects.filter(counts("member_case")),
            when=Flow("on", place="member_case__place"),
            root="member_case",
            describe=lambda step: step.member_case.person.name,
            personal=True,
            related=("member_case__person", "member_case__unit"),
            measures={"people": different("member_case__person")},
            dimensions={
                "kind": Column("member_case__kind", kinds_of("membership")),
                "stage": Column("stage", stages),
                "domain": Column("member_case__unit__domain", lambda: Domain.values),
            },
        ),
    )
