"""Tickets beyond the quota: their marks, and the manager's decision whether they are served all the same (OD-6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import uuid4

from console.domain.compile import CompiledBook
from console.domain.decisions import Actor, Change, NewDecision
from console.domain.errors import UserError
from console.domain.facts import FactKind, NewFact
from console.domain.instants import TimeSource
from console.domain.quota import QuotaMark, beyond, mark
from console.domain.roles import Act, require
from console.services.acting.act_decision import actor_kind
from console.services.standing import BookOf, evidence, refuse_if_changed, standing_to_decide
from console.store import customers, door, ledger
from console.store import quota as store
from console.store.database import Connection

QUOTA_READS = frozenset({FactKind.PLAN_SET, FactKind.VOID})


class QuotaService:
    """A ticket beyond the quota stays where it is: it is marked until and after a manager has decided."""

    def __init__(self, book_of: BookOf, time: TimeSource) -> None:
        self._book_of = book_of
        self._time = time

    def marks(self, conn: Connection, ids: Collection[int]) -> Mapping[int, QuotaMark]:
        """By ticket, for those of `ids` that have one."""
        return marks(conn, self._book_of(conn), ids, self._time.now())

    def of_ticket(self, conn: Connection, ticket_id: int) -> QuotaMark | None:
        """The mark of one ticket."""
        return self.marks(conn, [ticket_id]).get(ticket_id)

    def decide(
        self, conn: Connection, ticket_id: int, actor: Actor, *, base_revision: int, served: bool, words: str
    ) -> Change:
        """Record that a ticket beyond the quota is served all the same, or that sales talk to the customer first.

        Raises UserError role_may_not, words_missing or quota_not_reached; ConflictError when its plan was changed.
        """
        require(actor, Act.DECIDE_QUOTA)
        if not words.strip():
            raise UserError("words_missing", field="reason")
        refuse_if_changed(conn, ticket_id, base_revision, QUOTA_READS)
        before = self.of_ticket(conn, ticket_id)
        if before is None:
            raise UserError("quota_not_reached", field="ticket")
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        kind = QuotaMark.SERVED if served else QuotaMark.REFUSED
        fact = NewFact(
            ticket_id=ticket_id,
            at=was.state.as_of,
            kind=FactKind.NOTE,
            t=kind.value,
            actor_kind=actor_kind(actor),
            actor_id=actor.person_id,
            text=words.strip(),
        )
        decision = NewDecision(
            uid=uuid4().hex,
            kind=kind.value,
            ticket_id=ticket_id,
            subject_uid=None,
            actor=actor,
            reason_code=None,
            words=words.strip(),
            base_revision=base_revision,
            evidence=evidence(was, was.state, kind.value) | {"mark": before.value},
        )
        return door.record(conn, was.book, [fact], was.state.as_of, decision)


def marks(conn: Connection, book: CompiledBook, ids: Collection[int], now: int) -> Mapping[int, QuotaMark]:
    """The marks of those of `ids` that have one, by the packs in force at `now` (microseconds UTC)."""
    served = {each: found for each, found in store.served_by(conn, ids).items() if found[0] is not None}
    if not served:
        return {}
    over = _beyond(conn, book, {each[0] for each in served.values() if each[0] is not None}, now)
    found: dict[int, QuotaMark] = {}
    for ticket_id, (_, plan_text) in served.items():
        code, _, plan = plan_text.partition("/")
        pack = book.pack(code, now)
        its = None if pack is None else mark(pack, pack.plan(plan), is_beyond=ticket_id in over)
        if its is not None:
            found[ticket_id] = its
    said = store.decided(conn, found)
    return {each: QuotaMark(said[each]) if each in said else its for each, its in found.items()}


def _beyond(conn: Connection, book: CompiledBook, contract_ids: set[int], now: int) -> frozenset[int]:
    """The tickets that the incidents of these contracts do not reach for. Ledgers are read of those only that are
    overdrawn: a queue asks for many rows at once."""
    found: frozenset[int] = frozenset()
    total = store.sums(conn, contract_ids)
    contracts = customers.contracts_by_id(conn, total)
    for contract_id, amount in total.items():
        contract = contracts[contract_id]
        pack = book.pack(contract.pack, now)
        plan = None if pack is None else pack.plan(contract.plan)
        if plan is not None and plan.incidents is not None and plan.incidents + amount < 0:
            found |= beyond(plan, ledger.of_contract(conn, contract_id))
    return found
