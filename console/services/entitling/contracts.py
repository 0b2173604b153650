"""Making contracts, and what a ticket that comes in under one is served by (OD-3, OW-1)."""

from __future__ import annotations

from console.domain.compile import CompiledBook
from console.domain.errors import UserError
from console.domain.facts import FactKind, NewFact
from console.domain.policy import Pack
from console.domain.programmes import new_contract_refusal, plan_in_force
from console.domain.rows import ContractRow
from console.store import parties
from console.store.database import Connection
from console.store.parties import NewContract


def make_contract(conn: Connection, book: CompiledBook, wanted: NewContract, now: int) -> int:
    """The id of the contract, made now (microseconds UTC) unless its uid is known.

    Raises UserError pack_unknown, plan_unknown, plan_archived (archived plans serve existing contracts only, OW-1) and
    contract_term where it ends before it begins.
    """
    known = parties.contract_by_uid(conn, wanted.uid)
    if known is not None:
        return known
    refusal = new_contract_refusal(pack_of(book, wanted.pack, now), wanted.plan)
    if refusal is not None:
        raise UserError(refusal, plan=wanted.plan, pack=wanted.pack)
    if wanted.end_at is not None and wanted.end_at <= wanted.start_at:
        raise UserError("contract_term", field="end")
    return parties.contract(conn, wanted)


def plan_fact(pack: Pack, ticket_id: int, contract_id: int, contract: NewContract | ContractRow, at: int) -> NewFact:
    """The fact that a ticket that comes in at `at` (microseconds UTC) is served under the contract: by its plan,
    outside of its term by what the pack falls back to.

    What it says stays: a contract that ends later takes no promise back from a ticket that is open.
    """
    served = plan_in_force(pack, contract.plan, contract.start_at, contract.end_at, at).plan
    return NewFact(ticket_id, at, FactKind.PLAN_SET, a=contract_id, t=f"{pack.code}/{served or ''}")


def pack_of(book: CompiledBook, code: str, at: int) -> Pack:
    """The pack in force. Raises UserError pack_unknown."""
    found = book.pack(code, at)
    if found is None:
        raise UserError("pack_unknown", pack=code)
    return found
