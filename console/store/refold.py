"""Folding tickets again although nothing was recorded: time passed, or the engine or the policy is another."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, or_, select

from console.domain.decisions import Change
from console.domain.instants import SECOND
from console.domain.rules import PolicyBook
from console.store.derive import Derived, Row, basis, derive, differences, engine_version, keys_of
from console.store.derived_rows import read_derived, ticket_of, write_derived
from console.store.head import next_revision, revision
from console.store.policies import newest_adoption
from console.store.search_rows import index_tickets
from console.store.tables import queue_row
from console.store.tickets import facts_of


def due_rows(conn: Connection, now: int, limit: int = 1000) -> list[int]:
    """Tickets whose row changes by time alone and has done so by `now` (microseconds UTC), earliest first."""
    query = (
        select(queue_row.c.ticket_id)
        .where(queue_row.c.next_at_s <= now // SECOND)
        .order_by(queue_row.c.next_at_s)
        .limit(limit)
    )
    return list(conn.execute(query).scalars())


def stale_rows(conn: Connection, limit: int = 1000) -> list[int]:
    """Tickets that were folded by another engine, other zone rules or under an older adoption."""
    query = (
        select(queue_row.c.ticket_id)
        .where(
            or_(
                queue_row.c.engine != engine_version(),
                queue_row.c.book_seq != newest_adoption(conn),
            )
        )
        .limit(limit)
    )
    return list(conn.execute(query).scalars())


def refold_due(conn: Connection, book: PolicyBook, now: int, limit: int = 5000) -> Change:
    """Fold the rows again whose time has come by `now` or that another engine or policy made, at most so many."""
    ids = dict.fromkeys([*due_rows(conn, now, limit), *stale_rows(conn, limit)])
    return refold(conn, book, list(ids)[:limit], now)


def refold_stale(conn: Connection, book: PolicyBook, now: int, limit: int = 1000) -> tuple[int, int]:
    """Fold rows again that another engine or policy made, at most so many: how many were looked at, and changed."""
    ids = stale_rows(conn, limit)
    return len(ids), len(refold(conn, book, ids, now).ticket_ids)


def refold(conn: Connection, book: PolicyBook, ticket_ids: Sequence[int], now: int) -> Change:
    """Fold these tickets at `now` and store what came out.

    Those that differ get a new revision and are named in the change; of the others only the stamps move.
    """
    facts = facts_of(conn, ticket_ids)
    if not facts:
        return Change(revision(conn), (), 0)
    keys = keys_of(conn, list(facts))
    on = basis(conn, book, now)
    stored = read_derived(conn, list(facts))
    changed: list[Derived] = []
    same: list[Derived] = []
    for ticket_id, mine in facts.items():
        computed = derive(keys[ticket_id], mine, on)
        before = stored.get(ticket_id)
        if before is None or not equal(before, computed):
            changed.append(computed)
        else:
            same.append(computed._replace(row=computed.row | {"revision": before.row["revision"]}))
    if not changed:
        write_derived(conn, same, revision(conn))
        return Change(revision(conn), (), 0)
    taken = next_revision(conn)
    write_derived(conn, changed + same, taken)
    ids = sorted(ticket_of(each) for each in changed)
    index_tickets(conn, [ticket_of(each) for each in changed if _found_otherwise(stored.get(ticket_of(each)), each)])
    return Change(taken, tuple(ids), 0)


def equal(stored: Derived, computed: Derived) -> bool:
    """Whether both say the same, whenever and by whatever they were folded."""
    return (
        not differences(stored.row, computed.row)
        and _same(stored.clocks, computed.clocks, "kind", "cycle")
        and _same(stored.escalations, computed.escalations, "uid")
    )


def _found_otherwise(stored: Derived | None, computed: Derived) -> bool:
    """Whether a search must know: an opening or a plan that lay ahead has come, for instance."""
    return stored is None or any(stored.row[name] != computed.row[name] for name in ("subject_text_id", "contract_id"))


def _same(stored: Sequence[Row], computed: Sequence[Row], *key: str) -> bool:
    before = {tuple(row[name] for name in key): row for row in stored}
    return len(stored) == len(computed) and all(
        (found := before.get(tuple(row[name] for name in key))) is not None and not differences(found, row)
        for row in computed
    )
