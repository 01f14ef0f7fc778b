"""The evidence package opens anywhere, says what it is, tells nothing it must not, and is checked."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from pypdf import PdfReader

from qingce.foundation.audit.models import Entry
from qingce.foundation.files.parcels import faults, opened
from qingce.foundation.refusals import Refused
from qingce.ledger.records import actions as records
from qingce.ledger.records.models import Evidence
from qingce.reports.issued.actions import put_right, take_package
from qingce.reports.models import Snapshot
from qingce.reports.tests.briefings import brief
from qingce.reports.tests.test_drift import reach
from tests.full_year import FullYear

CODES = ("lectures", "theme_members", "new_members", "theme_branch_coverage")


@pytest.fixture
def paper(year: FullYear) -> Snapshot:
    for kind in ("lecture", "admission"):
        if kind in year.numbers:
            paper_of(year.record(kind).number, f"{kind}附件")
    return brief(year, *CODES)


def paper_of(number: str, label: str) -> Evidence:
    return Evidence.objects.create(record=number, label=label, file=ContentFile(label.encode(), "a.txt"))


def taken(paper: Snapshot, year: FullYear, who: str = "secretary", **wanted: object) -> zipfile.ZipFile:
    file = take_package(paper, reach(year, who), by=year.users[who], **wanted)  # type: ignore[arg-type]
    return zipfile.ZipFile(io.BytesIO(file.read()))


def folder(archive: zipfile.ZipFile, code: str) -> str:
    return next(name for name in archive.namelist() if f"-{code}/" in name).rpartition("/")[0]


def rows(archive: zipfile.ZipFile, code: str) -> list[list[str]]:
    text = archive.read(f"{folder(archive, code)}/rows.csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def test_everything_is_in_it_and_every_digest_holds(paper: Snapshot, year: FullYear) -> None:
    archive = taken(paper, year)
    names = set(archive.namelist())

    assert {"index.html", "package.json", "SHA256SUMS.txt", "figures/certificates.pdf"} <= names
    assert {f"issued/report.{one.ending}" for one in paper.files.all()} <= names
    for figure in paper.figures.all():
        where = f"figures/{figure.place:02d}-{figure.code}"
        assert {f"{where}/rows.csv", f"{where}/rows.xlsx", f"{where}/definition.json"} <= names
    assert list(faults(archive)) == []
    for line in archive.read("SHA256SUMS.txt").decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest


def test_it_opens_with_nothing_but_the_standard_library(paper: Snapshot, year: FullYear) -> None:
    archive = taken(paper, year)
    facts = json.loads(archive.read("package.json"))
    definition = json.loads(archive.read(f"{folder(archive, 'lectures')}/definition.json"))
    frozen = archive.read(f"{folder(archive, 'lectures')}/frozen-rows.json")

    assert facts["seal"] == paper.seal
    assert facts["names"] is False
    assert definition["exact"] == paper.figures.get(code="lectures").exact
    assert hashlib.sha256(frozen).hexdigest() == definition["list_digest"]
    assert len(rows(archive, "lectures")) == definition["rows"]


def test_the_issued_file_is_the_one_handed_in(paper: Snapshot, year: FullYear) -> None:
    archive = taken(paper, year)
    for one in paper.files.all():
        assert archive.read(f"issued/report.{one.ending}") == one.file.read()


class Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in {"href", "src"}]


def test_the_index_page_leads_only_to_what_is_in_the_package(paper: Snapshot, year: FullYear) -> None:
    archive = taken(paper, year)
    page = archive.read("index.html").decode()
    links = Links(page).found

    assert len(links) > 10
    assert {link.partition("#")[0] for link in links} <= set(archive.namelist())
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_same_package_has_the_same_bytes(paper: Snapshot, year: FullYear) -> None:
    first, second = (
        take_package(paper, reach(year, "secretary"), by=year.users["secretary"]).read()
        for _again in range(2)
    )
    assert first == second


def test_it_tells_what_was_frozen_also_when_records_changed(paper: Snapshot, year: FullYear) -> None:
    lecture = year.record("lecture")
    records.void(lecture, because="登记重复", by=year.users["secretary"])
    assert [row[4] for row in rows(taken(paper, year), "lectures")] == [lecture.number]


def test_names_are_masked_whoever_takes_it(paper: Snapshot, year: FullYear) -> None:
    archive = taken(paper, year)
    people = ("张小明", "王芳")
    for name in archive.namelist():
        content = archive.read(name)
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                content = b"".join(book.read(one) for one in book.namelist())
        assert not any(person.encode() in content for person in people), name
    assert "张**" in archive.read(f"{folder(archive, 'theme_members')}/rows.csv").decode()


def test_names_need_the_right_and_a_reason_and_are_then_marked(paper: Snapshot, year: FullYear) -> None:
    with pytest.raises(Refused):
        taken(paper, year, "staff", names=True, because="核对名单")
    with pytest.raises(Refused):
        taken(paper, year, names=True, because="")

    archive = taken(paper, year, names=True, because="核对名单")

    csv_text = archive.read(f"{folder(archive, 'theme_members')}/rows.csv").decode()
    assert "张小明" in csv_text
    assert "林书记" in csv_text.splitlines()[0]
    book = openpyxl.load_workbook(io.BytesIO(archive.read(f"{folder(archive, 'theme_members')}/rows.xlsx")))
    assert "林书记" in str(book.worksheets[0]["A1"].value)
    assert "林书记" in archive.read("index.html").decode()
    told = Entry.objects.filter(told="package.made").latest("number")
    assert (told.details["names"], told.details["because"]) == (True, "核对名单")


def test_every_package_is_logged_with_its_digest(paper: Snapshot, year: FullYear) -> None:
    archive = taken(paper, year)
    told = Entry.objects.get(told="package.made")
    assert told.details["digest"] == hashlib.sha256(archive.read("SHA256SUMS.txt")).hexdigest()
    assert told.reference == f"snapshot-{paper.pk}"


def test_papers_come_along_except_those_about_persons(paper: Snapshot, year: FullYear) -> None:
    number = year.record("lecture").number
    member = paper.figures.get(code="new_members").counted[0].number
    paper_of(member, "志愿书")

    masked, named = taken(paper, year), taken(paper, year, names=True, because="核对名单")

    assert any(name.startswith(f"evidence/{number}/") for name in masked.namelist())
    assert not any(name.startswith(f"evidence/{member}/") for name in masked.namelist())
    assert any(name.startswith(f"evidence/{member}/") for name in named.namelist())
    assert member in masked.read("index.html").decode()  # and why it is not there


def test_errata_are_in_it(paper: Snapshot, year: FullYear) -> None:
    records.void(year.record("lecture"), because="登记重复", by=year.users["secretary"])
    put_right(paper, because="登记重复", by=year.users["secretary"])
    archive = taken(paper, year)
    assert "errata/01/erratum.docx" in archive.namelist()
    definition = json.loads(archive.read(f"{folder(archive, 'lectures')}/definition.json"))
    assert definition["erratum"] == {"number": 1, "exact": "0场次"}


def test_one_page_of_certificate_for_each_figure(paper: Snapshot, year: FullYear) -> None:
    pdf = PdfReader(io.BytesIO(taken(paper, year).read("figures/certificates.pdf")))
    assert len(pdf.pages) == paper.figures.count()
    for page, figure in zip(pdf.pages, paper.figures.all(), strict=True):
        assert figure.check_code in page.extract_text()


# The door and the doctor


def test_the_page_hands_it_out_to_whoever_may(paper: Snapshot, year: FullYear) -> None:
    address = f"/reports/snapshots/{paper.pk}/package/"
    client = Client()
    client.force_login(year.users["inspector"])
    assert client.get(address).status_code == 200
    answer = client.post(address)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert list(faults(zipfile.ZipFile(io.BytesIO(content)))) == []
    assert client.post(address, {"names": "on", "because": "核对名单"}).status_code == 200  # refused in words
    for who, status in (("counsellor", 403), ("neighbour", 404)):
        client.force_login(year.users[who])
        assert client.post(address).status_code == status


@pytest.mark.parametrize("harm", ["none", "altered", "missing", "extra"])
def test_the_doctor_says_which_file_it_is(
    harm: str, paper: Snapshot, year: FullYear, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = taken(paper, year)
    victim = f"{folder(whole, 'lectures')}/rows.csv"
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w") as harmed:
        for name in whole.namelist():
            content = whole.read(name)
            if name == victim and harm == "altered":
                content = content.replace(b"2023", b"2024", 1)
            if name != victim or harm != "missing":
                harmed.writestr(name, content)
        if harm == "extra":
            harmed.writestr("figures/99-more/rows.csv", "x")

    if harm == "none":
        call_command("doctor", package=path)
        assert "✗" not in capsys.readouterr().out
        return
    with pytest.raises(Refused):
        call_command("doctor", package=path)
    said = capsys.readouterr().out
    assert ("99-more" if harm == "extra" else victim) in said


def test_the_doctor_knows_a_report_that_was_issued_otherwise(
    paper: Snapshot, year: FullYear, tmp_path: Path
) -> None:
    from qingce.foundation.files.parcels import Parcel
    from qingce.reports.examination import package_look

    whole = taken(paper, year)
    path = tmp_path / "forged.zip"
    with path.open("wb") as out:
        forged = Parcel(out)
        facts = json.loads(whole.read("package.json")) | {"seal": "0" * 64}
        forged.add("package.json", [json.dumps(facts).encode()])
        forged.finish()
    assert list(faults(opened(path))) == []
    assert not all(finding.well for finding in package_look(opened(path)))
