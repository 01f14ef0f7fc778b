"""The verbs of an admission: one for each step, each judged by its guards before anything is written.

The day of a step may lie back; what is recorded long after its day carries a mark and a reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.dates import overlapping
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Unit
from qingce.league.organisations.stays import begin_stay
from qingce.league.people.matching import People
from qingce.league.people.models import Person
from qingce.league.rules import demand, ruling
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.actions import Places, attach_evidence, prepare
from qingce.ledger.records.models import Evidence, Grade, State
from qingce.work.membership.admission.dossier import STAGES, Dossier
from qingce.work.membership.admission.guards import demand_step
from qingce.work.membership.admission.models import Admission, Helper
from qingce.work.membership.admission.reading import dossier_of
from qingce.work.membership.models import MemberCase
from qingce.work.membership.quota.book import next_number
from qingce.work.membership.stepping import demand_day, end_case, keep_step, new_case, write

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

EVER = dt.date.max
SCAN_SIZE, SCAN_FILES = "joining_form_megabytes_most", "joining_form_files_most"


@telling()
def apply(
    unit: Unit,
    *,
    on: dt.date,
    today: dt.date,
    by: User,
    name: str,
    id_number: str,
    because: str = "",
    **known: Any,
) -> tuple[MemberCase, list[str]]:
    """Take in a written application; the ID number tells whether the person is known already."""
    if not unit.is_branch:
        raise Refused(_("“%s” is not a branch; an applicant applies to a branch beneath it.") % unit)
    demand_day(on, today, because)
    person = People(amend=False).bring([{"name": name, "id_number": id_number, **known}])[0]
    if person.name != name:
        raise Refused(_("This ID number is on the register under another name; compare with the card."))
    kind = taxonomy().with_part("admission")[0]
    case = new_case(kind, person, unit, on=on, state=State.SUBMITTED, grade=Grade.SYSTEM)
    prepare([case], by=by)
    case.save(force_insert=True)
    Admission.objects.create(member_case=case)
    warnings = demand_step(dossier_of(case, on=on), STAGES[0], on=on)
    keep_step(case, STAGES[0], on, today, because, Told.ADMISSION_APPLIED, by)
    return case, warnings


@telling()
def talk(case: MemberCase, *, talked_by: str, **step: Any) -> list[str]:
    """Somebody was sent to talk with the applicant."""
    return _take(case, "talked", Told.ADMISSION_TALKED, part={"talked_by": talked_by.strip()}, **step)


@telling()
def take_as_activist(case: MemberCase, *, recommended_by: str, decided_by: str, **step: Any) -> list[str]:
    """The branch takes the applicant as an activist, on a recommendation."""
    part = {"recommended_by": recommended_by, "decided_by": decided_by}
    return _take(case, "activist", Told.ADMISSION_ACTIVIST, part=part, **step)


@telling()
def begin_training(
    case: MemberCase, *, filed_on: dt.date | None, mentors: Sequence[Person], **step: Any
) -> list[str]:
    """After notice and filing, one or two mentors take the activist in hand."""
    helpers = {str(Helper.Part.MENTOR): mentors}
    part = {"filed_on": filed_on}
    return _take(case, "in_training", Told.ADMISSION_TRAINED, part=part, helpers=helpers, **step)


@telling()
def propose_as_target(
    case: MemberCase,
    *,
    mentor_talks: int | None = None,
    former_school: str = "",
    former_since: dt.date | None = None,
    former_hours: Any = None,
    former_paper: str = "",
    **step: Any,
) -> list[str]:
    """The branch proposes the activist; lessons are counted from attendance, never typed."""
    part: dict[str, Any] = {"mentor_talks": mentor_talks}
    if former_school:
        part |= {
            "former_school": former_school,
            "former_since": former_since,
            "former_hours": former_hours,
            "former_paper": former_paper.strip(),
        }
    return _take(case, "target", Told.ADMISSION_TARGET, part=part, **step)


@telling()
def pre_examine(case: MemberCase, *, on: dt.date, paper: str, today: dt.date, by: User) -> list[str]:
    """The basic committee examines a target in writing, before the notice is put up."""
    _demand_at(case, "target")
    if on > today:
        raise Refused(_("%s lies in the future; record it when it has taken place.") % on)
    target = case.steps.get(stage="target").on
    if on <= target:
        raise Refused(
            _("The pre-examination on %(day)s must come after the proposal on %(target)s.")
            % {"day": on, "target": target}
        )
    if not paper.strip():
        raise Refused(_("Name the paper of the pre-examination; it is done in writing."))
    _write_part(case, {"pre_examined_on": on, "pre_examination": paper.strip()})
    tell(Told.ADMISSION_EXAMINED, by=by, about=str(case), reference=case.number, details={"on": on})
    return []


@telling()
def pass_notice(case: MemberCase, **step: Any) -> list[str]:
    """The notice of the target has hung long enough; its last day is the day of this step."""
    return _take(case, "noticed", Told.ADMISSION_NOTICED, **step)


@telling()
def fill_form(case: MemberCase, *, development_number: str = "", **step: Any) -> list[str]:
    """A number is allotted, the next free one of the unit's block unless said, and the form filled in."""
    number = development_number.strip() or next_number(case.unit, on=step["on"])
    facts = {"development_number": number}
    return _take(case, "form_filled", Told.ADMISSION_FORM, facts=facts, **step)


