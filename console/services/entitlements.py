"""What a customer is entitled to: contracts, the plan as a table, incidents used and left (OD-3, OD-6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.decisions import LedgerEntry
from console.domain.entitlements import Balance, PlanTable, balance, matrix
from console.domain.errors import UserError
from console.domain.instants import TimeSource
from console.domain.policy import Pack
from console.domain.rows import ContractRow, CustomerCard
from console.domain.state import TicketState
from console.services.standing import BookOf, standing
from console.store import ledger, parties, tickets
from console.store.database import Connection


@dataclass(frozen=True, slots=True)
class Entitlements:
    """A customer's plan as the desk shows it. `contract` is the one that serves the ticket, or the newest.

    `plan_table` is none when the pack promises nothing to anyone; `lines` are the contract's ledger, oldest first.
    """

    customer: CustomerCard | None
    contracts: tuple[ContractRow, ...]
    contract: ContractRow | None
    pack: str
    plan_table: PlanTable | None
    balance: Balance
    lines: tuple[LedgerEntry, ...]
    ticket_number: str | None


class EntitlementService:
    """Reads contracts and the ledger; the rules are those of the pack."""

    def __init__(self, book_of: BookOf, time: TimeSource) -> None:
        self._book_of = book_of
        self._time = time

    def of_ticket(self, conn: Connection, ticket_id: int, now: int | None = None) -> Entitlements:
        """The entitlements that serve a ticket, its cell of the plan marked."""
        instant = self._time.now() if now is None else now
        was = standing(conn, self._book_of, ticket_id, instant)
        identity = tickets.identity(conn, ticket_id)
        return self.for_state(conn, identity.customer, identity.number, was.pack, was.state, instant)

    def of_customer(self, conn: Connection, customer: str) -> Entitlements:
        """The entitlements of a customer named by number or name. Raises UserError when there is none or several."""
        card = parties.find_customer(conn, customer)
        book = self._book_of(conn)
        now = self._time.now()
        contracts = parties.contracts(conn, card.customer_id)
        newest = _serving(contracts, None, now)
        pack = book.pack(newest.pack if newest else book.default_pack(), now)
        if pack is None:
            raise UserError("pack_unknown", pack=newest.pack if newest else book.default_pack())
        return self._entitled(conn, card, None, pack, newest.plan if newest else None, newest, contracts, None, now)

    def for_state(
        self,
        conn: Connection,
        customer: CustomerCard | None,
        number: str,
        pack: Pack,
        state: TicketState,
        now: int,
    ) -> Entitlements:
        """The entitlements of a ticket that has been folded already."""
        contracts = () if customer is None else parties.contracts(conn, customer.customer_id)
        contract = _serving(contracts, state.contract_id, now) if state.contract_id is not None else None
        return self._entitled(conn, customer, number, pack, state.plan, contract, contracts, state, now)

    def _entitled(
        self,
        conn: Connection,
        customer: CustomerCard | None,
        number: str | None,
        pack: Pack,
        plan: str | None,
        contract: ContractRow | None,
        contracts: Sequence[ContractRow],
        state: TicketState | None,
        now: int,
    ) -> Entitlements:
        lines = () if contract is None else tuple(ledger.of_contract(conn, contract.contract_id))
        in_term = (
            contract is not None and contract.start_at <= now and (contract.end_at is None or now < contract.end_at)
        )
        return Entitlements(
            customer=customer,
            contracts=tuple(contracts),
            contract=contract,
            pack=pack.code,
            plan_table=matrix(pack, plan, state),
            balance=balance(pack.plan(plan), lines, now, in_term=in_term),
            lines=lines,
            ticket_number=number,
        )


def _serving(contracts: Sequence[ContractRow], contract_id: int | None, now: int) -> ContractRow | None:
    """The contract with this id, else the newest that has begun."""
    if contract_id is not None:
        return next((contract for contract in contracts if contract.contract_id == contract_id), None)
    begun = [contract for contract in contracts if contract.start_at <= now]
    return max(begun, key=lambda contract: contract.start_at, default=None)
