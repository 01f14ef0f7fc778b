"""What changes about persons: consents given and withdrawn, facts corrected, requests made and answered."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.people import working_days
from qingce.league.people.models import Consent, Guardian, Person, Request
from qingce.league.people.purposes import CONSENT_BELOW, purposes

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

SELF_CORRECTED = ("phone", "workplace", "education")  # what a person puts right without a paper


@telling()
def give_consent(
    person: Person,
    *,
    purpose: str,
    given_on: dt.date,
    by: User | None,
    guardian_name: str = "",
    relation: str = "",
    phone: str = "",
    **facts: Any,
) -> Consent:
    """Record a consent; below fourteen it is the guardian's, and one in force is enough.

    Personal Information Protection Law, art. 31: the parents or other guardians of a minor under 14.
    """
    age = person.age(on=given_on)
    if age is not None and age < CONSENT_BELOW and not guardian_name:
        raise Refused(_("Below 14 only a guardian can consent; give the guardian's name."))
    if person.consents.filter(purpose=purpose, withdrawn_on=None).exists():
        raise Refused(_("A consent for this purpose is in force already; withdraw it first."))
    guardian = bring_guardian(person, guardian_name, relation, phone) if guardian_name else None
    consent = Consent.objects.create(
        person=person,
        guardian=guardian,
        purpose=purpose,
        given_on=given_on,
        recorded_by=by,
        text_version=purposes()[purpose].version,
        **facts,
    )
    if person.waiting_name:
        person.waiting_name = False
        person.save(update_fields=["waiting_name"])
    _tell(Told.CONSENT_GIVEN, person, by, purpose=purpose)
    return consent


@telling()
def withdraw_consent(consent: Consent, *, on: dt.date, by: User | None) -> None:
    """From `on` the data is used for this purpose no longer; taking part goes on under a waiting name."""
    if consent.withdrawn_on:
        raise Refused(_("This consent was withdrawn on %s already.") % consent.withdrawn_on)
    if on < consent.given_on:
        raise Refused(_("The consent was given only on %s; check the day.") % consent.given_on)
    consent.withdrawn_on = on
    consent.save(update_fields=["withdrawn_on"])
    _keep_waiting_name(consent.person, on=on)
    _tell(Told.CONSENT_WITHDRAWN, consent.person, by, purpose=consent.purpose)


@telling()
def correct_own(person: Person, *, by: User | None, **facts: str) -> list[str]:
    """Put right what needs no paper; the names of the columns that changed."""
    changed = [
        name for name in SELF_CORRECTED if name in facts and _plain(getattr(person, name)) != facts[name]
    ]
    for name in changed:
        setattr(person, name, facts[name])
    if changed:
        person.save(update_fields=changed)
        _tell(Told.PERSON_CORRECTED, person, by, fields=changed)
    return changed


@telling()
def ask(person: Person, *, sort: str, words: str, by: User | None, today: dt.date) -> Request:
    """A request about one's own data, to be answered within the working days that the setting says."""
    if person.requests.filter(sort=sort, answered_at=None).exists():
        raise Refused(_("You asked for this already, and it waits for an answer."))
    request = Request.objects.create(
        person=person, sort=sort, words=words, due_on=working_days.after(today, settings.REQUEST_DAYS)
    )
    tell(Told.DATA_REQUESTED, by=by, about=str(request), reference=person.reference)
    return request


@telling()
def answer(request: Request, *, words: str, by: User) -> None:
    if request.answered_at:
        raise Refused(_("This request was answered already."))
    request.answer, request.answered_at, request.answered_by = words, timezone.now(), by
    request.save()
    about = f"{request} · {request.person}"
    tell(Told.DATA_ANSWERED, by=by, about=about, reference=request.person.reference)


def bring_guardian(person: Person, name: str, relation: str, phone: str) -> Guardian:
    guardian, _new = Guardian.objects.get_or_create(person=person, name=name)
    if relation:
        guardian.relation = relation
    if phone:
        guardian.phone = phone
    guardian.save()
    return guardian


def _keep_waiting_name(person: Person, *, on: dt.date) -> None:
    """A child without any consent in force is called by a waiting name, and taking part goes on."""
    age = person.age(on=on)
    is_child = age is None or age < CONSENT_BELOW
    if is_child and not person.consents.filter(withdrawn_on=None).exists():
        person.waiting_name = True
        person.save(update_fields=["waiting_name"])


def _tell(told: Told, person: Person, by: User | None, **details: Any) -> None:
    tell(told, by=by, about=person.name, reference=person.reference, details=details)


def _plain(value: Any) -> str:
    return str(value.reveal() if hasattr(value, "reveal") else value)
