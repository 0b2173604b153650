"""The people of the support side: who they are, and what each carries."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from console.domain.people import Load
from console.store import sqlite

_CARRIED = """SELECT owner_id, count(*), sum(grp = 0 AND due_s <= :now), sum(grp = 1),
    min(CASE WHEN grp = 0 AND due_s > :now THEN due_s END)
    FROM queue_row WHERE open AND owner_id IS NOT NULL GROUP BY owner_id"""
# Whoever ever owned a ticket has a word of its own.
_OWNERS = """SELECT p.id, coalesce(x.body, '') FROM word w JOIN person p ON p.id = CAST(w.name AS INTEGER)
    LEFT JOIN text x ON x.id = p.name_text_id WHERE w.kind = 'owner'"""
_NAMED = """SELECT p.id, coalesce(x.body, '') FROM person p LEFT JOIN text x ON x.id = p.name_text_id
    WHERE p.id IN (SELECT value FROM json_each(?))"""

_EVERYBODY = "SELECT p.id, x.body FROM person p JOIN text x ON x.id = p.name_text_id WHERE x.body IS NOT NULL"


def carried(conn: Connection, now_s: int) -> dict[int, Load]:
    """What each person who owns an open ticket carries at `now_s` (seconds UTC), by person id."""
    rows = conn.exec_driver_sql(_CARRIED, {"now": now_s})
    return {row[0]: Load(row[1], row[2], row[3], row[4]) for row in rows}


def owners(conn: Connection) -> dict[int, str]:
    """Everybody who ever owned a ticket: names by id, blank where a name was erased."""
    return {row[0]: row[1] for row in conn.exec_driver_sql(_OWNERS)}


def names(conn: Connection, ids: Collection[int]) -> dict[int, str]:
    """The names of these people by id; who is not known is left out."""
    return {row[0]: row[1] for row in conn.exec_driver_sql(_NAMED, (sqlite.id_list(ids),))}


def called(conn: Connection, wanted: str) -> list[int]:
    """The ids of everybody of this name, upper and lower case alike: of the person with this number where there is one,
    whose name may be erased."""
    if wanted.isdecimal() and (found := list(names(conn, [int(wanted)]))):
        return found
    name = wanted.strip().casefold()
    return [row[0] for row in conn.exec_driver_sql(_EVERYBODY) if name and row[1].casefold() == name]
