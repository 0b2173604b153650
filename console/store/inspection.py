"""What a file is, before anything is written to it. Imports neither SQLAlchemy nor Alembic."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from console.domain.errors import EnvironmentFault, UserError
from console.store.sqlite_faults import fault, translated

APPLICATION_ID = 0x53684373
"""Stands in the header of our files ("ShCs")."""

SCHEMA = 1
"""The newest schema that this program knows: the number of the last migration."""

_MAGIC = b"SQLite format 3\0"


def schema_of(path: Path) -> int:
    """The schema of our database `path`; 0 when there is none yet and the file may be made.

    Raises UserError database_is_folder, database_not_ours or database_newer, EnvironmentFault when the
    file cannot be read or is damaged. Writes nothing.
    """
    if path.is_dir():
        raise UserError("database_is_folder", path=str(path))
    with translated(str(path)):
        if not path.exists() or path.stat().st_size == 0:
            return 0
        with path.open("rb") as file:
            header = file.read(len(_MAGIC))
    if header != _MAGIC:
        raise UserError("database_not_ours", path=str(path))
    application, schema, tables, heads = _marks(path)
    if application == 0 and tables == 0:
        return 0
    if application != APPLICATION_ID:
        raise UserError("database_not_ours", path=str(path))
    if schema > SCHEMA:
        raise UserError("database_newer", path=str(path), found=schema, known=SCHEMA)
    if (heads == 0) != (schema == 0) or (tables and not schema):
        raise EnvironmentFault("database_damaged", path=str(path), detail="tables and schema do not belong together")
    return schema


def log_path(path: Path) -> Path:
    """The write-ahead log of a database: it changes with each commit, and may be missing when nobody has it open."""
    return path.with_name(f"{path.name}-wal")


def open_read_only(path: Path) -> sqlite3.Connection:
    """A plain connection for reading. It may be handed from thread to thread, for one at a time.

    Not SQLite's own read-only mode: that would leave a write-ahead log behind when it goes last.
    """
    connection = _open(path, "mode=rw")
    try:
        connection.execute("PRAGMA query_only = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=5.0, check_same_thread=False)


def check_integrity(path: Path) -> None:
    """Read the whole file. Raises EnvironmentFault database_damaged with what is wrong."""
    with translated(str(path)), closing(open_read_only(path)) as connection:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    if found != ["ok"]:
        raise EnvironmentFault("database_damaged", path=str(path), detail="; ".join(found))


def _marks(path: Path) -> tuple[int, int, int, int]:
    # Without a log nobody has it open, and as immutable not even a lock is taken: a file that is refused must stay
    # as it is, alone in its folder.
    logged = log_path(path).exists()
    try:
        with closing(_open(path, "mode=ro" if logged else "mode=ro&immutable=1")) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            schema = connection.execute("PRAGMA user_version").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            heads = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'head'").fetchone()[0]
    except sqlite3.Error as error:
        raise fault(error, str(path)) from error
    return application, schema, tables, heads


def same_file(one: Path, other: Path) -> bool:
    """Whether both paths lead to one existing file."""
    return one.exists() and other.exists() and os.path.samefile(one, other)
