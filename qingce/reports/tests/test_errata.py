"""An erratum says what was printed, what holds, which records moved it; it is numbered and stays."""

from __future__ import annotations

import io

import docx
import pytest
from django.test import Client

from qingce.foundation.audit.models import Entry
from qingce.foundation.refusals import Refused
from qingce.ledger.periods import Period
from qingce.ledger.records import actions as records
from qingce.reports import actions
from qingce.reports.examination import frozen_look
from qingce.reports.issued.actions import put_right
from qingce.reports.issued.drift import open_drift
from qingce.reports.models import Erratum, Snapshot
from qingce.reports.tests.briefings import brief, briefing
from tests.full_year import FullYear


@pytest.fixture
def moved(year: FullYear) -> Snapshot:
    """A briefing of which two figures moved."""
    issued = brief(year, "lectures", "volunteer_sessions", "youth_home_activities")
    for kind in ("lecture", "volunteer_service"):
        for record in year.records(kind):
            records.void(record, because=f"{kind}登记重复", by=year.users["secretary"])
    return issued


def visit(year: FullYear, who: str) -> Client:
    client = Client()
    client.force_login(year.users[who])
    return client


def text(erratum: Erratum) -> str:
    return "\n".join(block.text for block in erratum.composed.blocks)


def test_it_says_old_new_records_reason_and_person(moved: Snapshot, year: FullYear) -> None:
    erratum = put_right(moved, because="同一场登记两次", by=year.users["secretary"])

    [lectures, _volunteering] = erratum.figures.all()
    assert (lectures.before, lectures.exact) == ("1场次", "0场次")
    assert [row[2] for row in lectures.removed] == [year.record("lecture").number]
    assert lectures.added == []
    assert (erratum.because, erratum.by, erratum.number) == ("同一场登记两次", year.users["secretary"], 1)
    said = text(erratum)
    assert "原为1场次，现更正为0场次" in said
    assert year.record("lecture").number in said
    assert "lecture登记重复" in said
    assert "同一场登记两次" in said


def test_the_report_itself_stays_as_it_was(moved: Snapshot, year: FullYear) -> None:
    before = (moved.content, [(one.value, one.rows) for one in moved.figures.all()])
    put_right(moved, because="同一场登记两次", by=year.users["secretary"])

    after = Snapshot.objects.get(pk=moved.pk)
    assert (after.content, [(one.value, one.rows) for one in after.figures.all()]) == before
    assert set(after.drift()) == {"lectures", "volunteer_sessions"}


def test_what_an_erratum_says_is_drift_no_more_until_it_moves_again(moved: Snapshot, year: FullYear) -> None:
    put_right(moved, because="同一场登记两次", by=year.users["secretary"])
    assert open_drift(moved) == {}

    for record in year.records("youth_home_activity"):
        records.void(record, because="未开展", by=year.users["secretary"])
    second = put_right(moved, because="未开展", by=year.users["secretary"])

    assert second.number == 2
    assert [one.figure.code for one in second.figures.all()] == ["youth_home_activities"]


def test_a_part_of_the_figures_can_be_chosen(moved: Snapshot, year: FullYear) -> None:
    put_right(moved, because="先改一项", by=year.users["secretary"], figures=["lectures"])
    assert set(open_drift(moved)) == {"volunteer_sessions"}


def test_without_reason_without_drift_or_of_a_replaced_issue_it_is_refused(year: FullYear) -> None:
    issued = brief(year, "lectures")
    by = year.users["secretary"]
    with pytest.raises(Refused):
        put_right(issued, because="改", by=by)
    records.void(year.record("lecture"), because="重复", by=by)
    with pytest.raises(Refused):
        put_right(issued, because=" ", by=by)
    with pytest.raises(Refused):
        put_right(issued, because="改", by=by, figures=["trainings"])
    period = Period.year(2023)
    actions.issue(
        briefing(year, "lectures"), unit=year.district, period=period, by=by, replaces=issued, because="重发"
    )
    with pytest.raises(Refused):
        put_right(issued, because="改", by=by)
    assert not Erratum.objects.exists()


