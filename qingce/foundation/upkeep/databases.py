"""Taking a consistent copy of the database and putting one back, for each database we know."""

from __future__ import annotations

import pkgutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.loader import MIGRATIONS_MODULE_NAME
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from qingce.foundation.audit import triggers
from qingce.foundation.refusals import Refused
from qingce.foundation.upkeep.package import Package, Packing, pieces_of

DATABASE = "database.sqlite3"
TABLES = "tables"
STEPS = "django_migrations"


def save(packing: Packing) -> None:
    {"sqlite": _save_sqlite, "postgresql": _save_postgresql}[connection.vendor](packing)


def put_back(package: Package) -> None:
    """Everything or nothing: both databases take it in one transaction."""
    {"sqlite": _put_back_sqlite, "postgresql": _put_back_postgresql}[connection.vendor](package)


def is_empty() -> bool:
    """Whether none of our own tables holds anything that somebody entered."""
    tables = set(connection.introspection.table_names())
    ours = [model for model in apps.get_models() if model.__module__.startswith("qingce.")]
    held = [model for model in ours if model._meta.db_table in tables and model._meta.label != "audit.Head"]
    return not any(_has_rows(model._meta.db_table) for model in held)


def steps() -> list[str]:
    """The migrations that the database has been through."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def waiting() -> list[str]:
    """The migrations of this version that the database has not been through; their names tell, unread."""
    done = set(steps())
    there = (
        f"{app.label}.{name}"
        for app in apps.get_app_configs()
        for _finder, name, is_package in pkgutil.iter_modules([f"{app.path}/{MIGRATIONS_MODULE_NAME}"])
        if not is_package
    )
    return [one for one in there if one not in done]


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None


def _save_sqlite(packing: Packing) -> None:
    connection.ensure_connection()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / DATABASE
        target = sqlite3.connect(copy)
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        target.close()
        packing.add(DATABASE, pieces_of(copy))


def _put_back_sqlite(package: Package) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / DATABASE
        package.unpack(DATABASE, copy)
        source = sqlite3.connect(copy)
        try:
            if source.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Refused(_("The database in the backup is damaged."))
            connection.ensure_connection()
            # One transaction of the target: whoever reads meanwhile sees the old state or the new.
            source.backup(connection.connection)
        except sqlite3.OperationalError as problem:
            raise Refused(
                _("The database is in use; stop the server, then restore. (%s)") % problem
            ) from None
        finally:
            source.close()
        connection.close()


def _save_postgresql(packing: Packing) -> None:
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table in _tables():
            packing.add(f"{TABLES}/{table}", _rows(table))


def _rows(table: str) -> Iterator[bytes]:
    columns = ", ".join(connection.ops.quote_name(name) for name in _columns(table))
    statement = f"COPY {connection.ops.quote_name(table)} ({columns}) TO STDOUT"
    yield f"{columns}\n".encode()
    with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:
        for piece in copy:
            yield bytes(piece)


def _put_back_postgresql(package: Package) -> None:
    tables = [name.removeprefix(f"{TABLES}/") for name in package.names(TABLES)]
    if set(tables) != set(_tables()):
        raise Refused(_("The tables of the backup are not those of this version."))
    names = ", ".join(connection.ops.quote_name(table) for table in tables)
    with transaction.atomic():
        # The log refuses to be emptied, and here it is replaced as a whole.
        triggers.take_down(connection)
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {names}")
        for table in tables:
            _take_in(table, package)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(statement)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ANALYZE")  # else the first questions would be planned as for empty tables
        triggers.put_up(connection)


def _take_in(table: str, package: Package) -> None:
    pieces = package.pieces(f"{TABLES}/{table}")
    first = next(pieces)
    columns, _end, rest = first.partition(b"\n")
    statement = f"COPY {connection.ops.quote_name(table)} ({columns.decode()}) FROM STDIN"
    with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(rest)
        for piece in pieces:
            copy.write(piece)


def _tables() -> list[str]:
    return sorted(set(connection.introspection.table_names()) - {STEPS})


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        described: list[Any] = connection.introspection.get_table_description(cursor, table)
    return [column.name for column in described]
