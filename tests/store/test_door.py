"""What happens to a ticket goes through one door: all of it or nothing, once, with a revision."""

from __future__ import annotations

import pytest

from console.domain.decisions import Change, NewDecision, NewLedger
from console.domain.errors import InternalFault
from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import HOUR, MINUTE
from console.store import door, journal, ledger, parties, queue_rows, tickets
from console.store.database import Connection
from tests.store.desk import MANAGER, NOON, StoreDesk


def test_a_customer_opens_a_ticket_and_support_answers(desk: StoreDesk) -> None:
    asked = NewFact(0, NOON - 2 * HOUR, FactKind.MESSAGE, a=1, text="Mail is stuck", actor_kind=ActorKind.CUSTOMER)
    ticket = desk.open_ticket("INC1", asked)
    desk.record(
        NewFact(ticket, NOON - HOUR, FactKind.NOTE, text="looks like the disk", actor_kind=ActorKind.AGENT),
        NewFact(ticket, NOON - HOUR + MINUTE, FactKind.MESSAGE, a=1, text="We look", actor_kind=ActorKind.AGENT),
    )

    said = desk.db.read_now(lambda conn: tickets.conversation(conn, ticket))
    assert [(each.public, each.body) for each in said] == [
        (True, "Mail is stuck"),
        (False, "looks like the disk"),
        (True, "We look"),
    ]
    known = desk.db.read_now(lambda conn: tickets.identity(conn, ticket))
    assert (known.number, known.subject) == ("INC1", "Mail queue stuck")
    assert known.customer is not None
    assert (known.customer.name, known.customer.zone) == ("Northwind", "Europe/Kyiv")


def test_a_decision_leaves_fact_row_journal_evidence_and_message(desk: StoreDesk) -> None:
    ticket = desk.open_ticket("INC1", severity=3)
    before = desk.db.read_now(lambda conn: queue_rows.rows(conn, [ticket]))[0]
    change = desk.decide(ticket, "d1", severity=1)

    assert change.ticket_ids == (ticket,)
    assert change.facts_added == 1
    assert [fact.decision_uid for fact in desk.facts(ticket)][-1] == "d1"
    after = desk.db.read_now(lambda conn: queue_rows.rows(conn, [ticket]))[0]
    assert (before.severity, after.severity) == (3, 1)
    assert after.due_s < before.due_s
    (entry,) = desk.db.read_now(journal.entries)
    assert (entry.seq, entry.uid, entry.actor, entry.words) == (1, "d1", "Mara", "customers are down")
    assert (entry.revision, entry.base_revision) == (change.revision, change.revision - 1)
    assert entry.policy_revision_id is not None
    assert entry.evidence_sha256 is not None
    kept = entry.evidence_sha256
    assert desk.db.read_now(lambda conn: journal.evidence_of(conn, kept)) == {"due": NOON}
    query = "SELECT n, channel, not_before, state FROM outbox"
    sent = desk.db.read_now(lambda conn: conn.exec_driver_sql(query).all())
    assert [tuple(each) for each in sent] == [(1, "mail", NOON + MINUTE, "waiting")]


def test_a_fact_that_is_known_is_not_recorded_again(desk: StoreDesk) -> None:
    ticket = desk.open_ticket("INC1")
    reply = NewFact(ticket, NOON, FactKind.MESSAGE, a=1, text="We look", uid="source-7")
    first = desk.record(reply, reply)
    again = desk.record(reply)
    assert first.facts_added == 1
    assert again == Change(first.revision, (), 0)
    assert len(desk.facts(ticket)) == 3


