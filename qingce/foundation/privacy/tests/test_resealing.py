"""Keys are changed while the work goes on: nothing is lost, and a killed run goes on where it stopped."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import TextField, Value

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.privacy import keys as ring
from qingce.foundation.privacy import resealing, sealing
from qingce.foundation.privacy.fields import digest
from qingce.foundation.privacy.models import Keeping
from qingce.foundation.privacy.tests.conftest import NEW, OLD
from qingce.foundation.refusals import Refused

ROOT = Path(__file__).resolve().parents[4]
NUMBER = "990101199901010000"


def people():
    return apps.get_model("people", "Person")


def sealed_person(number=NUMBER, phone="13900000001"):
    person = people()(name="周小满", id_number=number, phone=phone, id_digest=digest(number))
    person.save()
    return person


def stored(person):
    return people().objects.get(pk=person.pk)


def run(**options):
    out = StringIO()
    call_command("reseal", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_every_value_and_digest_is_brought_under_the_newest_key(keys):
    person = sealed_person()
    keys("sm4", two=NEW, **{"0": OLD})
    run()
    keys("sm4", two=NEW)  # the old key is gone from the ring
    assert stored(person).id_number.reveal() == NUMBER
    assert stored(person).phone.reveal() == "13900000001"
    assert stored(person).id_digest == digest(NUMBER)


@pytest.mark.django_db
def test_running_it_again_changes_nothing(keys):
    person = sealed_person()
    keys(two=NEW, **{"0": OLD})
    run()
    before = stored(person).id_number.stored
    run()
    assert stored(person).id_number.stored == before


@pytest.mark.django_db
def test_a_stopped_run_goes_on_where_it_stopped(keys, monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", 2)
    every = [sealed_person(str(number)) for number in range(990101199901010000, 990101199901010007)]
    keys(two=NEW, **{"0": OLD})

    def stop(_rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        resealing.reseal(people(), stop)
    done = [one for one in every if stored(one).id_number.stored.startswith(ring.tag())]
    assert len(done) == 2
    assert resealing.count_left(people()) == 5
    run()
    assert [stored(one).id_digest for one in every] == [digest(one.id_number.reveal()) for one in every]


@pytest.mark.django_db
def test_what_an_old_process_saved_meanwhile_is_taken_along(keys, monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", 1)
    first, second = sealed_person("990101199901010001"), sealed_person("990101199901010002")
    late = sealing.seal("990101199901010009", "people.person.id_number")
    keys(two=NEW, **{"0": OLD})

    def meddle(_rows):
        with telling():
            people().objects.filter(pk=first.pk).update(id_number=Value(late, TextField()))
            tell(Told.PERSON_CORRECTED, by=None, about="某人")

    moved = iter([lambda rows: None, meddle])
    resealing.reseal(people(), lambda rows: next(moved, lambda _rows: None)(rows))
    assert stored(first).id_number.stored.startswith(ring.tag())
    assert stored(first).id_number.reveal() == "990101199901010009"
    assert stored(second).id_number.stored.startswith(ring.tag())


@pytest.mark.django_db
def test_values_of_a_lost_key_are_said_and_left(keys):
    person = sealed_person()
    keys(two=NEW)
    with pytest.raises(CommandError, match="--leave-unreadable"):
        run()
    run(leave_unreadable=True)
    assert str(stored(person).phone) in {"unreadable", "不可读"}
    keys(**{"0": OLD, "two": NEW})
    assert stored(person).phone.reveal() == "13900000001"


@pytest.mark.django_db
def test_nobody_is_looked_for_by_number_while_digests_stand_under_another_key(keys):
    sealed_person()
    resealing.demand_comparable(people())
    keys(two=NEW, **{"0": OLD})
    with pytest.raises(Refused, match="reseal"):
        resealing.demand_comparable(people())
    run()
    resealing.demand_comparable(people())


@pytest.mark.django_db
def test_an_empty_register_begins_with_the_newest_key(keys):
    keys(two=NEW, **{"0": OLD})
    resealing.demand_comparable(people())
    assert Keeping.objects.get(pk="people.person").tag == ring.tag()


MANY = 100_000


def test_a_hundred_thousand_values_survive_being_killed_in_the_middle(tmp_path):
    """On a database of its own, in processes of its own, ended with SIGKILL."""
    base = tmp_path / "many.sqlite3"
    ring_file = tmp_path / "keys"
    environ = {
        **os.environ,
        "QINGCE_DATABASE_URL": f"sqlite:///{os.path.relpath(base, ROOT)}",
        "QINGCE_SEALING_KEY": OLD,
        "QINGCE_SECRET_KEY": "k" * 50,
    }
    _qingce(environ, "migrate")
    _fill(environ, MANY // 2)
    ring_file.write_text(f"two {NEW}\n")
    environ["QINGCE_SEALING_KEYS_FILE"] = str(ring_file)
    running = subprocess.Popen([sys.executable, "-m", "qingce", "reseal"], cwd=ROOT, env=environ)
    _wait_for(lambda: _resealed(base) > 5_000)
    running.send_signal(signal.SIGKILL)
    running.wait()
    reached = _resealed(base)
    assert 5_000 < reached < MANY // 2
    _qingce(environ, "reseal")
    assert _resealed(base) == MANY // 2
    del environ["QINGCE_SEALING_KEY"]
    assert _qingce(environ, "shell", "-v0", "-c", READ_ALL).strip() == f"{MANY} 0"


READ_ALL = """
from qingce.foundation.privacy.fields import digest
from qingce.league.people.models import Person
read = wrong = 0
for person in Person.objects.iterator():
    number = str(990000000000000000 + person.pk)
    wrong += person.id_number.reveal() != number or person.phone.reveal() != str(13900000000 + person.pk)
    wrong += person.id_digest != digest(number)
    read += 2
print(read, wrong)
"""
FILL = """
from qingce.foundation.privacy.fields import digest
from qingce.league.people.models import Person
from qingce.foundation.audit.telling import Told, tell, telling
with telling():
    Person.objects.bulk_create([
        Person(pk=n, name="某人", id_number=str(990000000000000000 + n), phone=str(13900000000 + n),
               id_digest=digest(str(990000000000000000 + n)))
        for n in range(1, %d + 1)
    ], batch_size=2000)
    tell(Told.FILE_IMPORTED, by=None, about="名册")
"""


def _fill(environ, rows):
    _qingce(environ, "shell", "-v0", "-c", FILL % rows)


def _qingce(environ, *words):
    done = subprocess.run(
        [sys.executable, "-m", "qingce", *words], cwd=ROOT, env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _resealed(base):
    with sqlite3.connect(f"file:{base}?mode=ro", uri=True, timeout=20) as connection:
        under_new = "SELECT COUNT(*) FROM people_person WHERE id_number LIKE 'a:two:%'"
        return connection.execute(under_new).fetchone()[0]


def _wait_for(true, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")
