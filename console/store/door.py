"""The one door: everything that happens to a ticket is recorded here, in the caller's transaction.

Order within the transaction: fold the touched tickets with the new facts, then take the revision, then
insert what carries it. So revisions are commit numbers and a reader of `revision > r` misses nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, func, insert, select

from console.domain.decisions import Change, ChangedFact, NewDecision, NewLedger
from console.domain.errors import InternalFault
from console.domain.facts import Fact, FactKind, NewFact
from console.domain.records import WITHOUT_FACTS
from console.domain.rules import PolicyBook
from console.store import sqlite
from console.store.derive import Derived, basis, derive, keys_of
from console.store.derived_rows import write_derived
from console.store.head import next_revision, revision
from console.store.journal import append, send
from console.store.ledger import add_entries
from console.store.refold import refold_due
from console.store.search_rows import index_tickets
from console.store.tables import fact, journal, person, queue_row, text
from console.store.texts import add_texts, clean
from console.store.tickets import facts_of

__all__ = ["changed_since", "enter", "record", "refold_due", "revision"]

_SHOWN_IN_SEARCH = frozenset({FactKind.OPENED, FactKind.PLAN_SET, FactKind.VOID})


def record(
    conn: Connection,
    book: PolicyBook,
    facts: Sequence[NewFact],
    now: int,
    decision: NewDecision | None = None,
    ledger: Sequence[NewLedger] = (),
) -> Change:
    """Record facts of any number of tickets as one revision; facts whose uid is known are left out.

    `now` is microseconds UTC. The facts of a decision carry its uid. Without a new fact nothing is
    written. Raises InternalFault for a decision without a new fact and for an unknown ticket.
    """
    new = _unknown(conn, facts)
    if not new:
        if decision is not None or ledger:
            raise InternalFault("decision_without_fact", kind=decision and decision.kind)
        return Change(revision(conn), (), 0)
    stored = _stored(conn, new, now, decision)
    ids = sorted({each.ticket_id for each in new})
    before = facts_of(conn, ids)
    added = _by_ticket(new, stored)
    keys = keys_of(conn, ids)
    on = basis(conn, book, now)
    derived = [derive(keys[each], before.get(each, []) + added[each], on) for each in ids]
    taken = next_revision(conn)
    _insert_facts(conn, new, stored, taken)
    write_derived(conn, derived, taken)
    index_tickets(conn, _searched(new, before))
    add_entries(conn, ledger, decision and decision.uid, taken)
    if decision is not None:
        append(conn, decision, _policy_of(decision, derived), taken, now)
        send(conn, decision)
    return Change(taken, tuple(ids), len(new), decision and decision.uid)


def enter(conn: Connection, decision: NewDecision, now: int, ledger: Sequence[NewLedger] = ()) -> Change:
    """Enter into the journal what changes no ticket: a shift, a review, an erasure, a purchase. Its messages go out
    with it, and its entries into the ledger of a contract.

    `now` is microseconds UTC. It takes a revision of its own. Raises InternalFault for a kind that has facts.
    """
    if decision.kind not in WITHOUT_FACTS:
        raise InternalFault("decision_without_fact", kind=decision.kind)
    policy = select(queue_row.c.policy_revision_id).where(queue_row.c.ticket_id == decision.ticket_id)
    taken = next_revision(conn)
    append(conn, decision, None if decision.ticket_id is None else conn.execute(policy).scalar(), taken, now)
    add_entries(conn, ledger, decision.uid, taken)
    send(conn, decision)
    return Change(taken, (), 0, decision.uid)


def changed_since(
    conn: Connection, ticket_id: int, base_revision: int, kinds: Collection[FactKind]
) -> list[ChangedFact]:
    """The facts of these kinds that were recorded for the ticket after `base_revision`, oldest first.

    The actor of a decision is who the journal names, of other facts the person in the source, if it named one.
    """
    query = (
        select(fact.c.kind, fact.c.at, func.coalesce(journal.c.actor, text.c.body), fact.c.decision_uid)
        .outerjoin(journal, journal.c.uid == fact.c.decision_uid)
        .outerjoin(person, person.c.id == fact.c.actor_id)
        .outerjoin(text, text.c.id == person.c.name_text_id)
        .where(
            fact.c.ticket_id == ticket_id,
            fact.c.revision > base_revision,
            sqlite.one_of(fact.c.kind, "kinds"),
        )
        .order_by(fact.c.revision, fact.c.id)
    )
    rows = conn.execute(query, {"kinds": sqlite.id_list([int(kind) for kind in kinds])})
    return [ChangedFact._make(row) for row in rows]


def _unknown(conn: Connection, facts: Sequence[NewFact]) -> list[NewFact]:
    """The facts that are not recorded yet, each with a uid; the first of several with one uid is kept."""
    named = {each.uid or secrets.token_hex(16): each for each in reversed(facts)}
    asked = [uid for uid, each in named.items() if each.uid is not None]
    known = set(
        conn.execute(
            select(fact.c.uid).where(sqlite.one_of(fact.c.uid, "uids")),
            {"uids": sqlite.id_list(asked)},
        ).scalars()
    )
    return [each._replace(uid=uid) for uid, each in reversed(named.items()) if uid not in known]


def _stored(conn: Connection, new: Sequence[NewFact], now: int, decision: NewDecision | None) -> list[Fact]:
    """The facts as the fold reads them. Their revision is not known yet, and the fold does not ask for it."""
    spoken = iter(add_texts(conn, [each.text for each in new if each.text]))
    return [
        Fact(
            at=each.at,
            ord=each.ord,
            uid=each.uid or "",
            kind=int(each.kind),
            a=each.a,
            b=each.b,
            t=None if each.t is None else clean(each.t),
            actor_kind=int(each.actor_kind),
            actor_id=each.actor_id,
            text_id=next(spoken).id if each.text else None,
            decision_uid=None if decision is None else decision.uid,
            recorded_at=now,
        )
        for each in new
    ]


def _by_ticket(new: Sequence[NewFact], stored: Sequence[Fact]) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = {}
    for each, kept in zip(new, stored, strict=True):
        found.setdefault(each.ticket_id, []).append(kept)
    return found


def _insert_facts(conn: Connection, new: Sequence[NewFact], stored: Sequence[Fact], taken: int) -> None:
    rows = [
        kept._replace(revision=taken)._asdict() | {"ticket_id": each.ticket_id}
        for each, kept in zip(new, stored, strict=True)
    ]
    conn.execute(insert(fact), rows)


def _searched(new: Iterable[NewFact], before: Mapping[int, Sequence[Fact]]) -> list[int]:
    """The tickets of which a search may have to know something else: also those where what was ahead may have come."""
    found = {each.ticket_id for each in new if each.ticket_id not in before or each.kind in _SHOWN_IN_SEARCH}
    for ticket_id, facts in before.items():
        if any(each.at > each.recorded_at and each.kind in _SHOWN_IN_SEARCH for each in facts):
            found.add(ticket_id)
    return sorted(found)


def _policy_of(decision: NewDecision, derived: Sequence[Derived]) -> int | None:
    for each in derived:
        if each.row["ticket_id"] == decision.ticket_id:
            found = each.row["policy_revision_id"]
            assert isinstance(found, int)
            return found
    return None
