"""What a customer is entitled to: contracts, the plan as a table, incidents used and left (OD-3, OD-6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.domain.decisions import LedgerEntry
from console.domain.entitlements import Balance, PlanTable, balance, matrix
from console.domain.errors import UserError
from console.domain.instants import TimeSource
from console.domain.policy import Pack
from console.domain.policy_values import Text
from console.domain.programmes import PlanInForce, plan_in_force
from console.domain.quota import QuotaMark
from console.domain.rows import ContractRow, CustomerCard
from console.domain.state import TicketState
from console.services.entitling import quota
from console.services.standing import BookOf, standing
from console.store import ledger, parties, tickets
from console.store.database import Connection


@dataclass(frozen=True, slots=True)
class PlanNotice:
    """What a manager must know of the contract: contract_ended, contract_not_begun, plan_unknown or plan_archived.

    `at` is when it ended or begins (microseconds UTC), none for the others. `served`: the name of the plan that
    serves instead, none where nothing is promised. `kept`: it serves a ticket that came in under the contract before
    that ended, and keeps its plan (OD-4).
    """

    code: str
    at: int | None
    served: Text | None
    kept: bool = False


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
    notice: PlanNotice | None = None
    mark: QuotaMark | None = None
    """Of a ticket that came in beyond the quota (OD-6)."""


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
        return self.for_state(conn, identity.customer, identity.number, was.pack, was.state, instant, ticket_id)

    def of_customer(self, conn: Connection, customer: str, contract_uid: str | None = None) -> Entitlements:
        """The entitlements of a customer named by number or name, under the contract with this uid, else the newest.

        Raises UserError when there is no such customer or several.
        """
        card = parties.find_customer(conn, customer)
        book = self._book_of(conn)
        now = self._time.now()
        contracts = parties.contracts(conn, card.customer_id)
        chosen = next((each for each in contracts if each.uid == contract_uid), None)
        newest = chosen or _serving(contracts, None, now)
        pack = book.pack(newest.pack if newest else book.default_pack(), now)
        if pack is None:
            raise UserError("pack_unknown", pack=newest.pack if newest else book.default_pack())
        plan = None if newest is None else _in_force(pack, newest, now).plan
        return self._entitled(conn, card, None, pack, plan, newest, contracts, None, now)

    def for_state(
        self,
        conn: Connection,
        customer: CustomerCard | None,
        number: str,
        pack: Pack,
        state: TicketState,
        now: int,
        ticket_id: int,
    ) -> Entitlements:
        """The entitlements of a ticket that has been folded already."""
        contracts = () if customer is None else parties.contracts(conn, customer.customer_id)
        contract = _serving(contracts, state.contract_id, now) if state.contract_id is not None else None
        found = self._entitled(conn, customer, number, pack, state.plan, contract, contracts, state, now)
        return replace(found, mark=quota.marks(conn, self._book_of(conn), [ticket_id], now).get(ticket_id))

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
            balance=balance(pack.plan(plan if contract is None else contract.plan), lines, now, in_term=in_term),
            lines=lines,
            ticket_number=number,
            notice=None if contract is None else _notice(pack, contract, plan, state, now),
        )


def _in_force(pack: Pack, contract: ContractRow, now: int) -> PlanInForce:
    return plan_in_force(pack, contract.plan, contract.start_at, contract.end_at, now)


def _notice(
    pack: Pack, contract: ContractRow, plan: str | None, state: TicketState | None, now: int
) -> PlanNotice | None:
    """`plan` is the one that serves: for a ticket that of its creation, which stays when the contract ends later."""
    code = _in_force(pack, contract, now).notice
    if code is None:
        return None
    served = pack.plan(plan)
    at = {"contract_ended": contract.end_at, "contract_not_begun": contract.start_at}.get(code)
    came_before = state is not None and contract.end_at is not None and state.created_at < contract.end_at
    kept = code == "contract_ended" and came_before and plan == contract.plan
    return PlanNotice(code, at, None if served is None else served.name, kept)


def _serving(contracts: Sequence[ContractRow], contract_id: int | None, now: int) -> ContractRow | None:
    """The contract with this id, else the newest that has begun."""
    if contract_id is not None:
        return next((contract for contract in contracts if contract.contract_id == contract_id), None)
    begun = [contract for contract in contracts if contract.start_at <= now]
    return max(begun, key=lambda contract: contract.start_at, default=None)
