"""A backup brings everything back, into another database, and nothing half."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

TIMEOUT = 180


@dataclass
class Site:
    """An installation of its own: a database and a data folder."""

    database: str
    data: Path

    def qingce(self, *words: str, fails: bool = False) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "qingce", *words],
            cwd=settings.ROOT,
            env={**os.environ, "QINGCE_DATABASE_URL": self.database, "QINGCE_DATA": str(self.data)},
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )
        assert bool(done.returncode) is fails, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout + done.stderr

    def figures(self) -> list[tuple[str, object]]:
        found = json.loads(self.qingce("figures", "--unit", "demo", "--year", "2023", "--json"))
        return [(one["code"], one["value"]) for one in found]


@pytest.fixture(scope="module")
def sites(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup, django_db_blocker
) -> Iterator[list[Site]]:
    """One site with the sample year and an empty one, on the kind of database that is tested."""
    folder = tmp_path_factory.mktemp("sites")
    names = ["lived_in", "empty"]
    if connection.vendor == "sqlite":
        made = [Site(f"sqlite:///{folder}/{name}.sqlite3", folder / name) for name in names]
        yield _lived_in(made, folder)
        return
    with django_db_blocker.unblock():
        stem = connection.settings_dict["NAME"]
        databases = [f"{stem}_{name}" for name in names]
        _each(databases, "DROP DATABASE IF EXISTS {0}", "CREATE DATABASE {0}")
        made = [Site(_address(one), folder / one) for one in databases]
        yield _lived_in(made, folder)
        _each(databases, "DROP DATABASE {0} WITH (FORCE)")


def _lived_in(made: list[Site], folder: Path) -> list[Site]:
    from sample.__main__ import main

    main(["--out", str(folder / "sample")])
    for site in made:
        site.qingce("migrate", "--verbosity", "0")
    books = (folder / "sample" / "ORDER.txt").read_text(encoding="utf-8").split()
    made[0].qingce("import", *(str(folder / "sample" / book) for book in books))
    paper = made[0].data / "files" / "kept" / "a.txt"
    paper.parent.mkdir(parents=True)
    paper.write_text("签到表", encoding="utf-8")
    made[0].qingce("backup", str(folder / "whole.qcb"))
    return made


def _each(databases: list[str], *statements: str) -> None:
    import psycopg

    said = connection.settings_dict
    with psycopg.connect(
        host=said["HOST"], port=said["PORT"] or None, user=said["USER"], password=said["PASSWORD"],
        dbname="postgres", autocommit=True,
    ) as server:  # fmt: skip
        for name in databases:
            for statement in statements:
                server.execute(statement.format(f'"{name}"').encode())


def _address(name: str) -> str:
    said = connection.settings_dict
    who = f"{quote(said['USER'])}:{quote(said['PASSWORD'])}"
    return f"postgresql://{who}@{said['HOST']}:{said['PORT'] or 5432}/{name}"


@pytest.fixture
def backup(sites: list[Site]) -> Path:
    return sites[0].data.parent / "whole.qcb"


@pytest.mark.django_db
class TestRoundTrip:
    def test_a_damaged_backup_is_refused_and_changes_nothing(
        self, sites: list[Site], backup: Path, tmp_path: Path
    ) -> None:
        damaged = _with(backup, tmp_path / "damaged.qcb", "files/kept/a.txt", b"other")
        assert "files/kept/a.txt" in sites[1].qingce("restore", str(damaged), fails=True)
        assert not (sites[1].data / "files").exists()

    def test_everything_comes_back(self, sites: list[Site], backup: Path) -> None:
        lived_in, empty = sites
        empty.qingce("restore", str(backup))
        assert empty.figures() == lived_in.figures()
        assert (empty.data / "files/kept/a.txt").read_text(encoding="utf-8") == "签到表"
        looks = json.loads(empty.qingce("doctor", "--json"))
        assert [one for one in looks if not one["ok"]] == []

    def test_what_is_there_is_not_lost_by_mistake(self, sites: list[Site], backup: Path) -> None:
        lived_in = sites[0]
        before = lived_in.figures()
        lived_in.qingce("restore", str(backup), fails=True)
        lived_in.qingce("restore", str(backup), "--replace")
        assert lived_in.figures() == before

    def test_no_key_is_in_the_file(self, backup: Path) -> None:
        with zipfile.ZipFile(backup) as archive:
            for name in archive.namelist():
                held = archive.read(name)
                assert not [key for key in settings.SEALING_KEYS.values() if key.encode() in held]
                assert settings.SECRET_KEY.encode() not in held


def _with(backup: Path, copy: Path, member: str, content: bytes) -> Path:
    """A copy of `backup` in which one member has another content."""
    shutil.copy(backup, copy)
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
    return copy
