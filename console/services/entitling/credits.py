"""Giving an incident back, proposing it, and booking the account manager's time (OD-3, OD-6)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from console.domain.decisions import Actor, Change, LedgerEntry, NewDecision, NewLedger
from console.domain.entitlements import INCIDENT, TAM_MINUTES, credit, credit_refusal
from console.domain.errors import UserError
from console.domain.facts import Fact, FactKind, NewFact
from console.domain.instants import TimeSource
from console.domain.order import without_voided
from console.domain.policy import Pack, Plan, Reason
from console.domain.roles import Act, require
from console.domain.rows import ContractRow
from console.services.acting.act_decision import actor_kind, as_fact
from console.services.standing import BookOf, Standing, evidence, refuse_if_changed, standing, standing_to_decide
from console.store import customers, door, ledger, parties, tickets
from console.store.database import Connection

CREDIT_READS = frozenset({FactKind.BUG_CONFIRMED, FactKind.PLAN_SET, FactKind.VOID})
_TAM_RULE = "OD-3:spent"
_PROPOSED = "credit_proposed"
_LONGEST_BUG = 120
_WEEK = 7 * 24 * 60  # minutes: nobody works more in the week that they are booked for


@dataclass(frozen=True, slots=True)
class CreditCase:
    """A ticket whose incident may be given back. `refusal` is a code when nothing can be credited whatever the reason;
    `reasons` are those of the pack, `bug` one that was confirmed already."""

    ticket_id: int
    number: str
    customer: str
    base_revision: int
    pack: Pack
    reasons: tuple[Reason, ...]
    bug: str | None
    refusal: str | None


class CreditService:
    """The rules are those of the pack; every credit is a decision with its ledger entry in one transaction."""

    def __init__(self, book_of: BookOf, time: TimeSource) -> None:
        self._book_of = book_of
        self._time = time

    def case(self, conn: Connection, ticket_id: int, actor: Actor) -> CreditCase:
        """What a dialog shows before anything is typed."""
        was = standing(conn, self._book_of, ticket_id, self._time.now())
        identity = tickets.identity(conn, ticket_id)
        _, plan, entries = self._contract(conn, was)
        first = next(iter(was.pack.incidents.credited), "") if was.pack.incidents else ""
        return CreditCase(
            ticket_id=ticket_id,
            number=identity.number,
            customer=identity.customer.name if identity.customer else "",
            base_revision=door.revision(conn),
            pack=was.pack,
            reasons=was.pack.reasons_for("incident_credit"),
            bug=_confirmed_bug(was),
            refusal=_refusal(was, plan, entries, actor, first, "any", None),
        )

    def refusal(
        self, conn: Connection, ticket_id: int, actor: Actor, reason: str, bug_id: str, fixed_at: int | None = None
    ) -> str | None:
        """The code of why this may not be credited; none where it may. `fixed_at`: when the bug's fix was released,
        microseconds UTC."""
        was = standing(conn, self._book_of, ticket_id, self._time.now())
        _, plan, entries = self._contract(conn, was)
        return _refusal(was, plan, entries, actor, reason, bug_id, fixed_at)

    def credit(
        self,
        conn: Connection,
        ticket_id: int,
        actor: Actor,
        *,
        base_revision: int,
        reason_code: str,
        bug_id: str,
        words: str,
        fixed_at: int | None = None,
    ) -> Change:
        """Give the ticket's incident back for a bug that no release has fixed, once a ticket (OD-6).

        Raises UserError role_may_not, words_missing, reason_unknown and the refusals of `credit_refusal`; ConflictError
        when a bug was confirmed or the plan changed since `base_revision`.
        """
        require(actor, Act.CREDIT_INCIDENT)
        bug = _bug(bug_id)
        _need(words)
        refuse_if_changed(conn, ticket_id, base_revision, CREDIT_READS)
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        known = [reason.code for reason in was.pack.reasons_for("incident_credit")]
        if reason_code not in known:
            raise UserError("reason_unknown", reason=reason_code, expected=", ".join(known))
        contract, plan, entries = self._contract(conn, was)
        refused = _refusal(was, plan, entries, actor, reason_code, bug, fixed_at)
        if refused is not None or contract is None:
            raise UserError(refused or "credit_never", field="reason", ticket=tickets.identity(conn, ticket_id).number)
        fact = _fact(was, actor, FactKind.BUG_CONFIRMED, bug, words)
        entry = credit(
            contract_id=contract.contract_id, ticket_id=ticket_id, reason=reason_code, bug_id=bug, at=self._time.now()
        )
        shown = {"bug": bug, "contract": contract.uid, "balance_before": _left(plan, entries)}
        decision = _decision(was, actor, "incident_credited", base_revision, reason_code, words, shown, fact)
        return door.record(conn, was.book, [fact], was.state.as_of, decision, [entry])

    def propose(
        self, conn: Connection, ticket_id: int, actor: Actor, *, base_revision: int, bug_id: str, words: str
    ) -> Change:
        """An engineer proposes a credit: a note that names the bug. A manager enters it.

        Raises UserError role_may_not, credit_bug_missing or words_missing.
        """
        require(actor, Act.WRITE_NOTE)
        bug = _bug(bug_id)
        _need(words)
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        fact = _fact(was, actor, FactKind.NOTE, f"{_PROPOSED}:{bug}", f"{bug}: {words.strip()}")
        decision = _decision(was, actor, _PROPOSED, base_revision, None, words, {"bug": bug}, fact)
        return door.record(conn, was.book, [fact], was.state.as_of, decision)

    def spend(self, conn: Connection, customer: str, actor: Actor, *, minutes: int, words: str) -> Change:
        """Book minutes of the technical account manager for a customer, named by number or name (OD-3).

        They count for the ISO week of now and may go below what the plan gives. Raises UserError role_may_not,
        tam_minutes, words_missing, tam_none where no running contract has such time, and for an unknown customer.
        """
        require(actor, Act.CREDIT_INCIDENT)
        if not 0 < minutes <= _WEEK:
            # Nothing takes a booking back: a slip of the finger is refused rather than kept.
            raise UserError("tam_minutes", field="minutes", found=minutes, most=_WEEK)
        _need(words)
        now = self._time.now()
        card = parties.find_customer(conn, customer)
        book = self._book_of(conn)
        for contract in reversed(parties.contracts(conn, card.customer_id)):
            pack = book.pack(contract.pack, now)
            plan = None if pack is None else pack.plan(contract.plan)
            runs = contract.start_at <= now and (contract.end_at is None or now < contract.end_at)
            if runs and plan is not None and plan.tam_week is not None:
                entry = NewLedger(contract.contract_id, None, TAM_MINUTES, -minutes, _TAM_RULE, now)
                decision = NewDecision(
                    uid=uuid4().hex,
                    kind="tam_spent",
                    ticket_id=None,
                    subject_uid=contract.uid,
                    actor=actor,
                    reason_code=None,
                    words=words.strip(),
                    base_revision=door.revision(conn),
                    evidence={"customer": card.number, "contract": contract.uid, "minutes": minutes},
                )
                return door.enter(conn, decision, now, [entry])
        raise UserError("tam_none", field="customer", customer=card.name)

    def _contract(
        self, conn: Connection, was: Standing
    ) -> tuple[ContractRow | None, Plan | None, tuple[LedgerEntry, ...]]:
        """The contract that serves the ticket, its plan and its ledger: a credit goes to where it was deducted."""
        if was.state.contract_id is None:
            return None, None, ()
        contract = customers.contracts_by_id(conn, [was.state.contract_id])[was.state.contract_id]
        entries = tuple(ledger.of_contract(conn, contract.contract_id))
        return contract, was.pack.plan(contract.plan), entries


def _refusal(
    was: Standing,
    plan: Plan | None,
    entries: tuple[LedgerEntry, ...],
    actor: Actor,
    reason: str,
    bug_id: str,
    fixed_at: int | None,
) -> str | None:
    return credit_refusal(
        was.pack,
        plan,
        entries,
        role=actor.role,
        ticket_id=was.ticket_id,
        created_at=was.state.created_at,
        reason=reason,
        bug_id=bug_id,
        fixed_at=fixed_at,
    )


def _confirmed_bug(was: Standing) -> str | None:
    """The bug that was confirmed last, else the one that was proposed last."""
    counted = without_voided(was.facts, was.state.as_of)
    confirmed = [fact.t for fact in counted if fact.kind == FactKind.BUG_CONFIRMED]
    proposed = [fact.t or "" for fact in counted if fact.kind == FactKind.NOTE and (fact.t or "").startswith(_PROPOSED)]
    if confirmed:
        return confirmed[-1]
    return proposed[-1].partition(":")[2] if proposed else None


def _bug(bug_id: str) -> str:
    bug = " ".join(bug_id.split())
    if not bug:
        raise UserError("credit_bug_missing", field="bug")
    if len(bug) > _LONGEST_BUG:
        raise UserError("credit_bug_long", field="bug", expected=_LONGEST_BUG)
    return bug


def _need(words: str) -> None:
    if not words.strip():
        raise UserError("words_missing", field="reason")


def _left(plan: Plan | None, entries: tuple[LedgerEntry, ...]) -> int:
    granted = 0 if plan is None or plan.incidents is None else plan.incidents
    return granted + sum(entry.amount for entry in entries if entry.kind == INCIDENT)


def _fact(was: Standing, actor: Actor, kind: FactKind, what: str, words: str) -> NewFact:
    return NewFact(
        ticket_id=was.ticket_id,
        at=was.state.as_of,
        kind=kind,
        t=what,
        actor_kind=actor_kind(actor),
        actor_id=actor.person_id,
        text=words.strip(),
    )


def _decision(
    was: Standing,
    actor: Actor,
    kind: str,
    base_revision: int,
    reason: str | None,
    words: str,
    shown: dict[str, object],
    fact: NewFact,
) -> NewDecision:
    proposed: Fact = as_fact(fact, "preview")
    return NewDecision(
        uid=uuid4().hex,
        kind=kind,
        ticket_id=was.ticket_id,
        subject_uid=None,
        actor=actor,
        reason_code=reason,
        words=words.strip(),
        base_revision=base_revision,
        evidence=evidence(was, was.with_facts(proposed), kind) | shown,
    )
