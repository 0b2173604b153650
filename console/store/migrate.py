"""Brings a database to the newest schema, inside the caller's transaction.

Imported only when there is something to do: Alembic takes longer to load than all the rest of the store.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, select, update

from console.store import sqlite_schema
from console.store.inspection import SCHEMA, step_of
from console.store.journal import FIRST_HASH
from console.store.tables import head

_STEPS = Path(__file__).parent / "migrations"


def upgrade(conn: Connection, schema: int = SCHEMA) -> None:
    """Run the steps that are missing up to `schema`, make triggers and search anew, note the schema's fingerprint."""
    steps = ScriptDirectory(str(_STEPS))

    def missing(found: tuple[str, ...], _context: MigrationContext) -> list[RevisionStep]:
        return steps._upgrade_revs(step_of(schema), found)  # type: ignore[arg-type]

    with EnvironmentContext(Config(), steps, fn=missing, destination_rev=step_of(schema)) as environment:
        environment.configure(connection=conn)
        environment.run_migrations()
    sqlite_schema.create_search(conn)
    sqlite_schema.recreate_triggers(conn)
    sqlite_schema.mark(conn, schema)
    digest = sqlite_schema.fingerprint(conn)
    if conn.execute(select(head.c.id)).scalar() is None:
        conn.execute(
            insert(head).values(
                id=1,
                database_uid=secrets.token_hex(16),
                revision=0,
                journal_seq=0,
                journal_hash=FIRST_HASH,
                fingerprint=digest,
            )
        )
    else:
        conn.execute(update(head).values(fingerprint=digest))
