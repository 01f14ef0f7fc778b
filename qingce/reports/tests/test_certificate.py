"""A certificate fits on one page, says all that was frozen and who signed, and can be checked."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from pypdf import PdfReader

from qingce.figures.indicators.definitions import indicators
from qingce.ledger.records import actions as records
from qingce.reports.issued.actions import put_right
from qingce.reports.issued.certificate import MOST_SHARES, certificate, certificates_pdf, heads
from qingce.reports.issued.codes import as_typed
from qingce.reports.issued.drift import figures_of
from qingce.reports.issued.lines import LineBook
from qingce.reports.issued.standing import said_last
from qingce.reports.models import FrozenFigure, Snapshot
from qingce.reports.tests.briefings import brief
from qingce.reports.tests.test_drift import reach
from tests.full_year import FullYear


def visit(year: FullYear, who: str) -> Client:
    client = Client()
    client.force_login(year.users[who])
    return client


def plain(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def pages(content: bytes) -> list[str]:
    return [plain(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]


def test_every_figure_of_the_summary_has_its_certificate_of_one_page(
    issued: Snapshot, year: FullYear
) -> None:
    said = said_last(figures_of(issued))
    book = LineBook(reach(year, "secretary"), [(one.figure, one.figure.counted) for one in said], names=False)
    all_of_them = [certificate(one, book, reach(year, "secretary")) for one in said]

    printed = pages(certificates_pdf(all_of_them, heads=heads()))

    assert len(printed) == len(said)
    for text, one in zip(printed, said, strict=True):
        figure = one.figure
        for fact in (
            figure.label,
            figure.exact,
            figure.definition[:12],
            figure.check_code,
            figure.list_digest,
        ):
            assert plain(fact) in text, (figure.code, fact)
        assert "林书记" in text


def test_the_fullest_certificate_still_fits_on_one_page(issued: Snapshot, year: FullYear) -> None:
    figure = issued.figures.get(code="lectures")
    figure.snapshot = issued
    figure.label, figure.definition = "数" * 40, "定" * 400
    figure.override = "理" * 120
    figure.shares = [
        [f"c{place}", "青河区某某街道某某社区团工委" * 2, "12345", 9] for place in range(MOST_SHARES * 3)
    ]
    [said] = said_last([figure])
    book = LineBook(reach(year, "secretary"), [(figure, figure.counted)], names=False)
    one = certificate(said, book, reach(year, "secretary"), address="https://example.gov.cn/" + "x" * 60)

    assert len(one.shares) == MOST_SHARES + 1
    assert len(pages(certificates_pdf([one], heads=heads()))) == 1


def test_the_page_and_the_file_say_the_same(issued: Snapshot, year: FullYear) -> None:
    figure = issued.figures.get(code="lectures")
    client = visit(year, "inspector")
    page = client.get(f"/reports/snapshots/{issued.pk}/figures/{figure.place}/certificate/").content.decode()
    answer: Any = client.get(f"/reports/snapshots/{issued.pk}/figures/{figure.place}/certificate.pdf")
    [text] = pages(b"".join(answer.streaming_content))
    for fact in (figure.exact, figure.check_code, figure.list_digest, figure.definition, str(year.street)):
        assert fact in page
        assert plain(fact) in text


def test_a_later_erratum_stands_on_the_certificate(year: FullYear) -> None:
    issued = brief(year, "lectures")
    records.void(year.record("lecture"), because="登记重复", by=year.users["secretary"])
    put_right(issued, because="同一场登记两次", by=year.users["secretary"])

    page = visit(year, "secretary").get(f"/reports/snapshots/{issued.pk}/figures/1/certificate/")

    assert "1场次" in page.content.decode()
    assert "同一场登记两次" in page.content.decode()


@pytest.mark.parametrize("typed", ["{code}", " {lower} ", "{bare}", "{spaced}"])
def test_the_code_is_found_however_it_is_typed(typed: str, issued: Snapshot, year: FullYear) -> None:
    figure = issued.figures.get(code="lectures")
    code = figure.check_code
    said = typed.format(
        code=code, lower=code.lower(), bare=code.replace("-", ""), spaced=code.replace("-", " ")
    )
    answer = visit(year, "secretary").get("/reports/certificates/", {"code": said})
    assert answer.headers["Location"].endswith(f"/figures/{figure.place}/certificate/")


def test_an_unknown_code_is_answered_with_a_sentence_and_a_neighbour_finds_nothing(
    issued: Snapshot, year: FullYear
) -> None:
    code = issued.figures.get(code="lectures").check_code
    for who, said in (("secretary", "AAAA-BBBB-CCCC"), ("neighbour", code)):
        answer = visit(year, who).get("/reports/certificates/", {"code": said})
        assert answer.status_code == 200
        assert said in answer.content.decode()


def test_codes_read_from_paper_forgive_zero_one_and_eight() -> None:
    assert as_typed("o0il18-bb") == "OOIL-IBBB"


def test_of_a_sensitive_matter_neither_split_nor_list_is_certified(year: FullYear, issued: Snapshot) -> None:
    sensitive = [one for one in issued.figures.all() if indicators()[one.code].sensitive and one.shares]
    assert sensitive
    for figure in sensitive:
        figure.snapshot = issued
        [said] = said_last([figure])
        book = LineBook(reach(year, "inspector"), [(figure, figure.counted)], names=False)
        one = certificate(said, book, reach(year, "inspector"))
        assert (one.shares, one.listed) == ([], [])


def test_the_annex_is_a_sheet_with_every_figure(issued: Snapshot, year: FullYear) -> None:
    answer: Any = visit(year, "secretary").get(f"/reports/snapshots/{issued.pk}/annex.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    table = list(book.worksheets[0].values)
    figures = list(issued.figures.all())
    assert len(table) == len(figures) + 1
    assert [row[1] for row in table[1:]] == [one.label for one in figures]
    assert [row[9] for row in table[1:]] == [len(one.rows) for one in figures]


def test_no_cell_of_the_annex_is_taken_for_a_formula(year: FullYear) -> None:
    from dataclasses import replace

    from qingce.ledger.periods import Period
    from qingce.reports import actions
    from qingce.reports.tests.briefings import briefing

    document = briefing(year, "lectures")
    harmful = replace(document.sources[0], label="=1+1", definition="@SUM(A1)", written="+3")
    issued = actions.issue(
        replace(document, sources=(harmful,)),
        unit=year.district,
        period=Period.year(2023),
        by=year.users["secretary"],
    )
    answer: Any = visit(year, "secretary").get(f"/reports/snapshots/{issued.pk}/annex.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert {cell.data_type for row in book.worksheets[0].iter_rows(min_row=2) for cell in row} <= {"s", "n"}
    text = b"".join(
        visit(year, "secretary").get(f"/reports/snapshots/{issued.pk}/annex.csv").streaming_content  # type: ignore[attr-defined]
    )
    assert b"'=1+1" in text


def test_figures_issued_before_codes_have_no_certificate(issued: Snapshot, year: FullYear) -> None:
    figure = issued.figures.get(code="lectures")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_frozenfigure SET check_code = '' WHERE id = %s", [figure.pk])
    assert FrozenFigure.objects.get(pk=figure.pk).check_code == ""
    address = f"/reports/snapshots/{issued.pk}/figures/{figure.place}/"
    assert visit(year, "secretary").get(f"{address}certificate/").status_code == 404
    assert visit(year, "secretary").get(address).status_code == 200


# A figure of the ledger, certified by itself


def test_any_figure_of_the_ledger_can_be_certified_from_its_drawer(year: FullYear) -> None:
    client = visit(year, "secretary")
    drawer = client.get("/figures/lectures/?unit=demo-1&period=2023-05").content.decode()
    assert "/reports/uses/lectures/demo-1/2023-05/" in drawer
    panel = client.get("/reports/uses/lectures/demo-1/2023-05/").content.decode()
    assert "/reports/certificates/of/lectures/demo-1/2023-05/" in panel

    answer = client.post("/reports/certificates/of/lectures/demo-1/2023-05/", follow=True)

    issued = Snapshot.objects.get()
    assert (issued.unit, issued.period) == (year.street, "2023-05")
    assert issued.figures.get().exact == "1场次"
    assert issued.figures.get().check_code in answer.content.decode()
    assert issued.title in client.get("/reports/uses/lectures/demo-1/2023-05/").content.decode()


def test_only_who_may_issue_certifies_and_a_neighbour_finds_nothing(year: FullYear) -> None:
    address = "/reports/certificates/of/lectures/demo/2023/"
    assert visit(year, "staff").post(address).status_code == 403
    assert visit(year, "neighbour").post(address).status_code == 404
    assert visit(year, "secretary").get("/reports/certificates/of/lectures/demo/never/").status_code == 404
    assert not Snapshot.objects.exists()
