"""What is asked of an election: the meeting, the ballots, and each candidate with the votes.

Who is elected is not asked: it follows from the votes, the seats and the rule of the day.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.widgets import Day, Pills
from qingce.foundation.words import folded
from qingce.league.organisations import norms
from qingce.league.organisations.models import Engagement, Membership
from qingce.league.people.models import Person
from qingce.league.rules import ruling
from qingce.work.organising.actions import Parts
from qingce.work.organising.congress_forms import called
from qingce.work.organising.forms import ActForm
from qingce.work.organising.models import Assembly, Office

ROWS = 12
CONGRESS = ("session", "delegates_planned", "party_congress_on", "notice_from", "notice_until")
AT_ONCE = 5  # rows that are open from the start


class Standing(NamedTuple):
    """Somebody who stood, as the form says it."""

    person: Person
    office: str
    votes: int
    engagement: str


class ElectionForm(ActForm):
    """The election of a unit's committee, or of the secretary of a small branch."""

    entitled = forms.IntegerField(label=_("Entitled to vote"), min_value=1, max_value=100000)
    present = forms.IntegerField(label=_("Present"), min_value=0, max_value=100000)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=200)
    issued = forms.IntegerField(label=_("Ballots issued"), min_value=0, max_value=100000)
    returned = forms.IntegerField(label=_("Ballots returned"), min_value=0, max_value=100000)
    secret = forms.BooleanField(label=_("By secret ballot"), required=False, initial=True)
    assembly = forms.ChoiceField(
        label=_("Who elects"), choices=Assembly, initial=Assembly.MEMBERS, widget=Pills, required=False
    )
    scattered = forms.BooleanField(label=_("The members are scattered"), required=False)
    assembly_paper = forms.CharField(
        label=_("Approval of the congress"),
        required=False,
        max_length=80,
        help_text=_("Only where a congress of delegates meets in place of all members."),
    )
    term_end = forms.DateField(
        label=_("Term ends"), required=False, widget=Day, help_text=_("Left empty, the rule says it.")
    )

    def ready(self) -> None:
        self.fields["on"].label = gettext("Day of the election")
        members = Membership.objects.on(self.reach.on).filter(unit=self.unit).count()
        if self.unit.is_branch:
            self.fields["entitled"].initial = members
        for n in range(1, ROWS + 1):
            self.fields[f"name_{n}"] = forms.CharField(label=gettext("Name"), required=False, max_length=40)
            self.fields[f"office_{n}"] = forms.ChoiceField(
                label=gettext("Elected as"),
                choices=Office,
                required=False,
                initial=Office.SECRETARY if n == 1 else Office.MEMBER,
            )
            self.fields[f"votes_{n}"] = forms.IntegerField(
                label=gettext("Votes for"), required=False, min_value=0, max_value=100000
            )
            self.fields[f"engagement_{n}"] = forms.ChoiceField(
                label=gettext("Engagement"),
                choices=Engagement,
                required=False,
                initial=Engagement.PART_TIME,
            )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        def named(*names: str) -> list[forms.BoundField]:
            return [self[name] for name in names]

        rows = [
            (gettext("Candidate %d") % n, named(f"name_{n}", f"votes_{n}", f"office_{n}", f"engagement_{n}"))
            for n in range(1, ROWS + 1)
        ]
        return [
            ("", named("on", "term_end")),
            (
                gettext("The meeting and the ballots"),
                named("entitled", "present", "issued", "returned", "seats", "secret"),
            ),
            *self._assembly(named),
            *rows,
            (gettext("The paper"), named("document_number", "approved_by")),
            ("", named("note")),
        ]

    def _assembly(self, named: Any) -> list[tuple[str, list[forms.BoundField]]]:
        """A branch has one meeting, that of all its members; larger bodies may elect by delegates."""
        if self.unit.is_branch:
            return []
        return [
            (gettext("Meeting or congress"), named("assembly")),
            ("", named("scattered", "assembly_paper")),
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        said["standing"] = [one for n in range(1, ROWS + 1) if (one := self._standing(n, said)) is not None]
        if not said["standing"]:
            raise forms.ValidationError(gettext("Enter the candidates with their votes."))
        said["elected"] = self._elected(said)
        return said

    def _standing(self, n: int, said: dict[str, Any]) -> Standing | None:
        name = folded(said.get(f"name_{n}") or "")
        if not name:
            return None
        votes = said.get(f"votes_{n}")
        if votes is None:
            self.add_error(f"votes_{n}", gettext("Say how many votes %s has.") % name)
            return None
        found = list(called(name, self.unit, said["on"])[:2])
        if len(found) != 1:
            none = gettext("Nobody called %s is a member here on that day.")
            many = gettext(
                "Several members are called %s; have one of them told apart in the register first."
            )
            self.add_error(f"name_{n}", (many if found else none) % name)
            return None
        return Standing(found[0], said[f"office_{n}"], votes, said[f"engagement_{n}"])

    def _elected(self, said: dict[str, Any]) -> set[int]:
        """Keys of those elected: more than the share of those present, the most votes first."""
        rule = ruling("election_votes_share", on=said["on"], unit=self.unit)
        enough = [one for one in said["standing"] if rule.allows(Fraction(one.votes, said["present"] or 1))]
        ranked = sorted(enough, key=lambda one: -one.votes)
        seats = said["seats"]
        if len(ranked) > seats and ranked[seats - 1].votes == ranked[seats].votes:
            raise forms.ValidationError(
                gettext(
                    "%(one)s and %(other)s have as many votes for the last seat: vote again between them."
                )
                % {"one": ranked[seats - 1].person.name, "other": ranked[seats].person.name}
            )
        return {one.person.pk for one in ranked[:seats]}

    def parts(self) -> Parts:
        said = self.cleaned_data
        names = (
            "entitled",
            "present",
            "seats",
            "issued",
            "returned",
            "secret",
            "scattered",
            "assembly_paper",
        )
        election = {one: said[one] for one in names}
        election["assembly"] = said["assembly"] or Assembly.MEMBERS
        election["term_start"] = said["on"]
        election["term_end"] = said["term_end"] or norms.term_ends(self.unit, said["on"])
        candidates = [
            {**one._asdict(), "is_elected": one.person.pk in said["elected"]} for one in said["standing"]
        ]
        return Parts(election=election, candidates=candidates)

    def foresight(self) -> list[str]:
        said = getattr(self, "cleaned_data", {})
        if "elected" not in said:
            return []
        names = [one.person.name for one in said["standing"] if one.person.pk in said["elected"]]
        ends = said["term_end"] or norms.term_ends(self.unit, said["on"])
        return [
            gettext("Elected: %s.") % ("、".join(names) or "—"),
            gettext("The term lasts until %s; the posts held until now end on the day of the election.")
            % ends,
        ]


class CongressForm(ElectionForm):
    """A congress elects too; before it, delegates are elected by the units and shown publicly."""

    session = forms.IntegerField(label=pgettext_lazy("congress", "Session"), min_value=1, max_value=200)
    delegates_planned = forms.IntegerField(label=_("Delegates planned"), min_value=1, max_value=1000)
    party_congress_on = forms.DateField(
        label=_("Party congress of the same level on"), widget=Day, required=False
    )
    notice_from = forms.DateField(label=_("Public notice from"), widget=Day, required=False)
    notice_until = forms.DateField(label=_("Public notice until"), widget=Day, required=False)

    def _assembly(self, named: Any) -> list[tuple[str, list[forms.BoundField]]]:
        return []  # its delegates are elected by rules of their own

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        names = CONGRESS
        return [("", [self[name] for name in names]), *super().groups()]

    def parts(self) -> Parts:
        parts = super().parts()
        return Parts(
            election=parts.election,
            candidates=parts.candidates,
            congress={one: self.cleaned_data[one] for one in CONGRESS},
        )