def test_an_import_of_many_tickets_is_one_revision(desk: StoreDesk) -> None:
    before = desk.revision()

    def fill(conn: Connection) -> int:
        source = parties.source(conn, "test", "test")
        ids = parties.tickets(conn, source, [parties.NewTicket(f"N{n}", NOON) for n in range(300)])
        facts = [NewFact(ticket, NOON, FactKind.OPENED, a=3, text=number) for number, ticket in ids.items()]
        return door.record(conn, desk.db.book(conn), facts, NOON).facts_added

    assert desk.db.write_now(fill) == 300
    assert desk.revision() == before + 1
    assert desk.db.read_now(lambda conn: queue_rows.page(conn, NOON // 10**6, "open", None))[0] == 300


def test_a_refused_ticket_takes_the_others_with_it(desk: StoreDesk) -> None:
    ticket = desk.open_ticket("INC1")
    before = dump(desk)
    with pytest.raises(InternalFault, match="ticket_id_unknown"):
        desk.record(NewFact(ticket, NOON, FactKind.NOTE, text="x"), NewFact(999, NOON, FactKind.NOTE))
    assert dump(desk) == before


def test_a_decision_without_a_new_fact_is_refused(desk: StoreDesk) -> None:
    ticket = desk.open_ticket("INC1")
    desk.record(NewFact(ticket, NOON, FactKind.NOTE, uid="n1"))
    before = dump(desk)
    decision = NewDecision("d1", "severity", ticket, None, MANAGER, None, None, 1, {})
    with pytest.raises(InternalFault, match="decision_without_fact"):
        desk.record(NewFact(ticket, NOON, FactKind.NOTE, uid="n1"), decision=decision)
    assert dump(desk) == before


def test_the_ledger_is_written_with_its_facts(desk: StoreDesk) -> None:
    ticket = desk.open_ticket("INC1")
    entry = NewLedger(1, ticket, "incident", -1, "OD-6", NOON, uid="l1")

    def deduct(conn: Connection) -> None:
        fact = NewFact(ticket, NOON, FactKind.NOTE)
        door.record(conn, desk.db.book(conn), [fact], NOON, ledger=[entry])

    desk.db.write_now(deduct)
    (found,) = desk.db.read_now(lambda conn: ledger.of_contract(conn, 1))
    assert (found.uid, found.amount, found.ticket_number, found.revision) == ("l1", -1, "INC1", desk.revision())
    assert desk.db.read_now(lambda conn: ledger.of_customer(conn, 1)) == [found]


def test_a_conflict_names_the_kinds_asked_for_only(desk: StoreDesk) -> None:
    ticket = desk.open_ticket("INC1")
    base = desk.revision()
    desk.record(NewFact(ticket, NOON, FactKind.NOTE, text="look"))
    desk.decide(ticket, "d1")

    def since(revision: int) -> list[tuple[int, str | None]]:
        found = desk.db.read_now(
            lambda conn: door.changed_since(conn, ticket, revision, frozenset({FactKind.SEVERITY_SET}))
        )
        return [(each.kind, each.decision_uid) for each in found]

    assert since(base) == [(FactKind.SEVERITY_SET, "d1")]
    assert since(desk.revision()) == []


def test_a_source_whose_clock_is_fast_is_seen_when_its_time_comes(desk: StoreDesk) -> None:
    ticket = desk.open_ticket("INC1", severity=3)
    desk.record(NewFact(ticket, NOON + 5 * MINUTE, FactKind.SEVERITY_SET, a=1))
    (row,) = desk.db.read_now(lambda conn: queue_rows.rows(conn, [ticket]))
    assert row.severity == 3

    desk.time.at = NOON + 5 * MINUTE
    change = desk.db.write_now(lambda conn: door.refold_due(conn, desk.db.book(conn), desk.time.at))
    assert change.ticket_ids == (ticket,)
    (row,) = desk.db.read_now(lambda conn: queue_rows.rows(conn, [ticket]))
    assert (row.severity, row.revision) == (1, change.revision)
    again = desk.db.write_now(lambda conn: door.refold_due(conn, desk.db.book(conn), desk.time.at))
    assert again == Change(change.revision, (), 0)


@pytest.mark.parametrize("words", ["a\0b", "half \ud800 of a sign", "💥 ok", "<b>x</b>", "x" * 100_000])
def test_any_words_are_taken(desk: StoreDesk, words: str) -> None:
    ticket = desk.open_ticket("INC1", NewFact(0, NOON, FactKind.MESSAGE, a=1, text=words), subject=words)
    (said,) = desk.db.read_now(lambda conn: tickets.conversation(conn, ticket))
    expected = words.replace("\0", "\ufffd").replace("\ud800", "\ufffd")
    assert said.body == expected
    (row,) = desk.db.read_now(lambda conn: queue_rows.rows(conn, [ticket]))
    assert row.subject == expected


def dump(desk: StoreDesk) -> list[str]:
    def read(conn: Connection) -> list[str]:
        raw = conn.connection.driver_connection
        assert raw is not None
        return list(raw.iterdump())

    return desk.db.write_now(read)
