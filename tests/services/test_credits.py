"""An incident is given back for a bug, once, by the manager (OD-6); the account manager's time is booked (OD-3)."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from console.domain.decisions import Change
from console.domain.entitlements import deduction
from console.domain.errors import ConflictError, UserError
from console.domain.facts import FactKind, NewFact
from console.domain.instants import DAY, HOUR, MINUTE
from console.store import door, ledger
from console.store.database import Connection
from tests.services.served_desk import ENGINEER, MANAGER, ServedDesk, at

VIEWER = MANAGER._replace(role="viewer")


def charged(served: ServedDesk, number: str = "T1", plan: str = "gold", channel: str = "chat") -> int:
    """A ticket with the deduction that creating it makes."""
    ticket_id = served.ticket(number, plan=plan)

    def write(conn: Connection) -> None:
        book = served.desk.db.book(conn)
        pack = book.pack("odin", served.time.at)
        assert pack is not None
        contract_id = served.card(ticket_id).state.contract_id
        assert contract_id is not None
        entry = deduction(
            pack, pack.plan(plan), contract_id=contract_id, ticket_id=ticket_id, channel=channel, at=at("12T10:00")
        )
        note = NewFact(ticket_id, at("12T10:00"), FactKind.NOTE, text="came in")
        door.record(conn, book, [note], at("12T10:00"), ledger=[] if entry is None else [entry])

    served.desk.db.write_now(write)
    return ticket_id


def credit(served: ServedDesk, ticket_id: int, **changes: Any) -> Change:
    given: dict[str, Any] = {
        "actor": MANAGER,
        "base_revision": served.revision(),
        "reason_code": "unfixed_bug",
        "bug_id": "PPA-7",
        "words": "Confirmed by the developers",
        **changes,
    }
    return served.desk.db.write_now(lambda conn: served.desk.credits.credit(conn, ticket_id, **given))


def left(served: ServedDesk, ticket_id: int) -> int | None:
    return served.desk.db.read_now(lambda conn: served.desk.entitlements.of_ticket(conn, ticket_id)).balance.left


def test_od_6_a_credit_is_a_fact_a_ledger_line_and_a_journal_entry(served: ServedDesk) -> None:
    ticket_id = charged(served)
    assert left(served, ticket_id) == 99
    change = credit(served, ticket_id, bug_id="  PPA-7 ")
    assert left(served, ticket_id) == 100
    (entry,) = served.journal()
    assert (entry.kind, entry.ticket_id, entry.reason_code) == ("incident_credited", ticket_id, "unfixed_bug")
    assert (entry.actor, entry.words, entry.uid) == ("Mara", "Confirmed by the developers", change.decision_uid)
    fact = next(each for each in served.facts(ticket_id) if each.kind == FactKind.BUG_CONFIRMED)
    assert (fact.t, fact.decision_uid) == ("PPA-7", entry.uid)
    kept = served.evidence(entry)
    assert (kept["bug"], kept["balance_before"]) == ("PPA-7", 99)
    contract_id = served.card(ticket_id).state.contract_id
    assert contract_id is not None
    lines = served.desk.db.read_now(lambda conn: ledger.of_contract(conn, contract_id))
    assert [(line.amount, line.rule, line.decision_uid) for line in lines] == [
        (-1, "OD-6:opened", None),
        (1, "OD-6:unfixed_bug:PPA-7", entry.uid),
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason_code": "article"}, "credit_reason"),
        ({"reason_code": "fixed_in_release"}, "credit_reason"),
        ({"reason_code": "unheard_of"}, "reason_unknown"),
        ({"bug_id": "  "}, "credit_bug_missing"),
        ({"bug_id": "B" * 121}, "credit_bug_long"),
        ({"words": " "}, "words_missing"),
        ({"fixed_at": at("12T10:00")}, "credit_bug_fixed"),
        ({"actor": ENGINEER}, "role_may_not"),
        ({"actor": VIEWER}, "role_may_not"),
    ],
)
def test_what_is_refused_leaves_everything_as_it_was(served: ServedDesk, changes: dict[str, Any], code: str) -> None:
    ticket_id = charged(served)
    before = served.everything()
    with pytest.raises(UserError, match=code):
        credit(served, ticket_id, **changes)
    assert served.everything() == before


def test_a_bug_that_was_fixed_after_the_ticket_came_in_is_credited(served: ServedDesk) -> None:
    ticket_id = charged(served)
    credit(served, ticket_id, fixed_at=at("12T10:01"))
    assert left(served, ticket_id) == 100


def test_a_credit_entered_twice_is_refused(served: ServedDesk) -> None:
    ticket_id = charged(served)
    base = served.revision()
    credit(served, ticket_id, base_revision=base)
    # At the same time, from another desk: told who was first. Later: once a ticket.
    with pytest.raises(ConflictError):
        credit(served, ticket_id, base_revision=base)
    with pytest.raises(UserError, match="credit_twice"):
        credit(served, ticket_id)
    assert left(served, ticket_id) == 100
    assert len(served.journal()) == 1


@pytest.mark.parametrize(("plan", "code"), [("per_incident", "credit_never"), ("diamond", "credit_never")])
def test_what_is_never_credited(served: ServedDesk, plan: str, code: str) -> None:
    ticket_id = charged(served, plan=plan)
    with pytest.raises(UserError, match=code):
        credit(served, ticket_id)
    case = served.desk.db.read_now(lambda conn: served.desk.credits.case(conn, ticket_id, MANAGER))
    assert case.refusal == code


def test_od_6_a_sales_request_deducts_nothing_and_has_nothing_to_credit(served: ServedDesk) -> None:
    ticket_id = charged(served, channel="online_sales")
    assert left(served, ticket_id) == 100
    with pytest.raises(UserError, match="credit_not_deducted"):
        credit(served, ticket_id)


def test_an_engineer_proposes_with_a_note_and_the_manager_finds_the_bug(served: ServedDesk) -> None:
    ticket_id = charged(served)
    served.desk.db.write_now(
        lambda conn: served.desk.credits.propose(
            conn, ticket_id, ENGINEER, base_revision=served.revision(), bug_id="PPA-7", words="Seen in 17.5"
        )
    )
    assert left(served, ticket_id) == 99
    assert served.journal()[-1].kind == "credit_proposed"
    assert "PPA-7: Seen in 17.5" in [message.body for message in served.card(ticket_id).conversation]
    case = served.desk.db.read_now(lambda conn: served.desk.credits.case(conn, ticket_id, MANAGER))
    assert (case.bug, case.refusal) == ("PPA-7", None)
    proposed = served.journal()[-1].uid
    served.time.at += MINUTE
    served.desk.db.write_now(lambda conn: served.desk.undo.undo(conn, proposed, ENGINEER))
    served.time.at += MINUTE
    assert served.desk.db.read_now(lambda conn: served.desk.credits.case(conn, ticket_id, MANAGER)).bug is None
    with pytest.raises(UserError, match="role_may_not"):
        served.desk.db.write_now(
            lambda conn: served.desk.credits.propose(
                conn, ticket_id, VIEWER, base_revision=0, bug_id="PPA-7", words="no"
            )
        )


def test_a_credit_and_time_of_the_account_manager_are_final(served: ServedDesk) -> None:
    ticket_id = charged(served)
    credit(served, ticket_id)
    spend(served, 90)
    before = served.everything()
    for entry in served.journal():
        with pytest.raises(UserError, match="undo_final"):
            served.desk.db.write_now(partial(served.desk.undo.undo, decision_uid=entry.uid, actor=MANAGER))
        with pytest.raises(UserError, match="undo_final"):
            served.desk.db.read_now(partial(served.desk.undo.find, wanted=str(entry.seq)))
    assert [entry.kind for entry in served.journal()] == ["incident_credited", "tam_spent"]
    assert served.everything() == before


def spend(served: ServedDesk, minutes: int, actor: Any = MANAGER) -> Change:
    return served.desk.db.write_now(
        lambda conn: served.desk.credits.spend(conn, "C-1", actor, minutes=minutes, words="Upgrade planned")
    )


def test_od_3_the_account_managers_time_goes_down_and_stands_in_the_journal(served: ServedDesk) -> None:
    served.ticket()
    spend(served, 90)
    page = served.desk.db.read_now(lambda conn: served.desk.customers.of_customer(conn, "C-1"))
    assert page.manager is not None
    assert (page.manager.used, page.manager.left) == (90 * MINUTE, 10 * HOUR - 90 * MINUTE)
    assert [entry.kind for entry in served.journal()] == ["tam_spent"]
    served.time.at += 7 * DAY
    later = served.desk.db.read_now(lambda conn: served.desk.customers.of_customer(conn, "C-1"))
    assert later.manager is not None
    assert (later.manager.used, later.manager.left) == (0, 10 * HOUR)


@pytest.mark.parametrize("minutes", [0, -5, 7 * 24 * 60 + 1])
def test_minutes_are_above_nothing_and_fit_into_a_week(served: ServedDesk, minutes: int) -> None:
    served.ticket()
    with pytest.raises(UserError, match="tam_minutes"):
        spend(served, minutes)


def test_time_of_a_manager_that_the_plan_does_not_give_is_refused(served: ServedDesk) -> None:
    served.ticket(plan="limited_free")
    with pytest.raises(UserError, match="tam_none"):
        spend(served, 10)
    with pytest.raises(UserError, match="role_may_not"):
        spend(served, 10, ENGINEER)
    assert served.journal() == []
