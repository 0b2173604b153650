"""The first page of the queue while the rest of the program is still loading: `sqlite3` and nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from console.domain.rows import QueueRow
from console.store.inspection import SCHEMA, open_read_only, schema_of
from console.store.sqlite_faults import translated
from console.store.sqlite_rows import FIRST


def first_rows(path: Path, limit: int) -> list[QueueRow]:
    """The first open rows in the order of the queue; none when there is no database yet, or one of an older schema.

    Raises what `schema_of` raises, and EnvironmentFault when the file cannot be read. Rows may be older than the
    newest facts: the live queue that follows says what has changed.
    """
    if schema_of(path) != SCHEMA:
        return []
    with translated(str(path)), closing(open_read_only(path)) as connection:
        return [queue_row(row) for row in connection.execute(FIRST, (limit,))]


def queue_row(values: sqlite3.Row | tuple[object, ...] | list[object]) -> QueueRow:
    """The row of these columns, as `sqlite_rows.COLUMNS` lists them."""
    row = QueueRow(*values)
    object.__setattr__(row, "paused", bool(row.paused))
    object.__setattr__(row, "breached", bool(row.breached))
    return row