@telling()
def vote(
    case: MemberCase,
    *,
    sponsors: Sequence[Person],
    sponsored_on: dt.date | None,
    entitled: int,
    present: int,
    ballots: int,
    in_favour: int,
    secret: bool,
    development_number: str = "",
    **step: Any,
) -> list[str]:
    """The branch meeting votes; its day is the day of joining once the body above has approved."""
    part = {
        "sponsored_on": sponsored_on,
        "entitled": entitled,
        "present": present,
        "ballots": ballots,
        "in_favour": in_favour,
        "secret": secret,
    }
    facts: dict[str, Any] = {"happened_on": step["on"]}
    if development_number.strip():
        facts["development_number"] = development_number.strip()
    helpers = {str(Helper.Part.SPONSOR): sponsors}
    return _take(case, "voted", Told.ADMISSION_VOTED, part=part, facts=facts, helpers=helpers, **step)


@telling()
def approve(case: MemberCase, *, collectively: bool, document_number: str = "", **step: Any) -> list[str]:
    """The basic committee admits; from now on the case counts, and the register has one member more."""
    _demand_another(case, step["by"])
    facts = {"document_number": document_number.strip(), "state": State.CONFIRMED}
    part = {"collectively": collectively}
    warnings = _take(case, "approved", Told.ADMISSION_APPROVED, part=part, facts=facts, rejudge=True, **step)
    _enter_in_register(case, by=step["by"])
    return warnings


@telling()
def file_with_county(case: MemberCase, *, on: dt.date, today: dt.date, by: User) -> list[str]:
    """The approval is filed with the county committee."""
    _demand_at(case, "approved")
    approved = case.steps.get(stage="approved").on
    if not approved <= on <= today:
        raise Refused(
            _("The filing falls between the approval on %(approved)s and today; check the day.")
            % {"approved": approved}
        )
    _write_part(case, {"county_filed_on": on})
    tell(Told.ADMISSION_FILED, by=by, about=str(case), reference=case.number, details={"on": on})
    return []


@telling()
def swear(case: MemberCase, **step: Any) -> list[str]:
    """The new member takes the oath."""
    return _take(case, "sworn", Told.ADMISSION_SWORN, **step)


@telling()
def archive(
    case: MemberCase, *, form_kept_at: str, entered_on: dt.date | None, scan: Any = None, **step: Any
) -> list[str]:
    """The joining form is put into the archive and the national system filled in."""
    part = {"form_kept_at": form_kept_at.strip(), "entered_on": entered_on}
    if scan:
        add_form_scan(case, scan, by=step["by"])
    return _take(case, "archived", Told.ADMISSION_ARCHIVED, part=part, **step)


@telling()
def end(case: MemberCase, *, because: str, by: User) -> MemberCase:
    """The admission goes no further; it stays to be read, with the reason, and counts nowhere."""
    if case.stage in STAGES[STAGES.index("approved") :]:
        raise Refused(_("The member is admitted; leaving the League is a procedure of its own."))
    return end_case(case, Told.ADMISSION_ENDED, because=because, by=by)


