from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qingce.foundation.accounts.models import User
from qingce.foundation.exchange import urls
from qingce.foundation.exchange.models import Batch, ColumnMapping, Upload
from qingce.foundation.exchange.tests.conftest import HEADS, id_number, person

Workbook = Callable[..., Path]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("club"), pytest.mark.urls(__name__)]
urlpatterns = urls.urlpatterns(lambda view: view)

PLAIN_PAGE = "{% block title %}{% endblock %}{% block content %}{% endblock %}"


@pytest.fixture(autouse=True)
def plain_site(settings: Any, tmp_path: Path) -> None:
    """The pages alone: no site around them, files kept in a folder of the test."""
    settings.LANGUAGE_CODE = "en"
    settings.DATA = tmp_path / "data"
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ]
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    settings.FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    ("django.template.loaders.locmem.Loader", {"base.html": PLAIN_PAGE}),
                    "django.template.loaders.app_directories.Loader",
                ]
            },
        }
    ]


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(User.objects.create_user("lin", name="林书记"))
    return client


def sent(client: Client, path: Path) -> str:
    """Send a file; gives the address of its preview."""
    file = SimpleUploadedFile(path.name, path.read_bytes())
    answer = client.post("/imports/new/", {"file": file})
    assert answer.status_code == 302
    return str(answer.url)


def test_a_file_is_sent_looked_at_and_confirmed(officer: Client, workbook: Workbook) -> None:
    address = sent(officer, workbook(HEADS, person(1), person(2)))

    page = officer.get(address).content.decode()
    assert "2 created, 0 updated, 0 unchanged" in page
    assert id_number(1) not in page
    assert not Batch.objects.exists()

    answer = officer.post(f"{address}confirmation/")
    assert answer.url == "/imports/"
    assert Batch.objects.get().by.name == "林书记"
    assert "名册.xlsx" in officer.get("/imports/").content.decode()


def test_a_file_once_imported_is_not_kept(officer: Client, workbook: Workbook) -> None:
    address = sent(officer, workbook(HEADS, person(1)))
    folder = Upload.objects.get().folder
    assert folder.exists()

    officer.post(f"{address}confirmation/")

    assert not Upload.objects.exists()
    assert not folder.exists()


def test_a_refused_file_shows_its_reasons_and_a_marked_copy(officer: Client, workbook: Workbook) -> None:
    address = sent(officer, workbook(HEADS, person(1, 出生日期="不详")))

    assert "“不详” is not a date" in officer.get(address).content.decode()
    copy = officer.get(f"{address}marked-copy/")
    assert copy.status_code == 200
    assert b"".join(copy.streaming_content).startswith(b"PK")

    officer.post(f"{address}confirmation/")
    assert not Batch.objects.exists()


def test_unknown_columns_are_explained_once(officer: Client, workbook: Workbook) -> None:
    heads = [head if head != "所在社团" else "归属" for head in HEADS]
    address = sent(officer, workbook(heads, person(1)))
    assert "columns/" in officer.get(address).content.decode()

    page = officer.get(f"{address}columns/").content.decode()
    assert "归属" in page
    fields = {f"head{place}": "" for place in range(len(heads))}
    refused = officer.post(f"{address}columns/", {"name": "校方", **fields})
    assert "Still without a column" in refused.content.decode()

    chosen = {**fields, "head0": "name", "head1": "id_number", "head2": "club"}
    answer = officer.post(f"{address}columns/", {"name": "校方", **chosen})
    assert answer.url == address
    assert ColumnMapping.objects.get().name == "校方"
    assert "1 created" in officer.get(address).content.decode()


def test_only_who_sent_a_file_may_look_at_it(officer: Client, workbook: Workbook) -> None:
    address = sent(officer, workbook(HEADS, person(1)))

    officer.force_login(User.objects.create_user("zhou"))

    assert officer.get(address).status_code == 404
    assert officer.post(f"{address}confirmation/").status_code == 404


def test_a_file_can_be_discarded(officer: Client, workbook: Workbook) -> None:
    address = sent(officer, workbook(HEADS, person(1)))

    officer.post(f"{address}confirmation/", {"discard": "1"})

    assert not Upload.objects.exists()
    assert not Batch.objects.exists()


def test_a_template_is_handed_out(officer: Client) -> None:
    answer = officer.get("/imports/templates/members/")

    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert officer.get("/imports/templates/nothing/").status_code == 404
    assert "花名册" in officer.get("/imports/new/").content.decode()
