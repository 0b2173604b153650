"""Mending derived rows: those that are not what the facts give are made anew, the others are not touched.

What a ticket is found by is mended with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from console.domain.rules import PolicyBook
from console.store.derive import basis, derive, keys_of
from console.store.derived_rows import drop_derived, read_derived, write_derived
from console.store.head import next_revision
from console.store.search_rows import index_tickets
from console.store.tables import ticket
from console.store.tickets import facts_of
from console.store.verify import Difference, compare, searched, without_facts


@dataclass(frozen=True, slots=True)
class Mended:
    """Tickets that were mended, what differed before, and the revision that says so to readers (none: nothing)."""

    tickets: int
    differences: tuple[Difference, ...]
    revision: int | None


NOTHING = Mended(0, (), None)


def ids_after(conn: Connection, after: int, limit: int) -> list[int]:
    """The next tickets by id: what a part costs does not depend on how many came before."""
    query = select(ticket.c.id).where(ticket.c.id > after).order_by(ticket.c.id).limit(limit)
    return list(conn.execute(query).scalars())


def sound(conn: Connection, book: PolicyBook, ids: Sequence[int]) -> bool:
    """Whether all stored rows of these tickets are what the facts gave at the instant at which they were folded."""
    return next(_differing(conn, book, ids), None) is None


def mend(conn: Connection, book: PolicyBook, ids: Sequence[int], now: int) -> Mended:
    """Fold those of the tickets anew whose rows differ, at `now` (microseconds UTC), as one revision.

    Rows of another engine or policy are compared as well. Nothing is written when nothing differs.
    """
    found = list(_differing(conn, book, ids))
    if not found:
        return NOTHING
    differing = sorted({ticket_id for ticket_id, _ in found})
    facts, keys, on = facts_of(conn, differing), keys_of(conn, differing), basis(conn, book, now)
    taken = next_revision(conn)
    write_derived(conn, [derive(keys[each], facts[each], on) for each in differing], taken)
    # What a ticket is found by is read from its row.
    index_tickets(conn, differing)
    return Mended(len(differing), tuple(difference for _, difference in found), taken)


def drop_unfounded(conn: Connection) -> Mended:
    """Take away the rows of tickets that have no facts. Nothing is written when there are none."""
    found = list(without_facts(conn))
    if not found:
        return NOTHING
    ids = {ticket_id for ticket_id, _ in found}
    taken = next_revision(conn)
    drop_derived(conn, sorted(ids))
    return Mended(len(ids), tuple(difference for _, difference in found), taken)


def unfounded(conn: Connection) -> bool:
    """Whether there are rows of tickets without facts."""
    return next(without_facts(conn), None) is not None


def _differing(conn: Connection, book: PolicyBook, ids: Sequence[int]) -> Iterator[tuple[int, Difference]]:
    facts = facts_of(conn, ids)
    stored = read_derived(conn, list(facts))
    for ticket_id, differing in compare(conn, basis(conn, book, 0), facts, stored):
        yield from ((ticket_id, each) for each in differing)
    yield from searched(conn, [each for each in facts if each in stored])
