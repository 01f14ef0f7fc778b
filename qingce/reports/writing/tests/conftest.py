from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from qingce.foundation.accounts.models import User
from qingce.league.access.reach import Reach
from qingce.ledger.periods import Period
from qingce.reports.outline import outlines
from qingce.reports.writing import actions
from qingce.reports.writing.drawing import Drawing
from qingce.reports.writing.models import Draft, Paragraph, Role
from qingce.reports.writing.runs import Pieces, from_braces
from tests.full_year import YEAR, FullYear, full_year

NOW = dt.datetime(2024, 1, 5, 9, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[FullYear]:
    """A year in which everything happened once; each test's own changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield full_year()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nothing_kept(db: None) -> None:
    cache.clear()


@dataclass
class Desk:
    """The staff's desk with a first draft of the annual summary on it."""

    year: FullYear
    draft: Draft

    def user(self, name: str = "staff") -> User:
        return self.year.users[name]

    def reach(self, name: str = "staff") -> Reach:
        return Reach(self.user(name), on=NOW.date())

    def texts(self) -> list[Paragraph]:
        return [one for one in self.draft.standing() if one.role == Role.TEXT]

    def write(self, paragraph: Paragraph, text: str | Pieces, *, by: str = "staff", **more: Any) -> Paragraph:
        pieces = from_braces(text) if isinstance(text, str) else text
        said = {"version": paragraph.version, "now": NOW, **more}
        return actions.write(paragraph, pieces, by=self.user(by), reach=self.reach(by), **said)

    def says(self, paragraph: Paragraph) -> str:
        fresh = Paragraph.objects.select_related("draft__unit").get(pk=paragraph.pk)
        return Drawing(fresh.draft, [fresh]).text(fresh)

    def client(self, name: str = "staff") -> Client:
        client = Client()
        client.force_login(self.user(name))
        return client

    def fresh(self) -> Draft:
        return Draft.objects.get(pk=self.draft.pk)


@pytest.fixture
def desk(year: FullYear) -> Desk:
    summary = outlines()["annual-summary"]
    draft = actions.begin(summary, year.district, Period.year(YEAR), by=year.users["staff"], now=NOW)
    return Desk(year, draft)
