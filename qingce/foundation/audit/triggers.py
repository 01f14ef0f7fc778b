"""What the database itself refuses: changing or removing what was told, whatever program asks.

Entries may go only where a checkpoint says that they were taken out after their time of keeping.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

SENTENCE = "the log of actions cannot be changed"
GUARDED = {
    "audit_entry_stays": ("UPDATE", "audit_entry", ""),
    "audit_entry_is_kept": (
        "DELETE",
        "audit_entry",
        "NOT EXISTS (SELECT 1 FROM audit_checkpoint WHERE number >= OLD.number)",
    ),
    "audit_checkpoint_stays": ("UPDATE", "audit_checkpoint", ""),
    "audit_checkpoint_is_kept": ("DELETE", "audit_checkpoint", ""),
}
FUNCTION = "audit_refuse"


def put_up(connection: BaseDatabaseWrapper) -> None:
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for statement in make():
            cursor.execute(statement)


def take_down(connection: BaseDatabaseWrapper) -> None:
    on = " ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name, (_event, table, _when) in GUARDED.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + on.format(table=table))


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that somebody took away."""
    question = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        return set(GUARDED) - {name for (name,) in cursor.fetchall()}


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {'WHEN ' + when if when else ''} "
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        for name, (event, table, when) in GUARDED.items()
    ]


def _postgresql() -> list[str]:
    # A trigger's WHEN may not ask another table there, so the function does.
    body = "".join(
        f"IF TG_NAME = '{name}' AND NOT ({when}) THEN RETURN OLD; END IF; "
        for name, (_event, _table, when) in GUARDED.items()
        if when
    )
    function = (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}"
        f"RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    return [function] + [
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
        for name, (event, table, _when) in GUARDED.items()
    ]
