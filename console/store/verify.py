"""Checks that what is stored is what it should be: file, schema, journal, what is kept, and every derived row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from console.domain.facts import Fact
from console.domain.records import Anchor
from console.domain.rules import PolicyBook
from console.store import anchor as anchors
from console.store import sqlite, sqlite_schema
from console.store.derive import Basis, Derived, Row, basis, derive, differences, engine_version, keys_of
from console.store.derived_rows import read_codes, read_derived
from console.store.inspection import SCHEMA, step_of
from console.store.journal import ChainBreak, verify_chain
from console.store.search_rows import searchable
from console.store.tables import head, ticket
from console.store.tickets import all_facts
from console.store.verify_kept import KeptBreak, verify_kept, wrong_types

_BATCH = 1000
_SEARCHED = ("number", "subject", "customer", "support_code")


@dataclass(frozen=True, slots=True)
class Difference:
    """A derived value that is not what the fold gives: `table` and `key` say which row of the ticket.

    A row that is missing or should not be there has the column "" and says "row" and none.
    """

    number: str
    table: str
    key: str
    column: str
    stored: object
    computed: object


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. `to_fold_again` rows are of another engine or policy: no damage, and not compared.

    `file` is what SQLite says of the file's structure; where it says anything, nothing else was looked at. With an
    `anchor` the chain was compared with it as well; without one nobody knows whether its end was cut, or all of it made
    anew.
    """

    tickets: int
    to_fold_again: int
    differences: tuple[Difference, ...]
    chain: tuple[ChainBreak, ...]
    schema: tuple[str, ...]
    kept: tuple[KeptBreak, ...] = ()
    file: tuple[str, ...] = ()
    anchor: Anchor | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.differences or self.chain or self.schema or self.kept or self.file)


def verify(conn: Connection, book: PolicyBook, anchor: Anchor | None = None) -> Report:
    """Check all that can be checked from within the database and beside an anchor, in one view of it.

    Each ticket is folded at the instant at which its rows were. What the journal alone cannot know: whether
    its tail was cut together with the head, or the whole chain made anew, unless a handover of a shift keeps what it
    was. See also `verify_kept`.
    """
    broken = sqlite.check_file(conn)
    if broken:
        return Report(0, 0, (), (), (), file=tuple(broken), anchor=anchor)
    odd = tuple(wrong_types(conn))
    if odd:
        # Nothing can be folded from these; the chain can be checked all the same.
        return Report(0, 0, (), tuple(verify_chain(conn)), tuple(_schema(conn)), odd, anchor=anchor)
    checked = stale = 0
    found: list[Difference] = []
    on = basis(conn, book, 0)
    for part in _batches(all_facts(conn)):
        stored = read_derived(conn, list(part))
        current = {}
        for ticket_id, mine in part.items():
            row = stored[ticket_id].row if ticket_id in stored else None
            if row is not None and (row["engine"], row["book_seq"]) != (engine_version(), on.book_seq):
                stale += 1
            else:
                current[ticket_id] = mine
        for _, differing in compare(conn, on, current, stored):
            found.extend(differing)
        found.extend(difference for _, difference in searched(conn, list(current)))
        checked += len(part)
    found.extend(difference for _, difference in without_facts(conn))
    found.extend(_found_without_ticket(conn))
    chain, kept = verify_chain(conn), tuple(verify_kept(conn))
    told = {*anchors.kept_in_handovers(conn), *([] if anchor is None else [anchor])}
    for each in sorted(told, key=lambda each: each.seq):
        chain.extend(anchors.check(conn, each))
    return Report(checked, stale, tuple(found), tuple(chain), tuple(_schema(conn)), kept, anchor=anchor)


def compare(
    conn: Connection, on: Basis, facts: Mapping[int, Sequence[Fact]], stored: Mapping[int, Derived]
) -> Iterator[tuple[int, list[Difference]]]:
    """The tickets whose stored rows are not what the fold gave at the instant at which they were folded."""
    keys = keys_of(conn, list(facts))
    numbers = _numbers(conn, facts)
    codes = read_codes(conn, list(facts))
    for ticket_id, mine in facts.items():
        number = numbers[ticket_id]
        before = stored.get(ticket_id)
        if before is None:
            yield ticket_id, [Difference(number, "queue_row", "", "", None, "row")]
            continue
        folded_at = before.row["folded_at"]
        assert isinstance(folded_at, int)
        computed = derive(keys[ticket_id], mine, on._replace(now=folded_at))
        found = [*_compared(number, before, computed), *_miscoded(number, computed.row, codes[ticket_id])]
        if found:
            yield ticket_id, found