def _take(
    case: MemberCase,
    stage: str,
    told: Told,
    *,
    on: dt.date,
    today: dt.date,
    by: User,
    because: str = "",
    part: dict[str, Any] | None = None,
    facts: dict[str, Any] | None = None,
    helpers: dict[str, Sequence[Person]] | None = None,
    rejudge: bool = False,
) -> list[str]:
    """Write what is told, judge it, keep the step; a refusal takes everything back."""
    MemberCase.objects.select_for_update().get(pk=case.pk)  # two doors must not take one step twice
    case.refresh_from_db()
    _demand_before(case, stage)
    demand_day(on, today, because)
    _write_part(case, part or {})
    for as_what, people in (helpers or {}).items():
        _write_helpers(case, as_what, people)
    for name, value in (facts or {}).items():
        setattr(case, name, value)
    if "happened_on" in (facts or {}):
        case.place = Places().on(case.unit_id, case.happened_on)
    write(case, *(facts or {}), "place")
    dossier = dossier_of(case, on=on)
    if rejudge:
        _demand_all_before(dossier, stage)
    warnings = demand_step(dossier, stage, on=on)
    case.stage = stage
    write(case, "stage")
    keep_step(case, stage, on, today, because, told, by)
    return warnings


def _demand_all_before(dossier: Dossier, stage: str) -> None:
    """Nothing that was met has come undone since: a notice taken down, an attendance voided."""
    for earlier in STAGES[: STAGES.index(stage)]:
        if earlier in dossier.steps:
            demand_step(dossier, earlier, on=dossier.steps[earlier])


def _demand_before(case: MemberCase, stage: str) -> None:
    place = STAGES.index(stage)
    _demand_at(case, STAGES[place - 1])


def _demand_at(case: MemberCase, stage: str) -> None:
    if case.state == State.VOID:
        raise Refused(_("This admission has ended: %s") % case.state_reason)
    if case.stage != stage:
        word = taxonomy().word("stage", stage)
        raise Refused(
            _("%(case)s stands at “%(now)s”; this step is taken from “%(from)s”.")
            % {"case": case, "now": case.stage_label, "from": word}
        )


def _demand_another(case: MemberCase, by: User) -> None:
    own = getattr(by, "person", None)
    if own is not None and own.pk == case.person_id:
        raise Refused(_("Nobody approves the own admission; somebody else of the committee does."))


def _write_part(case: MemberCase, part: dict[str, Any]) -> None:
    if part:
        Admission.objects.update_or_create(member_case=case, defaults=part)


def _write_helpers(case: MemberCase, as_what: str, people: Sequence[Person]) -> None:
    """The helpers of this part are these and no others."""
    named: Collection[int] = dict.fromkeys(person.pk for person in people)
    case.helpers.filter(part=as_what).exclude(person__in=named).delete()
    held = set(case.helpers.filter(part=as_what).values_list("person", flat=True))
    Helper.objects.bulk_create(
        Helper(member_case=case, person_id=pk, part=as_what) for pk in named if pk not in held
    )


def _enter_in_register(case: MemberCase, *, by: User) -> None:
    """A member from the day of the branch meeting, unless the register has the person already."""
    joined = case.steps.get(stage="voted").on
    held = Membership.objects.filter(overlapping(joined, EVER), person=case.person_id)
    if not held.exists():
        begin_stay(
            case.person,
            case.unit,
            on=joined,
            by=by,
            joined_on=joined,
            development_number=case.development_number,
        )


def add_form_scan(case: MemberCase, file: Any, *, by: User) -> Evidence:
    """The scanned joining form, kept with the record: one PDF, not larger than the national system takes."""
    on = timezone.localdate()

    def must(ok: bool, code: str, sentence: Any) -> None:
        demand(ok, code, sentence, on=on, unit=case.unit)

    label = _("Joining form")
    size, held = ruling(SCAN_SIZE, on=on, unit=case.unit), ruling(SCAN_FILES, on=on, unit=case.unit)
    kept = Evidence.objects.filter(record=case.number, label=label).count()
    must(str(file.name).lower().endswith(".pdf"), "joining_form_pdf", _("Scan the joining form as a PDF."))
    heavy = _("The file is larger than %s; scan it in grey or at a lower resolution.") % size.shown
    must(size.allows(file.size / 2**20), SCAN_SIZE, heavy)
    twice = _("The joining form is with the record already; void that paper before another one is added.")
    must(held.allows(kept + 1), SCAN_FILES, twice)
    return attach_evidence(case, label=label, by=by, file=file)
