"""What a file is, before anything is written to it. Imports neither SQLAlchemy nor Alembic.

Nothing here, nor anywhere else in the program, opens the file of a database but SQLite itself. POSIX drops all locks
that a process has on a file as soon as it closes any descriptor of it: to read a header by `open` takes the locks of
this process's own connections away, and the next process removes the log under them. SQLite's connections know of
each other.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from console.domain.errors import EnvironmentFault, UserError
from console.store.sqlite_faults import fault, translated

APPLICATION_ID = 0x53684373
"""Stands in the header of our files ("ShCs")."""

SCHEMA = 2
"""The newest schema that this program knows: the number of the last migration."""

_STEPS = 100_000
"""Of SQLite's machine, between two looks at whether to go on: some milliseconds."""


class _Marks(NamedTuple):
    """What a file says of itself; `step` is Alembic's own mark, "" where it has none."""

    application: int
    schema: int
    tables: int
    heads: int
    step: str


def schema_of(path: Path) -> int:
    """The schema of our database `path`; 0 when there is none yet and the file may be made.

    Raises UserError database_is_folder, database_not_ours or database_newer, EnvironmentFault when the
    file cannot be read or is damaged. Writes nothing, and may be asked of a file that is in use.
    """
    if path.is_dir():
        raise UserError("database_is_folder", path=str(path))
    with translated(str(path)):
        if not path.exists() or path.stat().st_size == 0:
            return 0
    found = _marks(path)
    if found.application == 0 and found.tables == 0:
        return 0
    if found.application != APPLICATION_ID:
        raise UserError("database_not_ours", path=str(path))
    if found.schema > SCHEMA:
        raise UserError("database_newer", path=str(path), found=found.schema, known=SCHEMA)
    if (found.heads == 0) != (found.schema == 0) or (found.tables and not found.schema):
        raise _damaged(path, "tables and schema do not belong together")
    if found.schema and found.step != step_of(found.schema):
        # A step that this program does not have was made by another one, whatever the header says.
        if found.step and found.step not in map(step_of, range(1, SCHEMA + 1)):
            raise UserError("database_newer", path=str(path), found=found.step, known=step_of(SCHEMA))
        raise _damaged(path, f"step {found.step or 'none'} and schema {found.schema} do not belong together")
    return found.schema


def step_of(schema: int) -> str:
    """Alembic's name of the step that makes this schema."""
    return f"{schema:04}"


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


def check_integrity(path: Path, stop: Callable[[], bool] | None = None) -> None:
    """Read the whole file. Raises EnvironmentFault database_damaged with what is wrong.

    `stop` is asked now and then; database_interrupted is raised when it says so.
    """
    with translated(str(path)), closing(open_read_only(path)) as connection:
        connection.set_progress_handler(stop, _STEPS)
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    if found != ["ok"]:
        raise _damaged(path, "; ".join(found))


def _marks(path: Path) -> _Marks:
    # Without a log nobody has it open, and as immutable not even a lock is taken: a file that is refused must stay
    # as it is, alone in its folder.
    logged = log_path(path).exists()
    try:
        with closing(_open(path, "mode=ro" if logged else "mode=ro&immutable=1")) as connection:
            return _Marks(
                connection.execute("PRAGMA application_id").fetchone()[0],
                connection.execute("PRAGMA user_version").fetchone()[0],
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0],
                connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'head'").fetchone()[0],
                _step(connection),
            )
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise UserError("database_not_ours", path=str(path)) from error
        raise fault(error, str(path)) from error


def _step(connection: sqlite3.Connection) -> str:
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'")
    if there.fetchone() is None:
        return ""
    return ", ".join(str(row[0]) for row in connection.execute("SELECT * FROM alembic_version"))


def _damaged(path: Path, detail: str) -> EnvironmentFault:
    return EnvironmentFault("database_damaged", path=str(path), detail=detail)


def same_file(one: Path, other: Path) -> bool:
    """Whether both paths lead to one existing file."""
    return one.exists() and other.exists() and os.path.samefile(one, other)
