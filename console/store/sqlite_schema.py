"""What only SQLite's schema needs: triggers, the full-text table, the fingerprint, marks in the file.

PostgreSQL will have a file with the same functions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, Table

from console.store.inspection import APPLICATION_ID
from console.store.tables import KEPT, OUTBOX_STATE

_SEARCH = """CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(
    number, subject, customer, support_code, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
)"""


def create_search(conn: Connection) -> None:
    """Make the full-text table; its rowid is the ticket's id."""
    conn.exec_driver_sql(_SEARCH)


def recreate_triggers(conn: Connection) -> None:
    """Drop all triggers and make them again: a migration in batch mode loses them silently."""
    for name in trigger_names(conn):
        conn.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for statement in _triggers():
        conn.exec_driver_sql(statement)


def trigger_names(conn: Connection) -> set[str]:
    """The triggers that the database has."""
    return set(conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars())


def expected_triggers() -> list[str]:
    """The triggers that it must have."""
    return [statement.split()[2] for statement in _triggers()]


def fingerprint(conn: Connection) -> str:
    """SHA-256 of the definitions of all tables, indexes and triggers."""
    rows = conn.exec_driver_sql(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    )
    lines = "\n".join(f"{kind}\t{name}\t{' '.join(sql.split())}" for kind, name, sql in rows)
    return hashlib.sha256(lines.encode()).hexdigest()


def mark(conn: Connection, schema: int) -> None:
    """Write into the header that the file is ours and how new its schema is."""
    conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.exec_driver_sql(f"PRAGMA user_version = {schema}")


def _triggers() -> Iterator[str]:
    for table in KEPT:
        yield _refusing(table.name, "DELETE", "")
        if table.name == "text":
            yield _refusing("text", "UPDATE", f"WHEN NOT ({_BLANKING})")
        elif table.name == "outbox":
            yield _refusing("outbox", f"UPDATE OF {_fixed(table)}", "")
        else:
            yield _refusing(table.name, "UPDATE", "")
    yield _refusing("head", "DELETE", "")
    yield _refusing("head", "UPDATE", f"WHEN NOT ({_FORWARD})")


# The body of a text may be blanked once, and only as a whole.
_BLANKING = (
    "NEW.id = OLD.id AND NEW.sha256 = OLD.sha256 AND NEW.body IS NULL AND NEW.salt IS NULL"
    " AND NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL"
)
_FORWARD = (
    "NEW.id = OLD.id AND NEW.database_uid = OLD.database_uid AND NEW.revision >= OLD.revision"
    " AND NEW.journal_seq >= OLD.journal_seq"
)


def _fixed(table: Table) -> str:
    return ", ".join(f'"{each.name}"' for each in table.columns if each.name not in OUTBOX_STATE)


def _refusing(table: str, event: str, condition: str) -> str:
    verb = event.split()[0].lower()
    return (
        f"CREATE TRIGGER kept_{table}_{verb} BEFORE {event} ON {table} {condition}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is kept: {verb} refused'); END"
    )
