"""Writing and reading the derived tables. Only the door and the refold write them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, Table, and_, delete, insert, select

from console.store import sqlite
from console.store.derive import Derived, Row
from console.store.tables import clock, escalation, queue_row, word

_PLACED = ("status_code", "plan_code", "owner_code")


def write_derived(conn: Connection, found: Sequence[Derived], revision: int) -> None:
    """Put the rows of these tickets in place of those that are stored. A row that has a revision keeps it."""
    drop_derived(conn, [ticket_of(each) for each in found])
    codes = _Codes(conn)
    rows = []
    for each in found:
        stamped = {"revision": revision} | each.row
        stamped["status_code"] = codes.code("status", each.row["status"])
        stamped["plan_code"] = codes.code("plan", _plan_name(each.row))
        stamped["owner_code"] = codes.code("owner", each.row["owner_id"])
        rows.append(stamped)
    codes.store()
    _add(conn, queue_row, rows)
    pairs = zip(found, rows, strict=True)
    _add(conn, clock, [row | {"revision": stamped["revision"]} for each, stamped in pairs for row in each.clocks])
    _add(conn, escalation, [row for each in found for row in each.escalations])


def drop_derived(conn: Connection, ids: Collection[int]) -> None:
    """Take the rows of these tickets away."""
    for table in (clock, escalation, queue_row):
        conn.execute(delete(table).where(sqlite.one_of(table.c.ticket_id, "ids")), {"ids": sqlite.id_list(ids)})


def read_derived(conn: Connection, ids: Collection[int]) -> dict[int, Derived]:
    """The stored rows of these tickets, by ticket id; clocks and escalations in no order."""
    bound = {"ids": sqlite.id_list(ids)}
    clocks = _by_ticket(conn, clock, bound)
    escalations = _by_ticket(conn, escalation, bound)
    query = select(queue_row).where(sqlite.one_of(queue_row.c.ticket_id, "ids"))
    return {
        row["ticket_id"]: Derived(
            {key: value for key, value in row.items() if key not in _PLACED},
            clocks[row["ticket_id"]],
            escalations[row["ticket_id"]],
        )
        for row in conn.execute(query, bound).mappings()
    }


def read_codes(conn: Connection, ids: Collection[int]) -> dict[int, dict[str, str | None]]:
    """What the codes of these tickets' queue rows stand for, by ticket id and column; none for 0."""
    words = {kind: word.alias(kind) for kind in ("status", "plan", "owner")}
    query = select(queue_row.c.ticket_id, *(table.c.name for table in words.values()))
    joined = query.select_from(queue_row)
    for kind, table in words.items():
        on = and_(table.c.kind == kind, table.c.code == queue_row.c[f"{kind}_code"])
        joined = joined.outerjoin(table, on)
    rows = conn.execute(joined.where(sqlite.one_of(queue_row.c.ticket_id, "ids")), {"ids": sqlite.id_list(ids)})
    return {row[0]: {f"{kind}_code": row[place] for place, kind in enumerate(words, start=1)} for row in rows}


def _by_ticket(conn: Connection, table: Table, bound: dict[str, str]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    query = select(table).where(sqlite.one_of(table.c.ticket_id, "ids"))
    for row in conn.execute(query, bound).mappings():
        found[row["ticket_id"]].append(dict(row))
    return found


def ticket_of(derived: Derived) -> int:
    """The ticket that these rows are of."""
    found = derived.row["ticket_id"]
    assert isinstance(found, int)
    return found


def _plan_name(row: Row) -> str | None:
    return None if row["plan"] is None else f"{row['pack']}/{row['plan']}"


def _add(conn: Connection, table: Table, rows: Iterable[Row]) -> None:
    many = list(rows)
    if many:
        conn.execute(insert(table), many)


class _Codes:
    """The small numbers of names in queue rows; a new name gets the next number of its kind."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._new: list[Row] = []
        self._codes: dict[str, dict[str, int]] = defaultdict(dict)
        for kind, code, name in conn.execute(select(word.c.kind, word.c.code, word.c.name)):
            self._codes[kind][name] = code

    def code(self, kind: str, name: object) -> int:
        """0 stands for none."""
        if name is None:
            return 0
        known = self._codes[kind]
        key = str(name)
        if key not in known:
            known[key] = len(known) + 1
            self._new.append({"kind": kind, "code": known[key], "name": key})
        return known[key]

    def store(self) -> None:
        _add(self._conn, word, self._new)