def _compared(number: str, stored: Derived, computed: Derived) -> Iterator[Difference]:
    yield from _row(number, "queue_row", "", stored.row, computed.row)
    if stored.row["next_at_s"] != computed.row["next_at_s"]:
        due, expected = stored.row["next_at_s"], computed.row["next_at_s"]
        yield Difference(number, "queue_row", "", "next_at_s", due, expected)
    yield from _rows(number, "clock", ("kind", "cycle"), stored.clocks, computed.clocks)
    yield from _rows(number, "escalation", ("uid",), stored.escalations, computed.escalations)


def _rows(
    number: str, table: str, key: tuple[str, ...], stored: Sequence[Row], computed: Sequence[Row]
) -> Iterator[Difference]:
    before = {_key(row, key): row for row in stored}
    after = {_key(row, key): row for row in computed}
    for name in before.keys() - after.keys():
        yield Difference(number, table, name, "", "row", None)
    for name, row in after.items():
        if name in before:
            yield from _row(number, table, name, before[name], row)
        else:
            yield Difference(number, table, name, "", None, "row")


def _row(number: str, table: str, key: str, stored: Row, computed: Row) -> Iterator[Difference]:
    for column in differences(stored, computed):
        yield Difference(number, table, key, column, stored[column], computed[column])


def _miscoded(number: str, computed: Row, found: dict[str, str | None]) -> Iterator[Difference]:
    plan, owner = computed["plan"], computed["owner_id"]
    expected = {
        "status_code": computed["status"],
        "plan_code": None if plan is None else f"{computed['pack']}/{plan}",
        "owner_code": None if owner is None else str(owner),
    }
    for column, name in expected.items():
        if found[column] != name:
            yield Difference(number, "queue_row", "", column, found[column], name)


def _key(row: Row, key: tuple[str, ...]) -> str:
    return " ".join(str(row[name]) for name in key)


def searched(conn: Connection, ids: Sequence[int]) -> Iterator[tuple[int, Difference]]:
    """Tickets that are found by other words than theirs, or not at all. Their rows are what they should be."""
    stored = sqlite.indexed(conn, ids)
    for ticket_id, *computed in searchable(conn, ids):
        found = stored.get(ticket_id)
        if found is None:
            yield ticket_id, Difference(computed[0], "search", "", "", None, "row")
            continue
        for column, there, expected in zip(_SEARCHED, found, computed, strict=True):
            if there != expected:
                yield ticket_id, Difference(computed[0], "search", "", column, there, expected)


def without_facts(conn: Connection) -> Iterator[tuple[int, Difference]]:
    """Derived rows of tickets that have no facts, which no fold can have made."""
    known = "SELECT 1 FROM fact f WHERE f.ticket_id = q.ticket_id"
    for table in ("queue_row", "clock", "escalation"):
        query = f"""SELECT DISTINCT t.id, t.number FROM {table} q JOIN ticket t ON t.id = q.ticket_id
            WHERE NOT EXISTS ({known})"""
        for ticket_id, number in conn.exec_driver_sql(query):
            yield ticket_id, Difference(number, table, "", "", "row", None)


def _found_without_ticket(conn: Connection) -> Iterator[Difference]:
    query = "SELECT rowid, number FROM search WHERE rowid NOT IN (SELECT id FROM ticket) ORDER BY rowid"
    for ticket_id, number in conn.exec_driver_sql(query):
        yield Difference(str(number), "search", str(ticket_id), "", "row", None)


def _schema(conn: Connection) -> Iterator[str]:
    kept = conn.execute(select(head.c.fingerprint)).scalar_one()
    found = sqlite_schema.fingerprint(conn)
    if found != kept:
        yield f"fingerprint {found}, expected {kept}"
    step = ", ".join(conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalars())
    if step != step_of(SCHEMA):
        yield f"step {step or 'none'}, expected {step_of(SCHEMA)}"
    there = sqlite_schema.trigger_names(conn)
    yield from (f"trigger {name} is missing" for name in sqlite_schema.expected_triggers() if name not in there)


def _numbers(conn: Connection, ids: Iterable[int]) -> dict[int, str]:
    query = select(ticket.c.id, ticket.c.number).where(sqlite.one_of(ticket.c.id, "ids"))
    return dict(iter(conn.execute(query, {"ids": sqlite.id_list(list(ids))})))


def _batches(items: Iterator[tuple[int, list[Fact]]]) -> Iterator[dict[int, list[Fact]]]:
    part: dict[int, list[Fact]] = {}
    for ticket_id, mine in items:
        part[ticket_id] = mine
        if len(part) == _BATCH:
            yield part
            part = {}
    if part:
        yield part
