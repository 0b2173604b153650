"""What the marks of tickets beyond the quota are read from: their contracts, the ledger, and what was decided."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from console.domain.entitlements import INCIDENT
from console.domain.facts import FactKind
from console.domain.quota import DECIDED
from console.store import sqlite
from console.store.tables import fact, ledger


def served_by(conn: Connection, ids: Collection[int]) -> dict[int, tuple[int | None, str]]:
    """By ticket: the contract that its latest plan names and `pack/plan`."""
    return _latest(conn, ids, FactKind.PLAN_SET, ())


def decided(conn: Connection, ids: Collection[int]) -> dict[int, str]:
    """By ticket: what was decided last about serving it beyond the quota."""
    return {ticket_id: said for ticket_id, (_, said) in _latest(conn, ids, FactKind.NOTE, DECIDED).items()}


def sums(conn: Connection, contract_ids: Collection[int]) -> dict[int, int]:
    """By contract: what the incidents of its ledger add up to, purchases and credits among them."""
    query = (
        select(ledger.c.contract_id, func.sum(ledger.c.amount))
        .where(sqlite.one_of(ledger.c.contract_id, "ids"), ledger.c.kind == INCIDENT)
        .group_by(ledger.c.contract_id)
    )
    rows = conn.execute(query, {"ids": sqlite.id_list(contract_ids)})
    return {int(row[0]): int(row[1]) for row in rows}


def _latest(
    conn: Connection, ids: Collection[int], kind: FactKind, words: Collection[str]
) -> dict[int, tuple[int | None, str]]:
    """By ticket `a` and `t` of its last fact of a kind (and of these words in `t`) that is not voided."""
    voided = select(fact.c.t).where(
        fact.c.kind == FactKind.VOID, sqlite.one_of(fact.c.ticket_id, "voided_of"), fact.c.t.is_not(None)
    )
    query = (
        select(fact.c.ticket_id, fact.c.a, fact.c.t)
        .where(sqlite.one_of(fact.c.ticket_id, "ids"), fact.c.kind == kind, fact.c.uid.not_in(voided))
        .where(fact.c.t.is_not(None))
        .order_by(fact.c.ticket_id, fact.c.at, fact.c.ord, fact.c.id)
    )
    if words:
        query = query.where(fact.c.t.in_(words))
    bound = sqlite.id_list(ids)
    return {row[0]: (row[1], row[2]) for row in conn.execute(query, {"ids": bound, "voided_of": bound})}
