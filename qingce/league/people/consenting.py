"""A guardian's consent in spreadsheets: its columns, what is wrong without it, and keeping it.

Without consent a child under 14 is a waiting name: the name alone, until the guardian has agreed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.dates import age
from qingce.foundation.exchange.columns import Choice, Column, Date, Name, Phone
from qingce.foundation.exchange.saving import Gathering, chunks
from qingce.foundation.exchange.sheets import Row
from qingce.foundation.exchange.vocabulary import offered
from qingce.foundation.privacy.fields import digest
from qingce.league.people.matching import LOOKED_UP, completed
from qingce.league.people.models import Consent, Guardian, Person
from qingce.league.people.purposes import CONSENT_BELOW, Purpose, purposes

RELATION_WORDS = {
    "父亲": Guardian.Relation.FATHER,
    "母亲": Guardian.Relation.MOTHER,
    "祖父母": Guardian.Relation.GRANDPARENT,
    "外祖父母": Guardian.Relation.GRANDPARENT,
    "其他监护人": Guardian.Relation.OTHER,
}


def guardian_columns() -> list[Column]:
    return [
        Date("guardian_consent_on", gettext_lazy("Guardian's consent on"), synonyms=["监护人同意日期"]),
        Name("guardian_name", gettext_lazy("Name of the guardian"), synonyms=["监护人姓名"]),
        Choice(
            "guardian_relation",
            gettext_lazy("Relation to the child"),
            synonyms=["与监护人关系", "监护关系"],
            choices=lambda: offered(Guardian.Relation, RELATION_WORDS),
        ),
        Phone("guardian_phone", gettext_lazy("Phone of the guardian"), synonyms=["监护人电话"]),
    ]


def consent_faults(
    row: Row, *, on: dt.date, withdrawn: Collection[str], agreed: Collection[str]
) -> Iterator[tuple[str, str]]:
    """What stands in the way of keeping a child's data: column and sentence.

    `withdrawn` and `agreed` are digests of ID numbers: of waiting names, and of those with a consent
    in force. Personal Information Protection Law, art. 31.
    """
    number = row["id_number"] or ""
    mark = digest(number)
    if mark and mark in withdrawn and not row["guardian_consent_on"]:
        yield (
            "id_number",
            _("The guardian withdrew consent: leave only the name here; attendance is counted all the same."),
        )
        return
    born = completed({"id_number": number, "born_on": row["born_on"]}).get("born_on")
    if not born or age(born, on=on) >= CONSENT_BELOW or (mark and mark in agreed):
        return
    if not row["guardian_consent_on"]:
        yield (
            "guardian_consent_on",
            _(
                "The child is under 14 on this day: enter the guardian and the day of the consent, or leave "
                "only the name in the row until the guardian has agreed."
            ),
        )
    elif not row["guardian_name"]:
        yield "guardian_name", _("Enter the name of the guardian who agreed.")


def digests_by_consent(digests: Collection[str], purpose: str) -> tuple[set[str], set[str]]:
    """Of these ID numbers, those under a waiting name, and those with a consent in force."""
    waiting: set[str] = set()
    agreed: set[str] = set()
    for some in chunks(list(digests), LOOKED_UP):
        known = Person.objects.filter(id_digest__in=some)
        waiting.update(known.filter(waiting_name=True).values_list("id_digest", flat=True))
        in_force = known.filter(consents__purpose=purpose, consents__withdrawn_on=None)
        agreed.update(in_force.values_list("id_digest", flat=True))
    return waiting, agreed


@dataclass(frozen=True)
class Given:
    """One consent as a row tells it."""

    person: int
    purpose: str
    on: dt.date
    guardian: str
    relation: str
    phone: str

    @classmethod
    def by(cls, row: Row, person: int, purpose: Purpose) -> Given:
        """What a row with the columns of a guardian says of `person`."""
        said = [row[name] or "" for name in ("guardian_name", "guardian_relation", "guardian_phone")]
        return cls(person, purpose.code, row["guardian_consent_on"], *said)


def keep_consents(told: Sequence[Given], *, by: Any, paper: str) -> None:
    """Guardians and consents of one file, saved in bulk; what is on file already stays."""
    wanted = {(one.person, one.purpose): one for one in told if one.guardian}
    for some in chunks(list(wanted.values())):
        _keep(some, by=by, paper=paper[:120])


def _keep(told: Sequence[Given], *, by: Any, paper: str) -> None:
    persons = {one.person for one in told}
    guardians = _guardians(told, persons)
    held = Consent.objects.filter(person__in=persons, withdrawn_on=None)
    on_file = set(held.values_list("person", "purpose"))
    fresh = [one for one in told if (one.person, one.purpose) not in on_file]
    Consent.objects.bulk_create(
        Consent(
            person_id=one.person,
            guardian=guardians[one.person, one.guardian],
            purpose=one.purpose,
            given_on=one.on,
            paper=paper,
            recorded_by=by,
            text_version=purposes()[one.purpose].version,
        )
        for one in fresh
    )
    renewed = {one.person for one in fresh}
    Person.objects.filter(pk__in=renewed, waiting_name=True).update(waiting_name=False)


def _guardians(told: Sequence[Given], persons: Collection[int]) -> dict[tuple[int, str], Guardian]:
    known = {(one.person_id, one.name): one for one in Guardian.objects.filter(person__in=persons)}
    gathering = Gathering(Guardian)
    for one in told:
        facts = {"relation": one.relation, "phone": one.phone}
        said = {name: value for name, value in facts.items() if value}
        key = (one.person, one.guardian)
        if key in known:
            gathering.change(known[key], said)
        else:
            known[key] = gathering.add(Guardian(person_id=one.person, name=one.guardian, **said))
    gathering.save()
    return known
