"""Reading the queue: the compact index of all open tickets, what changed in it, and rows by id."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from console.domain.errors import InternalFault
from console.domain.index_columns import IndexColumns, IndexNames, RowChanges
from console.domain.queues import BANDS
from console.domain.rows import QueueRow
from console.domain.state import RowState
from console.store import head, sqlite, sqlite_rows
from console.store.first_rows import queue_row
from console.store.texts import clean

_CHUNK = 20_000
_WORD = "SELECT code, name FROM word WHERE kind = ? ORDER BY code"
_OWNER = """SELECT w.code, coalesce(x.body, '') FROM word w
    LEFT JOIN person p ON p.id = CAST(w.name AS INTEGER) LEFT JOIN text x ON x.id = p.name_text_id
    WHERE w.kind = ? ORDER BY w.code"""
_GROUP = "SELECT id, name FROM support_group WHERE ? IS NOT NULL ORDER BY id"


def index(conn: Connection) -> tuple[IndexColumns, IndexNames]:
    """Every open ticket, unsorted, as of the newest revision of this transaction."""
    parts: list[npt.NDArray[np.int64]] = []
    after = 0
    while True:
        count, last, lines = conn.exec_driver_sql(sqlite_rows.INDEX_CHUNK, (after, _CHUNK)).one()
        if not count:
            break
        parts.append(_numbers(lines))
        after = last
    numbers = np.concatenate(parts) if parts else _numbers(None)
    return _columns(numbers, head.revision(conn)), names(conn)


def changes(conn: Connection, since_revision: int) -> RowChanges:
    """What has changed in the index after a revision."""
    changed = conn.exec_driver_sql(sqlite_rows.CHANGED, (since_revision,)).scalar()
    left = conn.exec_driver_sql(sqlite_rows.LEFT, (since_revision,)).scalar()
    closed = np.fromstring(left or "", dtype=np.int64, sep=",").astype(np.int32)
    return RowChanges(_columns(_numbers(changed), head.revision(conn)), closed, names(conn))


def names(conn: Connection) -> IndexNames:
    """The words behind the codes. A code keeps its word for ever; new ones are added at the end."""
    return IndexNames(
        status=_named(conn, _WORD, "status"),
        plan=_named(conn, _WORD, "plan"),
        support_group=_named(conn, _GROUP, ""),
        owner=_named(conn, _OWNER, "owner"),
        escalation=("", *sqlite_rows.ESCALATIONS),
    )


def rows(conn: Connection, ids: Sequence[int]) -> list[QueueRow]:
    """The rows of these tickets in the order of `ids`; tickets that have none are left out."""
    found = {row.ticket_id: row for row in _read(conn, sqlite_rows.BY_ID, (sqlite.id_list(ids),))}
    return [found[each] for each in ids if each in found]


def ranks(conn: Connection, by: str) -> npt.NDArray[np.int64]:
    """The place of each open ticket in the order of its `number` or the name of its `customer`.

    int64 of shape (tickets, 2): ticket id and place; equal words have one place.
    """
    order = {"number": sqlite_rows.RANKED_BY_NUMBER, "customer": sqlite_rows.RANKED_BY_CUSTOMER}[by]
    found = json.loads(conn.exec_driver_sql(order).scalar_one())
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def undecided(conn: Connection) -> list[int]:
    """The tickets whose escalation waits for a decision, the most urgent first, see `sqlite_rows.UNDECIDED`."""
    found: list[int] = json.loads(conn.exec_driver_sql(sqlite_rows.UNDECIDED).scalar_one())
    return found


def open_tickets(conn: Connection, pack: str | None) -> list[tuple[int, str]]:
    """Id and number of the open tickets that a pack serves, or of all."""
    served = "" if pack is None else "AND q.pack = ?"
    query = (
        f"SELECT q.ticket_id, t.number FROM queue_row q JOIN ticket t ON t.id = q.ticket_id WHERE q.open = 1 {served}"
    )
    rows = conn.exec_driver_sql(query, () if pack is None else (pack,))
    return [(row[0], row[1]) for row in rows]


def page(conn: Connection, now_s: int, queue: str, limit: int | None) -> tuple[int, list[QueueRow]]:
    """How many tickets the queue has at `now_s` (seconds UTC) and the first of them, in its order.

    `closed` has what closed last first. `queue` is a code that `console.domain.queues.known` knows.
    """
    condition, values = _condition(queue, now_s)
    order = "q.revision DESC, q.ticket_id DESC" if queue == "closed" else sqlite_rows.ORDER
    total = count(conn, now_s, queue)
    inner = f"SELECT q.* FROM queue_row q WHERE {condition} ORDER BY {order} LIMIT ?"
    shown = (*values, -1 if limit is None else limit)
    return total, _read(conn, sqlite_rows.as_json(inner), shown)


def count(conn: Connection, now_s: int, queue: str) -> int:
    """How many tickets the queue has at `now_s` (seconds UTC)."""
    condition, values = _condition(queue, now_s)
    return int(conn.exec_driver_sql(f"SELECT count(*) FROM queue_row q WHERE {condition}", values).scalar_one())


def decorate(conn: Connection, states: Mapping[int, RowState]) -> list[QueueRow]:
    """Rows for states that are not those stored, as of another instant, in the order of `states`."""
    found: list[QueueRow] = []
    items = list(states.items())
    for start in range(0, len(items), _CHUNK):
        found.extend(_decorated(conn, items[start : start + _CHUNK]))
    return found


def search(conn: Connection, words: str, limit: int) -> list[int]:
    """Tickets whose number, subject, customer and support code together have words that begin with each of `words`.

    Best match first. Signs are separators; without a letter or digit nothing is found. A number alone is
    found first by being it.
    """
    words = clean(words)
    parts = words.replace("\ufffd", " ").split()[:_MOST_WORDS]
    asked = [part[:_LONGEST_WORD] for part in parts if any(sign.isalnum() for sign in part)]
    if not asked:
        return []
    exact = conn.exec_driver_sql("SELECT id FROM ticket WHERE number = ? LIMIT ?", (words.strip(), limit))
    found = [*exact.scalars(), *sqlite.search(conn, asked, limit)]
    return list(dict.fromkeys(found))[:limit]


_MOST_WORDS = 12
_LONGEST_WORD = 64


def _condition(queue: str, now_s: int) -> tuple[str, tuple[object, ...]]:
    kind, colon, name = queue.partition(":")
    if colon:
        return f"open AND {_NAMED_QUEUES[kind]} = ?", (name,)
    if queue in _QUEUES:
        return _QUEUES[queue], ()
    if queue == "overdue":
        return "open AND grp = 0 AND due_s <= ?", (now_s,)
    if queue == "parked":
        return "open AND parked_s <= ?", (now_s,)
    lower = 0
    for code, upper in BANDS:
        if queue == code:
            # What has nothing left is overdue; the first band begins one second later.
            return "open AND grp = 0 AND due_s >= ? AND due_s < ?", (now_s + (lower or 1), now_s + upper)
        lower = upper
    if queue != "later":
        raise InternalFault("queue_without_condition", queue=queue)
    return "open AND grp = 0 AND due_s >= ?", (now_s + lower,)


_QUEUES = MappingProxyType(
    {
        "open": "open",
        "decide": "open AND esc_state IN ('requested', 'under_review')",
        "paused": "open AND grp = 1",
        "no_clock": "open AND grp = 2",
        "closed": "NOT open",
    }
)
_NAMED_QUEUES = MappingProxyType(
    {
        "group": "(SELECT g.name FROM support_group g WHERE g.id = group_id)",
        "plan": "pack || '/' || plan",
        "status": "status",
    }
)


def _decorated(conn: Connection, items: Sequence[tuple[int, RowState]]) -> Iterator[QueueRow]:
    def named(statement: str, ids: Iterable[int | None]) -> dict[int, str]:
        wanted = sqlite.id_list({each for each in ids if each is not None})
        return dict(iter(conn.exec_driver_sql(statement, (wanted,))))

    bound = sqlite.id_list([ticket_id for ticket_id, _ in items])
    found = json.loads(conn.exec_driver_sql(sqlite_rows.NUMBERS, (bound,)).scalar_one())
    words = {ticket_id: tuple(rest) for ticket_id, *rest in found}
    groups = named(sqlite_rows.GROUPS, (state.group_id for _, state in items))
    owners = named(sqlite_rows.PERSONS, (state.owner_id for _, state in items))
    for ticket_id, state in items:
        number, subject, customer = words[ticket_id]
        yield QueueRow(
            ticket_id=ticket_id,
            number=number,
            subject=subject,
            customer=customer,
            severity=state.severity,
            pack=state.pack,
            plan=state.plan,
            status=state.status,
            support_group=None if state.group_id is None else groups.get(state.group_id),
            owner=None if state.owner_id is None else owners.get(state.owner_id),
            clock=None if state.clock is None else state.clock.value,
            group=int(state.group),
            due_s=state.due_s,
            left_work=state.left_work,
            clock_started_s=state.clock_started_s,
            target_work=state.target_work,
            calendar_id=state.calendar_id,
            paused=state.paused,
            breached=state.breached,
            opened_s=state.opened_s,
            last_contact_s=state.last_contact_s,
            escalation=None if state.escalation is None else state.escalation.value,
            revision=0,
            parked_s=state.parked_s,
        )


def _read(conn: Connection, statement: str, values: tuple[object, ...]) -> list[QueueRow]:
    found = conn.exec_driver_sql(statement, values).scalar_one()
    return [queue_row(row) for row in json.loads(found)]


def _named(conn: Connection, statement: str, kind: str) -> tuple[str, ...]:
    found = list(conn.exec_driver_sql(statement, (kind,)))
    words = [""] * (found[-1][0] + 1 if found else 1)
    for code, name in found:
        words[code] = name
    return tuple(words)


def _numbers(lines: str | None) -> npt.NDArray[np.int64]:
    return np.fromstring(lines or "", dtype=np.int64, sep=",").reshape(-1, sqlite_rows.INDEX_WIDTH)


def _columns(numbers: npt.NDArray[np.int64], revision: int) -> IndexColumns:
    def column(number: int, kind: type[np.signedinteger]) -> npt.NDArray[np.signedinteger]:
        return np.ascontiguousarray(numbers[:, number], dtype=kind)

    return IndexColumns(
        ticket_id=column(0, np.int32),
        group=column(1, np.int8),
        due_s=column(2, np.int64),
        rank=column(3, np.int16),
        opened_s=column(4, np.int64),
        severity=column(5, np.int8),
        status=column(6, np.int16),
        plan=column(7, np.int16),
        support_group=column(8, np.int32),
        owner=column(9, np.int32),
        escalation=column(10, np.int8),
        parked_s=column(11, np.int64),
        revision=revision,
    )
