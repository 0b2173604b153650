"""What an imported ticket is served by: its contract, the plan that follows, and the incident that it takes (OD-6).

It is decided when the ticket comes in and stays; uids are made from the ticket's own, so that it happens once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from console.domain.decisions import NewLedger
from console.domain.entitlements import deduction
from console.domain.facts import Fact, FactKind, NewFact
from console.domain.policy import Pack
from console.domain.rows import ContractRow
from console.services.entitling.contracts import plan_fact
from console.services.importing.contracts import Contracts, runs
from console.services.importing.mapping import PlanSpec
from console.services.importing.translate import Draft, TicketDraft, fact_uid
from console.store import ledger
from console.store.database import Connection


@dataclass(slots=True)
class Served:
    """Facts and entries to record. `unknown`: new tickets that name a contract which is not known."""

    facts: list[NewFact] = field(default_factory=list)
    voids: list[NewFact] = field(default_factory=list)
    entries: list[NewLedger] = field(default_factory=list)
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class _Ticket:
    """A ticket of the batch as it first came in; `known` are its facts of earlier batches."""

    id: int
    draft: TicketDraft
    customer_id: int | None
    known: Sequence[Fact]
    opened: int
    channel: str | None
    voided: frozenset[str | None]

    def plans(self) -> list[Fact]:
        return [each for each in self.known if each.kind == FactKind.PLAN_SET and each.uid not in self.voided]


class Serving:
    """Finds contracts for the tickets of one import."""

    def __init__(self, plan: PlanSpec, *, named_by_rows: bool) -> None:
        """`named_by_rows`: the file has a column of plans."""
        self._named_by_rows = named_by_rows
        self._plan_text = plan.pack if plan.plan is None else f"{plan.pack}/{plan.plan}"
        self._contracts = Contracts(plan.pack)

    def customers_of(self, conn: Connection, drafts: Mapping[str, TicketDraft]) -> dict[str, int]:
        """By number, for tickets without a customer that name a contract: whose it is."""
        self._contracts.refresh(conn)
        found = {}
        for number, draft in drafts.items():
            if draft.customer is None and (contract := self._named(draft)) is not None:
                found[number] = self._contracts.customer_of(contract)
        return found

    def serve(
        self,
        conn: Connection,
        pack: Pack | None,
        drafts: Mapping[str, TicketDraft],
        ids: Mapping[str, int],
        customers: Mapping[str, int],
        known: Mapping[int, Sequence[Fact]],
        seen: Collection[str],
        fresh: list[tuple[int, Draft]],
    ) -> Served:
        """The plan of each new ticket; `seen` are the uids of facts that are there. Plans that rows name (in `fresh`,
        changed in place) get the contract that has them."""
        served = Served()
        named = _plans_by_ticket(fresh)
        for number, draft in drafts.items():
            decided = draft.plan_uid is None or draft.plan_uid in seen
            if decided and draft.contract is None and ids[number] not in named:
                continue
            ticket = _ticket(ids[number], draft, customers.get(number), known.get(ids[number], ()))
            self._link_rows(pack, ticket, fresh, named.get(ticket.id, ()), served)
            self._plan(pack, ticket, served)
        if served.entries:
            there = ledger.known(conn, [each.uid or "" for each in served.entries])
            served.entries = [each for each in _once(served.entries) if each.uid not in there]
        return served

    def _plan(self, pack: Pack | None, ticket: _Ticket, served: Served) -> None:
        """The plan of a ticket whose rows name none, from its opening on."""
        uid, keys = ticket.draft.plan_uid, ticket.draft.contract
        if uid is None:
            return
        contract = None if keys is None else self._named(ticket.draft)
        if keys is not None and contract is None and not ticket.known:
            served.unknown += 1
        if all(each.uid != uid for each in ticket.known):
            if not self._named_by_rows and ticket.plans():
                # Another file of the source, which names plans, brought it; this one, of comments say, knows of none.
                return
            if contract is None and not ticket.known:
                contract = self._of_customer(ticket)
            fact = NewFact(ticket.id, ticket.opened, FactKind.PLAN_SET, t=self._plan_text)
        elif contract is not None and [each.uid for each in ticket.plans() if each.a is None] == [uid]:
            # It came in before its source said under which contract.
            fact = NewFact(ticket.id, ticket.opened, FactKind.PLAN_SET)
            served.voids.append(
                NewFact(ticket.id, ticket.opened, FactKind.VOID, t=uid, uid=fact_uid("void", uid, contract.uid))
            )
            uid = fact_uid(uid, "contract")
        else:
            return
        if contract is not None and pack is not None:
            fact = plan_fact(pack, ticket.id, contract.contract_id, contract, ticket.opened)
            self._deduct(pack, ticket, contract, served)
        served.facts.append(fact._replace(uid=uid))

    def _link_rows(
        self,
        pack: Pack | None,
        ticket: _Ticket,
        fresh: list[tuple[int, Draft]],
        places: Collection[int],
        served: Served,
    ) -> None:
        """A plan that the source names wins; the contract is named with it where it is the plan of the contract."""
        if not places or pack is None:
            return
        contract = self._contract_of(ticket)
        if contract is None or not runs(contract, ticket.opened):
            return
        text = plan_fact(pack, ticket.id, contract.contract_id, contract, ticket.opened).t
        # The ticket had this plan before the contract was known: it came in without.
        if any(each.t == text and each.a is None for each in ticket.plans()):
            return
        for place in places:
            draft = fresh[place][1]
            if draft.t == text:
                fresh[place] = (ticket.id, draft._replace(a=contract.contract_id))
                self._deduct(pack, ticket, contract, served)

    def _contract_of(self, ticket: _Ticket) -> ContractRow | None:
        for fact in ticket.plans():
            if fact.a is not None:
                return self._contracts.by_id(fact.a)
        return (self._named(ticket.draft) if ticket.draft.contract else None) or self._of_customer(ticket)

    def _deduct(self, pack: Pack, ticket: _Ticket, contract: ContractRow, served: Served) -> None:
        """One incident for creating the ticket; none where the contract does not serve it."""
        if not runs(contract, ticket.opened):
            return
        entry = deduction(
            pack,
            pack.plan(contract.plan),
            contract_id=contract.contract_id,
            ticket_id=ticket.id,
            channel=ticket.channel,
            at=ticket.opened,
        )
        if entry is not None:
            served.entries.append(entry._replace(uid=fact_uid("deducted", ticket.draft.opened_uid)))

    def _named(self, draft: TicketDraft) -> ContractRow | None:
        keys = draft.contract
        return None if keys is None else self._contracts.named(keys, draft.opened, draft.product)

    def _of_customer(self, ticket: _Ticket) -> ContractRow | None:
        return self._contracts.of_customer(ticket.customer_id, ticket.opened, ticket.draft.product)


def _ticket(ticket_id: int, draft: TicketDraft, customer_id: int | None, known: Sequence[Fact]) -> _Ticket:
    """What never changes is as it came first."""
    opened, channel = draft.opened, draft.channel
    for fact in known:
        if fact.uid == draft.opened_uid:
            opened, channel = fact.at, fact.t
    voided = frozenset(fact.t for fact in known if fact.kind == FactKind.VOID)
    return _Ticket(ticket_id, draft, customer_id, known, opened, channel, voided)


def _plans_by_ticket(fresh: Sequence[tuple[int, Draft]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, (ticket_id, draft) in enumerate(fresh):
        if draft.kind == FactKind.PLAN_SET:
            found.setdefault(ticket_id, []).append(place)
    return found


def _once(entries: Sequence[NewLedger]) -> list[NewLedger]:
    return list({each.uid: each for each in reversed(entries)}.values())[::-1]