def test_it_is_printed_in_every_form_and_the_files_are_kept(moved: Snapshot, year: FullYear) -> None:
    erratum = put_right(moved, because="同一场登记两次", by=year.users["secretary"])
    client = visit(year, "inspector")
    for one in erratum.files.all():
        answer = client.get(f"/reports/errata/{erratum.pk}/file.{one.ending}")
        assert b"".join(answer.streaming_content) == one.file.read()  # type: ignore[attr-defined]
    word = docx.Document(io.BytesIO(erratum.files.get(ending="docx").file.read()))
    assert "现更正为0场次" in "".join(paragraph.text for paragraph in word.paragraphs)


def test_it_leaves_a_sentence_with_old_and_new(moved: Snapshot, year: FullYear) -> None:
    put_right(moved, because="同一场登记两次", by=year.users["secretary"])
    entry = Entry.objects.get(told="erratum.issued")
    assert ("1场次", "0场次") in [(before, after) for _name, before, after in entry.changes]
    assert entry.details["because"] == "同一场登记两次"


def test_the_doctor_finds_an_altered_erratum(moved: Snapshot, year: FullYear) -> None:
    erratum = put_right(moved, because="同一场登记两次", by=year.users["secretary"])
    assert all(finding.well for finding in frozen_look())
    path = erratum.files.get(ending="docx").file.path
    with open(path, "ab") as file:
        file.write(b" ")
    assert not all(finding.well for finding in frozen_look())


# Pages


def test_the_secretary_issues_an_erratum_by_the_page(moved: Snapshot, year: FullYear) -> None:
    client = visit(year, "secretary")
    address = f"/reports/snapshots/{moved.pk}/erratum/"
    asked = client.get(address).content.decode()
    assert "1场次 → 0场次" in asked
    assert not Erratum.objects.exists()

    wanting = client.post(address, {"figures": ["lectures"], "because": ""})
    assert wanting.status_code == 200
    assert not Erratum.objects.exists()

    answer = client.post(address, {"figures": ["lectures"], "because": "登记重复"}, follow=True)
    assert answer.redirect_chain
    assert "0场次" in answer.content.decode()
    page = client.get(f"/reports/snapshots/{moved.pk}/").content.decode()
    assert f"/reports/errata/{Erratum.objects.get().pk}/" in page
    assert "登记重复" in page


def test_issuing_anew_by_the_page_marks_the_old_one(issued: Snapshot, year: FullYear) -> None:
    client = visit(year, "secretary")
    address = f"/reports/snapshots/{issued.pk}/replacement/"
    assert client.get(address).status_code == 200
    client.post(address, {"because": "补录后重发"})

    new = Snapshot.objects.latest("pk")
    assert new.replaces_id == issued.pk
    old = client.get(f"/reports/snapshots/{issued.pk}/").content.decode()
    assert f"/reports/snapshots/{new.pk}/" in old
    assert "补录后重发" in old
    assert "补录后重发" in client.get(f"/reports/snapshots/{new.pk}/").content.decode()


def test_only_who_may_issue_puts_right_or_issues_anew(moved: Snapshot, year: FullYear) -> None:
    for address in ("erratum/", "replacement/"):
        place = f"/reports/snapshots/{moved.pk}/{address}"
        assert visit(year, "staff").post(place, {"because": "改"}).status_code == 403
        assert visit(year, "neighbour").post(place, {"because": "改"}).status_code == 404
    assert not Erratum.objects.exists()


def test_the_list_is_searched_and_narrowed(issued: Snapshot, moved: Snapshot, year: FullYear) -> None:
    client = visit(year, "secretary")

    def titles(query: str) -> set[str]:
        page = client.get(f"/reports/issued/?{query}").content.decode()
        return {one.title for one in (issued, moved) if f"/reports/snapshots/{one.pk}/" in page}

    both = {issued.title, moved.title}
    assert titles("") == both
    assert titles("q=简报") == titles("q=qcjb") == {moved.title}
    assert titles("kind=annual-summary") == {issued.title}
    assert titles("year=2023") == both
    assert titles("unit=柳泉街道") == set()
    put_right(moved, because="登记重复", by=year.users["secretary"])
    assert titles("standing=errata") == {moved.title}
    assert titles("standing=replaced") == set()


def test_the_list_asks_few_questions(
    issued: Snapshot, moved: Snapshot, year: FullYear, django_assert_max_num_queries
) -> None:
    client = visit(year, "secretary")
    with django_assert_max_num_queries(14):
        assert client.get("/reports/issued/").status_code == 200
