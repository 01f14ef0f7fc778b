"""Drift names the records: which, when, by whom, why; and what was issued stands still meanwhile."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingce.figures.indicators import actions as figures
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.foundation.refusals import Refused
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import Membership
from qingce.ledger.periods import Period
from qingce.ledger.records import actions as records
from qingce.ledger.records.models import Record, State
from qingce.reports import actions
from qingce.reports.document import Block, Document, Run
from qingce.reports.issued.drift import open_drift
from qingce.reports.issued.explained import Explained, explain
from qingce.reports.models import Snapshot
from qingce.reports.tests.briefings import brief
from tests.full_year import MAY, FullYear

CODES = ("lectures", "volunteer_sessions", "youth_home_attendances", "theme_branch_coverage")


def reach(year: FullYear, who: str) -> Reach:
    return Reach(year.users[who], on=dt.date(2024, 1, 10))


def explained(year: FullYear, issued: Snapshot, who: str = "secretary") -> dict[str, Explained]:
    moved = explain(
        list(open_drift(Snapshot.objects.get(pk=issued.pk)).values()), reach(year, who), issued.unit, shown=20
    )
    return {one.drift.frozen.key: one for one in moved}


def visit(year: FullYear, who: str) -> Client:
    client = Client()
    client.force_login(year.users[who])
    return client


def again(record: Record, **facts: Any) -> Record:
    """A new draft like a confirmed record."""
    copied = {
        field.name: getattr(record, field.name)
        for field in record._meta.concrete_fields
        if field.name not in {"id", "number", "state", "entered_at", "source_key", "recorded_by", "issue"}
    }
    return type(record)(**(copied | facts))


def volunteering(year: FullYear) -> Record:
    """The session of volunteering that the summary counts."""
    return next(one for one in year.records("volunteer_service") if one.series == "pomegranate")


def test_a_voided_record_is_named_with_who_when_and_why(year: FullYear) -> None:
    issued = brief(year, "lectures")
    lecture = year.record("lecture")
    records.void(lecture, because="重复登记", by=year.users["secretary"])

    [row] = explained(year, issued)["lectures"].moved

    assert (row.line.number, row.sort, row.before, row.after) == (lecture.number, "removed", 1, None)
    [act] = row.happenings
    assert (act.by, act.because) == ("林书记", "重复登记")
    assert act.at > issued.at
    assert row.state == str(State.VOID.label)


def test_a_corrected_record_shows_what_it_said_before_and_after(year: FullYear) -> None:
    issued = brief(year, "youth_home_attendances")
    hosted = next(
        record
        for kind in year.numbers
        for record in year.records(kind)
        if record.number in {row.number for row in issued.figures.get().counted}
    )
    before = hosted.attendance  # type: ignore[attr-defined]
    records.correct(hosted, because="签到表核对", by=year.users["staff"], attendance=before + 9)

    one = explained(year, issued)["youth_home_attendances"]
    row = next(row for row in one.moved if row.line.number == hosted.number)

    assert one.difference == "+9"
    assert (row.sort, row.before, row.after) == ("weighed", before, before + 9)
    assert [(act.by, act.because) for act in row.happenings] == [("小周", "签到表核对")]
    assert [(one.before, one.after) for one in row.happenings[0].changes] == [(str(before), str(before + 9))]


def test_a_record_entered_later_is_named_as_counted_since(year: FullYear) -> None:
    issued = brief(year, "volunteer_sessions")
    late = records.enter(again(volunteering(year)), by=year.users["branch secretary"])
    records.confirm(late, by=year.users["street officer"])

    [row] = explained(year, issued)["volunteer_sessions"].moved

    assert (row.line.number, row.sort) == (late.number, "added")
    assert [act.by for act in row.happenings] == ["陈支书", "柳干事"]


def test_what_was_done_before_the_issue_is_no_reason(year: FullYear) -> None:
    lecture = year.record("lecture")
    records.correct(lecture, because="早先的更正", by=year.users["staff"], title="改过的题目")
    issued = brief(year, "lectures")
    records.void(lecture, because="重复登记", by=year.users["secretary"])

    [row] = explained(year, issued)["lectures"].moved

    assert [act.because for act in row.happenings] == ["重复登记"]


def test_a_statement_by_hand_is_named(year: FullYear) -> None:
    code = next(one.code for one in indicators().values() if one.stated)
    issued = brief(year, code)
    figures.state(
        indicators()[code],
        year.district,
        Period.year(2023),
        value=Decimal(3),
        because="上级公布",
        paper="通报〔2024〕1号",
        by=year.users["secretary"],
    )

    one = explained(year, issued)[code]

    assert any("通报〔2024〕1号" in said for said in one.statements)


def test_a_member_that_left_the_register_is_told_by_name_or_masked(year: FullYear) -> None:
    issued = brief(year, "theme_members")
    figure = issued.figures.get()
    stay = Membership.objects.get(pk=figure.counted[0].id)
    stay.until = dt.date(2023, 6, 1)
    stay.save()

    mine = explained(year, issued)["theme_members"].moved[0].line
    inspector = explained(year, issued, "inspector")["theme_members"].moved[0].line

    assert (mine.label, mine.masked) == (stay.person.name, False)
    assert inspector.masked
    assert stay.person.name not in inspector.label


def test_of_a_sensitive_matter_the_rows_are_closed_to_whoever_does_not_handle_it(year: FullYear) -> None:
    code = next(
        code for code, one in indicators().items() if one.sensitive and not one.is_formula and one.source
    )
    period = Period.year(2023)
    figure = Figure(indicators()[code], year.district, period)
    source = brief(year, "lectures").composed.sources[0]
    paper = Document(
        "paper", "demo", "x", "2023", "2023年",
        blocks=(Block("title", (Run("文"),)), Block("text", (Run("7", figure=code),))),
        sources=(replace(source, code=code, value=figure.value, exact=figure.exact, written=figure.exact),),
        gaps=(),
    )  # fmt: skip
    issued = actions.issue(paper, unit=year.district, period=period, by=year.users["secretary"])
    number = issued.figures.get().counted[0].number
    case = next(one for kind in year.numbers for one in year.records(kind) if one.number == number)
    records.void(case, because="当事人撤回", by=year.users["secretary"])

    shut = visit(year, "inspector").get(f"/reports/snapshots/{issued.pk}/drift/").content.decode()
    assert number not in shut
    assert "当事人撤回" not in shut


@pytest.mark.parametrize("voided", [1, 6])
def test_the_page_asks_as_often_for_one_record_as_for_many(
    voided: int, year: FullYear, issued: Snapshot, django_assert_max_num_queries: Any
) -> None:
    for kind in list(year.numbers)[:voided]:
        for record in year.records(kind):
            records.void(record, because="查询数", by=year.users["secretary"])
    client = visit(year, "secretary")
    for address in ("", "drift/", "figures/11/", "figures/11/rows/", "figures/11/certificate/", "erratum/"):
        with django_assert_max_num_queries(48):
            assert client.get(f"/reports/snapshots/{issued.pk}/{address}").status_code == 200


# Whatever happens to the records, what was issued stands still, and drift is live less frozen


def acts() -> st.SearchStrategy[list[tuple[str, int, int]]]:
    verbs = st.sampled_from(["confirm", "correct", "move", "void"])
    return st.lists(st.tuples(verbs, st.integers(0, 3), st.integers(0, 40)), max_size=8)


def carry_out(act: tuple[str, int, int], pool: list[Record], year: FullYear) -> None:
    verb, which, number = act
    by = year.users["secretary"]
    record = pool[which % len(pool)]
    try:
        if verb == "confirm":
            pool.append(records.confirm(records.enter(again(record, state=State.DRAFT), by=by), by=by))
        elif verb == "correct":
            records.correct(record, because="核对", by=by, attendance=number)
        elif verb == "move":
            records.correct(record, because="日期", by=by, happened_on=MAY.replace(year=2022 + number % 3))
        else:
            records.void(record, because="作废", by=by)
    except Refused:
        pass  # a void record can be neither corrected nor voided


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sequence=acts())
def test_whatever_happens_afterwards_the_issue_stands_and_drift_is_live_less_frozen(
    sequence: list[tuple[str, int, int]], year: FullYear, paper: Snapshot
) -> None:
    frozen = {one.code: (one.value, one.exact, one.rows, one.shares) for one in paper.figures.all()}
    with transaction.atomic():
        pool = [year.record("lecture"), volunteering(year), *year.records("youth_home_activity")]
        for act in sequence:
            carry_out(act, pool, year)

        now = Snapshot.objects.get(pk=paper.pk)
        kept = list(now.figures.all())
        assert {one.code: (one.value, one.exact, one.rows, one.shares) for one in kept} == frozen
        assert now.is_intact()
        for one in kept:
            one.snapshot = now
        assert now.sealed(kept, list(now.files.all())) == paper.seal

        drift = now.drift()
        for one in kept:
            live = Figure(indicators()[one.code], year.district, Period.year(2023)).value or Decimal(0)
            moved = drift.get(one.code)
            difference = moved.difference if moved else Decimal(0)
            assert difference == pytest.approx(live - one.value, abs=Decimal("0.000001"))
            if moved and not indicators()[one.code].is_formula:
                added = sum(row.amount for row in moved.added)
                removed = sum(row.amount for row in moved.removed)
                assert added - removed == difference
        transaction.set_rollback(True)


@pytest.fixture
def paper(year: FullYear) -> Snapshot:
    return brief(year, *CODES)
