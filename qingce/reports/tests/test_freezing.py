"""Frozen to the last row: rows, split, files and digest stay, and the doctor sees every change."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from qingce.foundation.audit.models import Entry
from qingce.foundation.refusals import Refused
from qingce.ledger.periods import Period
from qingce.ledger.records import actions as records
from qingce.reports import actions
from qingce.reports.compose import compose
from qingce.reports.document import Block, Document, Run, Source
from qingce.reports.examination import frozen_look
from qingce.reports.frozen import Frozen
from qingce.reports.issued.actions import put_right
from qingce.reports.issued.shares import Share
from qingce.reports.models import Erratum, ErratumFigure, ErratumFile, FrozenFigure, IssuedFile, Snapshot
from qingce.reports.outline import outlines
from qingce.reports.renderers import MEDIA_TYPES
from tests.full_year import FullYear


def faults() -> list[str]:
    return [finding.sentence for finding in frozen_look() if not finding.well]


def test_the_whole_is_sealed_and_the_doctor_is_content(issued: Snapshot) -> None:
    assert len(issued.seal) == 64
    assert faults() == []


def test_the_log_knows_the_digest_of_the_whole(issued: Snapshot) -> None:
    assert Entry.objects.get(told="report.frozen").details["seal"] == issued.seal


def test_the_split_by_unit_sums_to_the_total(issued: Snapshot) -> None:
    split = [one for one in issued.figures.all() if one.shares]
    assert len(split) > 30
    for one in split:
        parts = [Share.read_back(share) for share in one.shares]
        assert sum(part.amount for part in parts) == one.value, one.code
        assert sum(part.rows for part in parts) == len(one.rows), one.code


def test_a_figure_of_a_branch_stands_under_its_street(issued: Snapshot, year: FullYear) -> None:
    lectures = issued.figures.get(code="lectures")
    assert [share[:2] for share in lectures.shares] == [["demo-1", str(year.street)]]


def test_every_form_is_kept_with_its_digest(issued: Snapshot) -> None:
    assert {f".{one.ending}" for one in issued.files.all()} == set(MEDIA_TYPES)
    for one in issued.files.all():
        assert one.size == len(one.file.read())
        assert one.digest in one.file.name


def test_two_figures_have_two_check_codes(issued: Snapshot) -> None:
    codes = [one.check_code for one in issued.figures.all()]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 14 for code in codes)


TAMPERINGS = {
    "a row": ("UPDATE reports_frozenfigure SET rows = %s WHERE code = 'lectures'", ["[]"]),
    "a value": ("UPDATE reports_frozenfigure SET value = 7 WHERE code = 'lectures'", []),
    "a definition": ("UPDATE reports_frozenfigure SET definition = 'x' WHERE code = 'lectures'", []),
    "a split": ("UPDATE reports_frozenfigure SET shares = %s WHERE code = 'lectures'", ["[]"]),
    "a date": ("UPDATE reports_snapshot SET at = '2020-01-01 00:00:00+00:00'", []),
    "a title": ("UPDATE reports_snapshot SET title = 'x'", []),
    "a digest of a file": ("UPDATE reports_issuedfile SET digest = 'x' WHERE ending = 'docx'", []),
    "a figure taken out": ("DELETE FROM reports_frozenfigure WHERE code = 'lectures'", []),
    "a file taken out": ("DELETE FROM reports_issuedfile WHERE ending = 'docx'", []),
    "the seal itself": ("UPDATE reports_snapshot SET seal = 'x'", []),
    "the seal taken off": ("UPDATE reports_snapshot SET seal = ''", []),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_the_doctor_finds_what_was_altered_behind_our_back(what: str, issued: Snapshot) -> None:
    statement, values = TAMPERINGS[what]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1
    assert faults()


def test_altering_rows_and_seal_together_is_found_by_the_log(issued: Snapshot) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_frozenfigure SET rows = %s WHERE code = 'lectures'", ["[]"])
    forged = Snapshot.objects.get(pk=issued.pk)
    figures = list(forged.figures.select_related("snapshot"))
    with connection.cursor() as cursor:
        seal = forged.sealed(figures, list(forged.files.all()))
        cursor.execute("UPDATE reports_snapshot SET seal = %s", [seal])

    assert ["日志" in fault or "log" in fault for fault in faults()] == [True]


@pytest.mark.parametrize("harm", ["altered", "removed"])
def test_the_doctor_finds_a_stored_file_that_is_not_the_one_handed_in(harm: str, issued: Snapshot) -> None:
    path = Path(issued.files.get(ending="docx").file.path)
    if harm == "removed":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b" ")
    assert len(faults()) == 1


def test_no_frozen_table_can_be_changed(issued: Snapshot, year: FullYear) -> None:
    records.void(year.record("lecture"), because="重复登记", by=year.users["secretary"])
    put_right(issued, because="重复登记", by=year.users["secretary"])
    tables: list[type[Frozen]] = [
        Snapshot,
        FrozenFigure,
        IssuedFile,
        Erratum,
        ErratumFigure,
        ErratumFile,
    ]
    for table in tables:
        one = table.objects.first()
        assert one is not None
        for attempt in (
            one.save,
            one.delete,
            table.objects.all().delete,
            lambda table=table: table.objects.update(pk=1),
            lambda table=table, one=one: table.objects.bulk_update([one], ["pk"]),
        ):
            with pytest.raises(Refused):
                attempt()


# Documents that somebody wrote


def written(year: FullYear, *runs: Run, sources: tuple[Source, ...] = ()) -> Document:
    return Document(
        outline="briefing",
        unit=year.district.code,
        unit_name=year.district.name,
        period="2023",
        period_name="2023年",
        blocks=(Block("title", (Run("简报"),)), Block("text", runs)),
        sources=sources,
        gaps=(),
    )


def source(code: str, place: int, **facts: Any) -> Source:
    usual = {
        "label": code,
        "definition": "…",
        "version": 1,
        "digest": "d",
        "value": Decimal(1),
        "exact": "1场次",
        "written": "1场次",
        "rows": 1,
    }
    return Source(place=place, code=code, **{**usual, **facts})


def test_any_document_can_be_issued_also_one_that_asks_other_units_and_periods(year: FullYear) -> None:
    document = written(
        year,
        Run("全区", figure="lectures", place=1),
        Run("街道", figure="lectures", place=2),
        sources=(source("lectures", 1), source("lectures", 2, unit="demo-1", period="2023-05")),
    )

    snapshot = actions.issue(
        document, unit=year.district, period=Period.year(2023), by=year.users["secretary"]
    )

    whole, part = snapshot.figures.all()
    assert (part.unit, part.period) == (year.street, "2023-05")
    assert (whole.key, part.key) == ("lectures", "lectures@demo-1/2023-05")
    assert snapshot.drift() == {} or set(snapshot.drift()) <= {whole.key, part.key}
    assert faults() == []


def test_why_a_value_is_written_otherwise_is_frozen_with_it(year: FullYear) -> None:
    run = Run("约1场次", figure="lectures", override="会议口径")
    document = written(year, run, sources=(source("lectures", 1, written="约1场次"),))

    snapshot = actions.issue(
        document, unit=year.district, period=Period.year(2023), by=year.users["secretary"]
    )

    assert snapshot.figures.get().override == "会议口径"
    assert json.loads(json.dumps(snapshot.content))["blocks"][1]["runs"][0]["override"] == "会议口径"


# A new issue in place of a former one


def again(year: FullYear, former: Snapshot, because: str = "补录后重新定稿") -> Snapshot:
    period = Period.year(2023)
    document = compose(outlines()["annual-summary"], year.district, period)
    by = year.users["secretary"]
    return actions.issue(document, unit=year.district, period=period, by=by, replaces=former, because=because)


def test_a_new_issue_names_the_old_one_and_the_old_one_says_so(issued: Snapshot, year: FullYear) -> None:
    new = again(year, issued)

    assert new.replaces == issued
    assert Snapshot.objects.get(pk=issued.pk).replaced_by == new
    entry = Entry.objects.get(told="report.replaced")
    assert entry.details["because"] == "补录后重新定稿"
    assert faults() == []


def test_replacing_needs_a_reason_the_same_question_and_the_latest_issue(
    issued: Snapshot, year: FullYear
) -> None:
    with pytest.raises(Refused):
        again(year, issued, because=" ")
    again(year, issued)
    with pytest.raises(Refused):
        again(year, Snapshot.objects.get(pk=issued.pk))
    other = written(year, Run("x"))
    with pytest.raises(Refused):
        actions.issue(
            other,
            unit=year.district,
            period=Period.year(2023),
            by=year.users["secretary"],
            replaces=Snapshot.objects.latest("pk"),
            because="换",
        )
