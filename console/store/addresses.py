"""Who the addresses of messages are: they keep ids, and names are read when they are shown, so that they can go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from console.domain.addresses import CUSTOMER, PERSON, ROLE, parted
from console.store import sqlite

_NAMED = """SELECT 'person:' || p.id, x.body FROM person p JOIN text x ON x.id = p.name_text_id
    WHERE p.id IN (SELECT value FROM json_each(:person))
    UNION ALL SELECT 'customer:' || c.id, x.body FROM customer c JOIN text x ON x.id = c.name_text_id
    WHERE c.id IN (SELECT value FROM json_each(:customer))"""


def names(conn: Connection, addresses: Iterable[str]) -> Mapping[str, str | None]:
    """What each is called, for all of them in one query: none where the name was erased, and for a role, whose name
    the pack says."""
    found: dict[str, str | None] = {}
    ids: dict[str, list[int]] = {PERSON: [], CUSTOMER: []}
    for each in set(addresses):
        kind, rest = parted(each)
        if kind in ids and rest.isdecimal():
            ids[kind].append(int(rest))
            found[each] = None
        else:
            found[each] = None if kind == ROLE else rest
    if any(ids.values()):
        wanted = {kind: sqlite.id_list(each) for kind, each in ids.items()}
        found.update((row[0], row[1]) for row in conn.exec_driver_sql(_NAMED, wanted))
    return found
