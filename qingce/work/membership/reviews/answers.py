"""What a sheet says of branches, held against the register: one answer for all rows of a branch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from qingce.foundation.exchange import Fault, Row
from qingce.foundation.exchange.saving import chunks
from qingce.foundation.privacy.fields import digest
from qingce.league.organisations.models import Unit
from qingce.ledger.records.actions import Places
from qingce.ledger.records.models import Issue
from qingce.work.membership.models import BranchReview
from qingce.work.membership.reviews.guards import Branch, Meeting, flaws
from qingce.work.membership.reviews.reading import branches, review_series
from qingce.work.membership.reviews.registering import note_of

BRANCHES = 200  # read and saved together
# What is said of the meeting is one for all members of the branch.
OF_THE_BRANCH = ("held_on", "entitled", "present", "opinions", "handed_up_on", "decided_on")
COLUMN_OF = {"member": "title", "grade": "review_grade"}  # where a flaw stands on the sheet


@dataclass(frozen=True)
class Answer:
    """The rows of one branch, the review they answer, and what is known of both."""

    rows: Sequence[Row]
    issue: Issue | None
    branch: Branch
    held: BranchReview | None  # what the branch has answered before
    people: Mapping[int, int]  # row → person; who is no member has a number below nought

    @property
    def first(self) -> Row:
        return self.rows[0]

    @property
    def decided_on(self) -> dt.date | None:
        day: dt.date | None = self.first["decided_on"]
        return day

    @cached_property
    def meeting(self) -> Meeting:
        return Meeting(
            held_on=self.first["held_on"],
            present=self.first["present"],
            grades={self.people[row.number]: row["review_grade"] for row in self.rows},
            notes={self.people[row.number]: row["note"] or "" for row in self.rows},
            opinions=(self.first["opinions"] or "").strip(),
        )

    @cached_property
    def is_told_already(self) -> bool:
        """Whether the branch has answered the same; a decision that the file leaves out stays."""
        if self.held is None or self.held.is_open:
            return False
        said, held = self.meeting, self.held
        answered = (held.held_on, held.present, held.opinions, held.handed_up_on)
        decided = self.decided_on in (None, held.decided_on) or held.decided_on is None
        grades = {one.person_id: (one.grade, one.note) for one in held.grades.all()}
        return (
            decided
            and answered == (said.held_on, said.present, said.opinions, self.first["handed_up_on"])
            and grades == {person: (grade, note_of(said, person)) for person, grade in said.grades.items()}
        )

    @property
    def is_decided_now(self) -> bool:
        """Whether the file approves what has not been approved before."""
        approved = self.held is not None and self.held.stage == BranchReview.Stage.APPROVED
        return self.decided_on is not None and not approved


def answers(rows: Sequence[Row]) -> list[Answer]:
    """The answers in these rows, branch by branch; a handful of queries for every two hundred branches."""
    grouped: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        if isinstance(row["unit"], Unit):
            grouped.setdefault((row["unit"].pk, row["year"]), []).append(row)
    return [answer for some in chunks(list(grouped.values()), BRANCHES) for answer in _read(some)]


def _read(together: Sequence[Sequence[Row]]) -> Iterator[Answer]:
    firsts = [some[0] for some in together]
    issues = _issues(firsts)
    held = _held({one.pk for one in issues if one}, {row["unit"].pk for row in firsts})
    read = branches([(one["unit"], one["held_on"], one["handed_up_on"]) for one in firsts])
    for some, issue, branch in zip(together, issues, read, strict=True):
        given = held.get((issue.pk, branch.unit.pk)) if issue else None
        yield Answer(some, issue, branch, given, _people(some, branch))


def _held(issues: Collection[int], units: Collection[int]) -> dict[tuple[int, int], BranchReview]:
    """What these branches have answered before, by issue and branch."""
    rows = BranchReview.objects.filter(issue__in=issues, unit__in=units)
    rows = rows.select_related("unit").prefetch_related("grades")
    return {(review.issue_id, review.unit_id): review for review in rows}


def faults(answer: Answer, today: dt.date) -> Iterator[tuple[int, Fault]]:
    """Row and fault: what the rows say against each other, against the calendar, against the rules."""
    yield from _disagreements(answer)
    yield from _wrong_days(answer, today)
    first, unit = answer.first, answer.branch.unit
    if answer.issue is None:
        sentence = _(
            "No yearly review of %(year)d has been put to %(unit)s; open it, or import its issue first."
        )
        yield first.number, Fault("year", sentence % {"year": first["year"], "unit": unit})
    elif answer.held and not answer.held.is_open:
        if not answer.is_told_already:
            sentence = _("%s has handed up its review already; the body above may return it.") % unit
            yield first.number, Fault("unit", sentence)
    else:
        yield from _flaws(answer, answer.issue)


def _flaws(answer: Answer, issue: Issue) -> Iterator[tuple[int, Fault]]:
    first, due = answer.first, answer.branch.due
    row_of = {person: number for number, person in answer.people.items()}
    for flaw in flaws(issue, answer.branch, answer.meeting, on=first["handed_up_on"]):
        number = first.number if flaw.person is None else row_of[flaw.person]
        yield number, Fault(COLUMN_OF.get(flaw.about, flaw.about), flaw.sentence)
    if first["entitled"] not in (None, due):
        sentence = _("By the register %d are due to attend; that number is kept.") % due
        yield first.number, Fault("entitled", sentence, stops=False)


def _disagreements(answer: Answer) -> Iterator[tuple[int, Fault]]:
    for row in answer.rows[1:]:
        for column in OF_THE_BRANCH:
            if row[column] != answer.first[column]:
                sentence = _(
                    "Row %d says otherwise; what is said of the meeting is one for the whole branch."
                )
                yield row.number, Fault(column, sentence % answer.first.number)


def _wrong_days(answer: Answer, today: dt.date) -> Iterator[tuple[int, Fault]]:
    first = answer.first
    if first["handed_up_on"] > today:
        yield first.number, Fault("handed_up_on", _("The day lies in the future."))
    if answer.decided_on is None:
        return
    if answer.decided_on > today:
        yield first.number, Fault("decided_on", _("The day lies in the future."))
    if answer.decided_on < first["handed_up_on"]:
        sentence = _("What is approved was handed up before; check both days.")
        yield first.number, Fault("decided_on", sentence)


def _people(rows: Sequence[Row], branch: Branch) -> dict[int, int]:
    known = {stay.person.id_digest: person for person, stay in branch.members.items()}
    return {row.number: known.get(digest(row["id_number"]), -row.number) for row in rows}


def _issues(firsts: Sequence[Row]) -> list[Issue | None]:
    """For each row the review of its year that was put to its branch, by the nearest body above."""
    found = list(Issue.objects.filter(series=review_series(), year__in={row["year"] for row in firsts}))
    if not found:
        return [None for _row in firsts]
    places = Places()
    put = [(issue, places.on(issue.issued_by_id, issue.opens_on)) for issue in found]
    return [_nearest(put, row, places.on(row["unit"].pk, row["held_on"])) for row in firsts]


def _nearest(put: Sequence[tuple[Issue, str]], row: Row, place: str) -> Issue | None:
    above = [
        (len(path), issue) for issue, path in put if issue.year == row["year"] and place.startswith(path)
    ]
    return max(above, key=lambda one: one[0])[1] if above else None
