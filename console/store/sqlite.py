"""SQL that only SQLite speaks. PostgreSQL will have a file with the same functions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, func, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection

BUSY_SECONDS = 5.0
BEGIN_WRITE = "BEGIN IMMEDIATE"
BEGIN_READ = "BEGIN"

_THOROUGH_BYTES = 512 << 20

_PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Without it INSERT OR REPLACE would delete a kept row past its trigger.
    "PRAGMA recursive_triggers = ON",
    "PRAGMA temp_store = MEMORY",
)


def prepare(connection: DBAPIConnection, *, writes: bool) -> None:
    """Set a fresh connection up: no transactions behind our back, full durability, WAL.

    Python's default opens a transaction at the first write only, so that what was read before it
    was read outside: two desks lost half of their updates.
    """
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        if writes:
            cursor.execute("PRAGMA journal_mode = WAL")
        else:
            cursor.execute("PRAGMA query_only = ON")
    finally:
        cursor.close()


def one_of(column: ColumnElement[int] | ColumnElement[str], name: str) -> ColumnElement[bool]:
    """`column` is in a list that is bound to `name` as `id_list` makes it: one statement for any length."""
    return column.in_(text(f"SELECT value FROM json_each(:{name})").bindparams(bindparam(name)))


def id_list(values: Collection[int] | Collection[str]) -> str:
    """The value to bind for `one_of`."""
    return json.dumps(list(values))


def next_id(conn: Connection, table: Table) -> int:
    """The first free id of `table`. The write transaction holds off other writers until it ends."""
    key = next(iter(table.primary_key.columns)).name
    found = conn.exec_driver_sql(f'SELECT max("{key}") FROM "{table.name}"').scalar()
    return int(found or 0) + 1


def data_version(conn: Connection) -> int:
    """A number that changes when another connection has committed. Costs 2-4 microseconds."""
    return int(conn.exec_driver_sql("PRAGMA data_version").scalar_one())


def replace_search(conn: Connection, rows: Sequence[tuple[int, str, str, str, str]]) -> None:
    """Index (ticket id, number, subject, customer, support code) anew for full-text search."""
    conn.exec_driver_sql("DELETE FROM search WHERE rowid = ?", [(row[0],) for row in rows])
    conn.exec_driver_sql(
        "INSERT INTO search (rowid, number, subject, customer, support_code) VALUES (?, ?, ?, ?, ?)",
        list(rows),
    )


def search(conn: Connection, words: Sequence[str], limit: int) -> list[int]:
    """Tickets in which every one of `words` begins a word, best match first.

    Each word is handed over as a quoted string, so that no sign in it is an operator.
    """
    query = " ".join('"' + word.replace('"', '""') + '"*' for word in words)
    rows = conn.exec_driver_sql(
        "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank, rowid DESC LIMIT ?",
        (query, limit),
    )
    return [row[0] for row in rows]


def indexed(conn: Connection, ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What the full-text search holds of these tickets: number, subject, customer, support code, by ticket id."""
    query = """SELECT rowid, number, subject, customer, support_code FROM search
        WHERE rowid IN (SELECT value FROM json_each(?))"""
    return {row[0]: tuple(row[1:]) for row in conn.exec_driver_sql(query, (id_list(ids),))}


def overwrite_deleted(conn: Connection) -> None:
    """From now on, overwrite with zeros what this connection deletes."""
    conn.exec_driver_sql("PRAGMA secure_delete = ON")


def forget_words(conn: Connection) -> None:
    """Write the index of words anew without what was taken out of it. Reads and writes all of it."""
    conn.exec_driver_sql("INSERT INTO search (search) VALUES ('optimize')")


def check_file(conn: Connection) -> list[str]:
    """What a check of the file's own structure finds; empty when it is sound. Reads all pages.

    In files of more than some hundred megabytes indexes are not compared with their tables: that takes minutes.
    """
    pages, size = (int(conn.exec_driver_sql(f"PRAGMA {each}").scalar_one()) for each in ("page_count", "page_size"))
    check = "integrity_check" if pages * size <= _THOROUGH_BYTES else "quick_check"
    found = list(conn.exec_driver_sql(f"PRAGMA {check}(20)").scalars())
    return [] if found == ["ok"] else [str(each) for each in found]


def dangling(conn: Connection) -> list[tuple[str, int, str]]:
    """Rows that name a row that is not there: table, row id, table of what is missing."""
    return [(row[0], int(row[1]), row[2]) for row in conn.exec_driver_sql("PRAGMA foreign_key_check")]


def json_value(column: ColumnElement[str], path: str) -> ColumnElement[Any]:
    """What stands at a path of a JSON text, such as `$.plan`; none where nothing does."""
    return func.json_extract(column, path)


def listed_value(
    column: ColumnElement[str], path: str, key: str, is_value: ColumnElement[str], wanted: str
) -> ColumnElement[Any]:
    """`wanted` of the first object in the list at `path` whose `key` is `is_value`; none where there is none."""
    each = func.json_each(column, path).table_valued("value")
    return (
        select(func.json_extract(each.c.value, f"$.{wanted}"))
        .select_from(each)
        .where(func.json_extract(each.c.value, f"$.{key}") == is_value)
        .limit(1)
        .scalar_subquery()
    )
