"""A database file as the program of the first schema left it, with the rows of a desk in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from console.store import migrate
from console.store.engine import sqlite_engine

_HEAD = "UPDATE head SET (database_uid, revision, journal_seq, journal_hash) = (?, ?, ?, ?)"


def first_schema(source: Path, target: Path) -> None:
    """Write what the desk `source` has into a new file `target` that only the first step has made.

    A database of then had no shifts: what this one knows of them is left out, and the journal must have none.
    """
    engine = sqlite_engine(target, writes=True)
    with engine.begin() as conn:
        migrate.upgrade(conn, 1)
    engine.dispose()
    with closing(sqlite3.connect(target)) as file, file:
        file.execute("ATTACH ? AS other", (str(source),))
        file.execute("PRAGMA foreign_keys = OFF")
        for table in _tables(file):
            names = ", ".join(f'"{row[1]}"' for row in file.execute(f'PRAGMA main.table_info("{table}")'))
            file.execute(f'INSERT INTO main."{table}" ({names}) SELECT {names} FROM other."{table}"')
        file.execute("INSERT INTO main.search (rowid, number, subject, customer, support_code)"
                     " SELECT rowid, number, subject, customer, support_code FROM other.search")  # fmt: skip
        kept = "SELECT database_uid, revision, journal_seq, journal_hash FROM other.head"
        file.execute("DROP TRIGGER main.kept_head_update")
        file.execute(_HEAD, file.execute(kept).fetchone())
    with engine.begin() as conn:
        migrate.upgrade(conn, 1)
    engine.dispose()


def _tables(file: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"
    return [name for (name,) in file.execute(query) if name not in ("head", "alembic_version")]
