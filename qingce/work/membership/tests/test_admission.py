"""Stories of admissions: step by step, by the right people, with every paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qingce.foundation.audit.models import Entry
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership
from qingce.league.organisations.tests.books import id_number
from qingce.league.people.models import Person
from qingce.league.standing.eligibility import restrict
from qingce.ledger.notices.actions import object_to, settle, take_down
from qingce.ledger.records import actions as ledger
from qingce.work.membership.admission import actions as admission
from qingce.work.membership.models import MemberCase, Step
from qingce.work.membership.quota.book import next_number
from qingce.work.membership.tests.world import LATE, STEPS, TODAY, School, day, school, voided_attendance

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any) -> School:
    settings.LANGUAGE_CODE = "en"
    return school()


def test_an_applicant_becomes_a_member_step_by_step(world: School) -> None:
    case = world.carried(world.applicant(), "archived")

    case.refresh_from_db()
    assert (case.stage, case.state, case.happened_on) == ("archived", "confirmed", day("2024-09-26"))
    stay = Membership.objects.get(person=case.person)
    assert (stay.unit, stay.joined_on, stay.development_number) == (
        world.branch,
        day("2024-09-26"),
        "202462000001",
    )
    told = list(Entry.objects.filter(reference=case.number).values_list("told", flat=True))
    assert [one for one in told if one.startswith("admission.")][-1] == "admission.applied"
    assert len([one for one in told if one.startswith("admission.")]) == 13


def test_nothing_counts_before_the_approval(world: School) -> None:
    case = world.carried(world.applicant(), "voted")
    assert not MemberCase.objects.counted().filter(pk=case.pk).exists()
    world.step(case, "approved")
    assert MemberCase.objects.counted().filter(pk=case.pk).exists()


def test_a_step_is_not_left_out(world: School) -> None:
    case = world.applicant()
    with pytest.raises(Refused, match="stands at"):
        world.step(case, "activist")


def test_a_refused_step_leaves_nothing_behind(world: School) -> None:
    case = world.carried(world.applicant(), "form_filled")
    with pytest.raises(Refused, match="secret"):
        world.step(case, "voted", secret=False)

    kept = MemberCase.objects.get(pk=case.pk)
    assert (kept.stage, kept.happened_on) == ("form_filled", day("2024-03-04"))
    assert kept.admission.present is None
    assert not kept.helpers.filter(part="sponsor").exists()


def test_back_dating_asks_for_a_reason_and_leaves_a_mark(world: School) -> None:
    case = world.applicant()
    with pytest.raises(Refused, match="256 days after its day; say why"):
        world.step(case, "talked", because=" ")
    world.step(case, "talked")

    step = Step.objects.get(member_case=case, stage="talked")
    assert (step.recorded_on, step.backdated_because) == (TODAY, LATE)


def test_a_step_recorded_in_time_carries_no_mark(world: School) -> None:
    case = world.applicant(today=day("2024-03-05"), because="")
    world.step(case, "talked", today=day("2024-03-21"), because="")
    assert set(case.steps.values_list("backdated_because", flat=True)) == {""}


def test_the_future_is_not_recorded(world: School) -> None:
    with pytest.raises(Refused, match="lies in the future"):
        world.applicant(on=TODAY + dt.timedelta(days=1))


def test_a_new_admission_under_fourteen_is_refused(world: School) -> None:
    with pytest.raises(Refused, match="13 years old on 2024-03-04"):
        world.applicant(born="20100305")
    assert not MemberCase.objects.exists()
    assert not Person.objects.filter(name="冯小1").exists()


def test_the_same_id_number_applies_once(world: School) -> None:
    world.applicant()
    with pytest.raises(Refused, match="has another admission"):
        world.applicant()


def test_an_ended_application_is_no_hindrance_to_the_next(world: School) -> None:
    admission.end(world.applicant(), because="本人撤回申请", by=world.users["branch"])
    assert world.applicant().stage == "applied"


def test_a_member_does_not_apply_again(world: School) -> None:
    known = Person.objects.create(
        name="冯小1", id_number=id_number("20090506", 1), born_on=day("2009-05-06"), id_digest=""
    )
    Membership.objects.create(
        person=known, unit=world.branch, since=day("2023-09-01"), joined_on=day("2023-09-01")
    )
    with pytest.raises(Refused, match="is a member since 2023-09-01 already"):
        world.applicant()


def test_an_id_number_under_another_name_is_compared(world: School) -> None:
    world.applicant()
    with pytest.raises(Refused, match="under another name"):
        world.applicant(name="秦某")


def test_lessons_are_counted_from_attendance_that_counts(world: School) -> None:
    case = world.carried(world.applicant(), "in_training")
    lesson = world.taught(case.person, hours="7")
    world.prepare = lambda case, stage: None  # type: ignore[method-assign]
    with pytest.raises(Refused, match="7 hours are reached"):
        world.step(case, "target")
    world.taught(case.person, hours="1", on="2024-07-01")
    voided = world.taught(case.person, hours="9", on="2024-07-02")
    ledger.void(voided, because="登记有误", by=world.users["body"])
    voided_attendance(lesson)
    with pytest.raises(Refused, match="1 hours are reached"):
        world.step(case, "target")


def test_lessons_of_a_former_school_count_with_their_papers(world: School) -> None:
    case = world.carried(world.applicant(), "in_training")
    world.prepare = lambda case, stage: None  # type: ignore[method-assign]
    former = {
        "former_school": "青山中学",
        "former_since": day("2023-11-01"),
        "former_hours": 8,
        "former_paper": "",
    }
    with pytest.raises(Refused, match="0 hours are reached"):
        world.step(case, "target", **former)
    world.step(case, "target", **{**former, "former_paper": "随档案转来，存 3 柜"})
    assert case.stage == "target"


def test_a_sponsor_under_a_penalty_or_of_no_branch_does_not_sponsor(world: School) -> None:
    case = world.carried(world.applicant(), "form_filled")
    first, second, third = world.members[:3]
    restrict(
        second,
        world.branch,
        ["sponsor"],
        since=day("2024-09-01"),
        until=day("2025-03-01"),
        because="留团察看",
        by=world.users["body"],
    )
    stranger = Person.objects.create(name="路人", born_on=day("2000-01-01"))
    for pair, sentence in (
        ([first, second], "留团察看"),
        ([first, stranger], "not a member"),
        ([first], "two different members"),
        ([first, first], "two different members"),
        ([first, case.person], "two different members"),
    ):
        with pytest.raises(Refused, match=sentence):
            world.step(case, "voted", sponsors=pair)
    world.step(case, "voted", sponsors=[first, third])


def test_one_pair_for_a_whole_batch_is_warned_of(world: School) -> None:
    warned = []
    for serial in range(1, 5):
        number = {"form_filled": {"development_number": f"20246200000{serial}"}}
        case = world.carried(world.applicant(serial), "form_filled", **number)
        warned.append([one for one in world.step(case, "voted") if "same two members" in one])
    assert [bool(one) for one in warned] == [False, False, True, True]


def test_the_next_free_number_is_offered_and_others_are_refused(world: School) -> None:
    first = world.carried(world.applicant(), "noticed")
    assert next_number(world.branch, on=day("2024-09-18")) == "202462000001"
    for number, sentence in (
        ("202462000041", "not one of the block"),
        ("20246200001", "12 digits"),
        ("202362000001", "No quota of 2023"),
    ):
        with pytest.raises(Refused, match=sentence):
            world.step(first, "form_filled", development_number=number)
    world.step(first, "form_filled")
    second = world.carried(world.applicant(2), "noticed")
    assert next_number(world.branch, on=day("2024-09-18")) == "202462000002"
    with pytest.raises(Refused, match="Somebody else has this development number"):
        world.step(second, "form_filled")


def test_an_objection_holds_the_admission_until_it_is_settled(world: School) -> None:
    case = world.carried(world.applicant(), "target")
    world.prepare(case, "noticed")
    world.prepare = lambda case, stage: None  # type: ignore[method-assign]
    world.step(case, "noticed")
    entry = hung_entry(case)
    by = world.users["body"]
    objection = object_to(entry, about="申请日期有疑问", received_on=day("2024-09-11"), by=by)
    with pytest.raises(Refused, match="not settled yet"):
        world.step(case, "form_filled")
    settle(objection, outcome="resolved", answer="核对原件，日期无误", on=day("2024-09-12"), by=by)
    world.step(case, "form_filled")


def test_an_upheld_objection_ends_it_even_at_the_last_moment(world: School) -> None:
    case = world.carried(world.applicant(), "voted")
    by = world.users["body"]
    objection = object_to(hung_entry(case), about="团课未参加", received_on=day("2024-09-12"), by=by)
    settle(objection, outcome="upheld", answer="属实", on=day("2024-09-30"), by=by)
    with pytest.raises(Refused, match="was upheld"):
        world.step(case, "approved")
    admission.end(case, because="公示异议属实", by=by)
    with pytest.raises(Refused, match="has ended"):
        world.step(case, "approved")


def test_what_came_undone_before_the_approval_refuses_it(world: School) -> None:
    case = world.carried(world.applicant(), "voted")
    notice = hung_entry(case).notice
    take_down(notice, because="张贴有误", on=day("2024-09-10"), by=world.users["body"])
    with pytest.raises(Refused, match="No public notice of the target"):
        world.step(case, "approved")


def test_nobody_approves_the_own_admission(world: School) -> None:
    case = world.carried(world.applicant(), "voted")
    own = world.users["body"]
    case.person = Person.objects.get(user=own)
    case.save(update_fields=["person"])
    with pytest.raises(Refused, match="own admission"):
        world.step(case, "approved")


def test_an_approved_member_is_not_ended_but_leaves(world: School) -> None:
    case = world.carried(world.applicant(), "approved")
    with pytest.raises(Refused, match="procedure of its own"):
        admission.end(case, because="弄错了", by=world.users["body"])


def test_the_ledgers_own_verbs_do_not_pass_by_the_guards(world: School) -> None:
    case = world.applicant()
    for verb in (ledger.confirm, ledger.void, ledger.send_back):
        facts = {} if verb is ledger.confirm else {"because": "试试"}
        with pytest.raises(Refused):
            verb(case, by=world.users["body"], **facts)
    done = world.carried(case, "approved")
    with pytest.raises(Refused):
        ledger.correct(done, because="试试", by=world.users["body"], stage="archived")


def test_every_step_has_its_verb() -> None:
    from qingce.work.membership.admission.dossier import STAGES

    assert ["applied", *STEPS] == list(STAGES)


def hung_entry(case: MemberCase) -> Any:
    from qingce.ledger.notices.models import NoticeEntry

    return NoticeEntry.objects.get(record=case.number, notice__purpose="target")


@pytest.mark.parametrize(
    ("name", "size", "sentence"),
    [
        ("入团志愿书.pdf", 20 * 2**20, ""),
        ("入团志愿书.pdf", 20 * 2**20 + 1, "larger than 20"),
        ("入团志愿书.jpg", 1000, "as a PDF"),
    ],
)
def test_the_scanned_form_is_one_pdf_of_at_most_twenty_megabytes(
    world: School, name: str, size: int, sentence: str
) -> None:
    case = world.applicant()
    scan = SimpleUploadedFile(name, b"%PDF-1.7")
    scan.size = size
    if sentence:
        with pytest.raises(Refused, match=sentence):
            admission.add_form_scan(case, scan, by=world.users["branch"])
        return
    scan.size = 8
    admission.add_form_scan(case, scan, by=world.users["branch"])
    with pytest.raises(Refused, match="with the record already"):
        admission.add_form_scan(case, scan, by=world.users["branch"])
