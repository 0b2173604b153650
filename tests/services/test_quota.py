"""A ticket beyond the quota is marked and stays where it is; a manager decides (OD-6)."""

from __future__ import annotations

import pytest

from console.domain.decisions import Change, NewLedger
from console.domain.errors import UserError
from console.domain.facts import FactKind, NewFact
from console.domain.quota import QuotaMark
from console.domain.rows import QueueRow
from console.store import door
from console.store.database import Connection
from console.store.verify import verify
from tests.services.served_desk import ENGINEER, MANAGER, ServedDesk
from tests.services.test_credits import charged, credit


def used(served: ServedDesk, ticket_id: int, incidents: int) -> None:
    """What the contract was used before; bought where it is above nothing."""
    contract_id = served.card(ticket_id).state.contract_id
    assert contract_id is not None

    def write(conn: Connection) -> None:
        entry = NewLedger(contract_id, None, "incident", incidents, "OD-6:before", 0)
        note = NewFact(ticket_id, served.time.at, FactKind.NOTE, text="what was used before")
        door.record(conn, served.desk.db.book(conn), [note], served.time.at, ledger=[entry])

    served.desk.db.write_now(write)


def mark(served: ServedDesk, ticket_id: int) -> QuotaMark | None:
    return served.desk.db.read_now(lambda conn: served.desk.quota.of_ticket(conn, ticket_id))


def queue(served: ServedDesk) -> list[QueueRow]:
    def read(conn: Connection) -> list[QueueRow]:
        columns, _ = served.desk.queues.index(conn)
        return served.desk.queues.rows(conn, [int(each) for each in columns.ticket_id])

    return served.desk.db.read_now(read)


def decide(served: ServedDesk, ticket_id: int, *, is_served: bool = True, words: str = "An old customer") -> Change:
    return served.desk.db.write_now(
        lambda conn: served.desk.quota.decide(
            conn, ticket_id, MANAGER, base_revision=door.revision(conn), served=is_served, words=words
        )
    )


def test_a_ticket_beyond_the_quota_is_marked_everywhere_and_hidden_nowhere(served: ServedDesk) -> None:
    first, second = charged(served, "T1"), charged(served, "T2")
    assert mark(served, first) is None
    used(served, first, -99)
    assert (mark(served, first), mark(served, second)) == (None, QuotaMark.EXHAUSTED)
    assert {row.number: row.mark for row in queue(served)} == {"T1": None, "T2": "exhausted"}
    assert served.card(second).entitlements.mark is QuotaMark.EXHAUSTED
    page = served.desk.db.read_now(lambda conn: served.desk.customers.of_ticket(conn, second))
    assert (page.mark, page.warning) == (QuotaMark.EXHAUSTED, 100)
    assert page.beyond == ((second, "T2", QuotaMark.EXHAUSTED),)


@pytest.mark.parametrize(("is_served", "found"), [(True, QuotaMark.SERVED), (False, QuotaMark.REFUSED)])
def test_a_decision_changes_the_mark_and_stands_in_the_journal(
    served: ServedDesk, is_served: bool, found: QuotaMark
) -> None:
    ticket_id = charged(served)
    used(served, ticket_id, -100)
    clocks = served.card(ticket_id).state.clocks
    decide(served, ticket_id, is_served=is_served)
    assert mark(served, ticket_id) is found
    assert [row.mark for row in queue(served)] == [found.value]
    (entry,) = served.journal()
    assert (entry.kind, entry.words) == (found.value, "An old customer")
    assert served.evidence(entry)["mark"] == "exhausted"
    # A note takes no clock and no row away.
    assert served.card(ticket_id).state.clocks == clocks
    decide(served, ticket_id, is_served=not is_served)
    assert mark(served, ticket_id) is not found


def test_a_purchase_or_a_credit_makes_room(served: ServedDesk) -> None:
    first, second = charged(served, "T1"), charged(served, "T2")
    used(served, first, -99)
    credit(served, first)
    assert mark(served, second) is None


def test_a_ticket_whose_contract_has_ended_is_not_entitled(served: ServedDesk) -> None:
    ticket_id = served.ticket(plan="none")
    assert mark(served, ticket_id) is QuotaMark.NOT_ENTITLED


def test_within_the_quota_there_is_nothing_to_decide(served: ServedDesk) -> None:
    ticket_id = charged(served)
    with pytest.raises(UserError, match="quota_not_reached"):
        decide(served, ticket_id)
    used(served, ticket_id, -100)
    with pytest.raises(UserError, match="words_missing"):
        decide(served, ticket_id, words="  ")
    with pytest.raises(UserError, match="role_may_not"):
        served.desk.db.write_now(
            lambda conn: served.desk.quota.decide(conn, ticket_id, ENGINEER, base_revision=0, served=True, words="mine")
        )
    assert served.journal() == []


@pytest.mark.parametrize("is_served", [True, False])
def test_a_decision_about_the_quota_is_undone_and_the_ticket_asks_again(served: ServedDesk, is_served: bool) -> None:
    ticket_id = charged(served)
    used(served, ticket_id, -100)
    uid = decide(served, ticket_id, is_served=is_served).decision_uid
    assert uid is not None
    with pytest.raises(UserError, match="undo_not_yours"):
        served.desk.db.write_now(lambda conn: served.desk.undo.undo(conn, uid, ENGINEER))
    served.desk.db.write_now(lambda conn: served.desk.undo.undo(conn, uid, MANAGER))
    assert mark(served, ticket_id) is QuotaMark.EXHAUSTED
    assert [row.mark for row in queue(served)] == ["exhausted"]
    assert served.desk.db.read_now(lambda conn: verify(conn, served.desk.db.book(conn))).sound
