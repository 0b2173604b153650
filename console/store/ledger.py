"""The ledger of a contract: what was deducted and credited, and by which rule (OD-6)."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, insert, select

from console.domain.decisions import LedgerEntry, NewLedger
from console.store import sqlite
from console.store.tables import contract, ledger, ticket


def add_entries(conn: Connection, entries: Sequence[NewLedger], decision_uid: str | None, revision: int) -> None:
    """Write entries; only the door calls this, in the transaction of the facts they belong to."""
    rows = [
        each._asdict()
        | {
            "uid": each.uid or secrets.token_hex(16),
            "decision_uid": decision_uid,
            "revision": revision,
        }
        for each in entries
    ]
    if rows:
        conn.execute(insert(ledger), rows)


def known(conn: Connection, uids: Collection[str]) -> set[str]:
    """Those of `uids` that entries have already."""
    query = select(ledger.c.uid).where(sqlite.one_of(ledger.c.uid, "uids"))
    return set(conn.execute(query, {"uids": sqlite.id_list(uids)}).scalars())


def of_contract(conn: Connection, contract_id: int) -> list[LedgerEntry]:
    """The entries of a contract, oldest first."""
    return _entries(conn, contract_id=contract_id)


def of_customer(conn: Connection, customer_id: int) -> list[LedgerEntry]:
    """The entries of all contracts of a customer, oldest first."""
    return _entries(conn, customer_id=customer_id)


def _entries(conn: Connection, contract_id: int | None = None, customer_id: int | None = None) -> list[LedgerEntry]:
    query = (
        select(
            ledger.c.uid,
            ledger.c.contract_id,
            ledger.c.ticket_id,
            ticket.c.number,
            ledger.c.kind,
            ledger.c.amount,
            ledger.c.rule,
            ledger.c.at,
            ledger.c.decision_uid,
            ledger.c.revision,
        )
        .join(contract, contract.c.id == ledger.c.contract_id)
        .outerjoin(ticket, ticket.c.id == ledger.c.ticket_id)
        .order_by(ledger.c.at, ledger.c.id)
    )
    if contract_id is not None:
        query = query.where(ledger.c.contract_id == contract_id)
    if customer_id is not None:
        query = query.where(contract.c.customer_id == customer_id)
    return [LedgerEntry._make(row) for row in conn.execute(query)]
