"""Undoing for ten minutes: nothing of the decision counts, its messages stay here, the journal keeps both."""

from __future__ import annotations

from functools import partial

import pytest

from console.domain.decisions import Actor, Change, NewDecision
from console.domain.errors import UserError
from console.domain.facts import FactKind, NewFact
from console.domain.instants import HOUR, MINUTE, SECOND
from console.domain.rules import ClockKind
from console.domain.state import EscalationPhase
from console.services.standing import clocks_as_evidence
from console.services.undo import UndoOffer, UndoPreview
from console.store import door
from console.store.verify import verify
from tests.services.escalating import Escalating
from tests.services.served_desk import ENGINEER, MANAGER, OTHER, ServedDesk


@pytest.fixture
def desk(served: ServedDesk) -> Escalating:
    return Escalating(served)


def severity(desk: Escalating, ticket: int, to: int, actor: Actor = MANAGER) -> Change:
    desk.served.time.at += SECOND
    base = desk.served.revision()
    return desk.db.write_now(
        lambda conn: desk.served.desk.severity.change(conn, ticket, to, actor, base_revision=base, words="all is down")
    )


def preview(desk: Escalating, decision: str | None, actor: Actor = MANAGER) -> UndoPreview:
    assert decision is not None
    return desk.db.read_now(lambda conn: desk.served.desk.undo.preview(conn, decision, actor))


def refusal(desk: Escalating, decision: str | None, actor: Actor = MANAGER) -> UserError:
    before = desk.served.everything()
    with pytest.raises(UserError) as refused:
        desk.undo(decision, actor)
    assert desk.served.everything() == before
    return refused.value


def test_a_severity_that_is_undone_leaves_no_breach(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3, opened="12T08:00")
    before = desk.served.card(ticket).state.clocks
    change = severity(desk, ticket, 1)  # due at 10:00: breached at once
    assert desk.served.row(ticket).breached
    desk.served.time.at += MINUTE
    seen = preview(desk, change.decision_uid)
    desk.undo(change.decision_uid)
    card = desk.served.card(ticket)
    assert (card.state.severity, desk.served.row(ticket).breached) == (3, False)
    assert [clock._replace(since_at=0) for clock in card.state.clocks] == [
        clock._replace(since_at=0) for clock in before
    ]
    assert clocks_as_evidence(seen.after.clocks) == clocks_as_evidence(card.state.clocks)
    kinds = [entry.kind for entry in desk.served.journal() if entry.ticket_id == ticket]
    assert kinds == ["severity_changed", "undone"]
    assert desk.last().subject_uid == change.decision_uid
    assert desk.db.read_now(lambda conn: verify(conn, desk.db.book(conn))).sound


def test_an_acceptance_that_is_undone_waits_again_and_its_messages_stay(desk: Escalating) -> None:
    ticket, owner = desk.ticket("community/premium", 3), desk.person("Ann")
    desk.ask(ticket, "portal")
    due = desk.of_ticket(ticket).review_due_at
    change = desk.accept(ticket, owner_id=owner, analysis="early")
    assert desk.waiting() == []
    held = len(desk.messages(change.decision_uid))
    assert len(preview(desk, change.decision_uid).held_back) == held > 1
    desk.undo(change.decision_uid)
    (waits,) = desk.waiting()
    assert (waits.escalation.phase, waits.review_due_at) == (EscalationPhase.REQUESTED, due)
    card = desk.served.card(ticket)
    assert (card.owner, [clock.kind for clock in card.state.clocks if clock.kind is ClockKind.ETA]) == (None, [])
    assert [mail.state for mail in desk.messages(change.decision_uid)] == ["cancelled"] * held
    # The alert of the request had left at once: it is not of this decision.
    assert "waiting" in {mail.state for mail in desk.messages()}
    assert desk.served.evidence(desk.last())["held_back"] == held


@pytest.mark.parametrize("act", ["reject", "withdraw", "review"])
def test_what_else_is_decided_can_be_undone(desk: Escalating, act: str) -> None:
    ticket = desk.ticket("odin/gold", 3)
    desk.ask(ticket, "phone")
    change: Change = getattr(desk, act)(ticket)
    desk.undo(change.decision_uid)
    assert desk.phase(ticket) is EscalationPhase.REQUESTED


def test_closing_and_asking_can_be_undone(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    asked = desk.ask(ticket, "phone").change
    desk.accept(ticket)
    closed = desk.close(ticket)
    desk.undo(closed.decision_uid)
    assert desk.phase(ticket) is EscalationPhase.ACCEPTED
    other = desk.ticket("odin/gold", 3, number="T2")
    asked = desk.ask(other, "phone").change
    desk.undo(asked.decision_uid)
    assert desk.served.card(other).state.escalation is None


def test_for_ten_minutes_and_not_at_the_end_of_them(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    change = severity(desk, ticket, 2)
    decided = desk.served.time.at
    desk.served.time.at = decided + 10 * MINUTE
    assert refusal(desk, change.decision_uid).code == "undo_too_late"
    assert preview(desk, change.decision_uid).until == decided + 10 * MINUTE
    desk.served.time.at -= 1
    desk.undo(change.decision_uid)


def test_once(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    change = severity(desk, ticket, 2)
    undone = desk.undo(change.decision_uid)
    assert refusal(desk, change.decision_uid).code == "undo_twice"
    assert refusal(desk, undone.decision_uid).code == "undo_final"
    assert refusal(desk, "nothing").code == "undo_unknown"


def test_what_came_after_stands_in_the_way_and_is_named(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    change = severity(desk, ticket, 2)
    severity(desk, ticket, 1, OTHER)
    found = refusal(desk, change.decision_uid)
    assert (found.code, found.values["who"], found.values["what"]) == ("undo_overtaken", "Otto", "severity_set")
    seen = preview(desk, change.decision_uid)
    assert seen.refusal is not None
    assert (seen.refusal.code, seen.after) == ("undo_overtaken", seen.before)


def test_a_request_that_somebody_reviews_is_not_taken_back(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    asked = desk.ask(ticket, "phone", ENGINEER).change
    review = desk.review(ticket)
    assert refusal(desk, asked.decision_uid, ENGINEER).code == "undo_overtaken"
    desk.undo(review.decision_uid)
    desk.undo(asked.decision_uid, ENGINEER)
    assert desk.served.card(ticket).state.escalation is None


def test_what_came_after_and_was_undone_itself_does_not(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    first, second = severity(desk, ticket, 2), severity(desk, ticket, 1)
    desk.undo(second.decision_uid)
    desk.undo(first.decision_uid)
    assert desk.served.card(ticket).state.severity == 3


def test_a_message_that_came_after_does_not(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    change = severity(desk, ticket, 2)
    desk.served.customer_writes(ticket, "12T12:01")
    desk.undo(change.decision_uid)
    assert desk.served.card(ticket).state.severity == 3


def test_who_owns_it_by_now_is_not_taken_back_by_undoing_an_owner_of_before(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    given = [desk.person(name) for name in ("Ann", "Bo")]
    acts = desk.served.desk.acts

    def give(to: int, actor: Actor) -> Change:
        desk.served.time.at += SECOND
        base = desk.served.revision()
        return desk.db.write_now(lambda conn: acts.set_owner(conn, ticket, actor, base_revision=base, owner_id=to))

    first, second = give(given[0], MANAGER), give(given[1], OTHER)
    found = refusal(desk, first.decision_uid)
    assert (found.code, found.values["who"], found.values["what"]) == ("undo_overtaken", "Otto", "owner_set")
    change = severity(desk, ticket, 2)
    give(given[0], OTHER)
    desk.undo(change.decision_uid)
    assert refusal(desk, second.decision_uid).code == "undo_overtaken"


def test_by_who_took_it_or_by_a_manager(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    asked = desk.ask(ticket, "phone", ENGINEER).change
    other = ENGINEER._replace(name="Erik", os_user="erik")
    found = refusal(desk, asked.decision_uid, other)
    assert (found.code, found.values["who"]) == ("undo_not_yours", "Egon")
    assert refusal(desk, asked.decision_uid, ENGINEER._replace(role="viewer")).code == "undo_not_yours"
    desk.undo(asked.decision_uid, ENGINEER)
    again = desk.ask(ticket, "phone", ENGINEER).change
    desk.undo(again.decision_uid, OTHER)
    assert desk.last().actor == "Otto"


def test_an_engineer_does_not_undo_a_managers_decision(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    desk.ask(ticket, "phone")
    assert refusal(desk, desk.reject(ticket).decision_uid, ENGINEER).code == "undo_not_yours"


def test_the_facts_stay_and_are_voided_one_by_one(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    desk.ask(ticket, "phone")
    change = desk.accept(ticket, next_update_at=desk.served.time.at + HOUR)
    made = {fact.uid for fact in desk.served.facts(ticket) if fact.decision_uid == change.decision_uid}
    undone = desk.undo(change.decision_uid)
    voids = [fact for fact in desk.served.facts(ticket) if fact.decision_uid == undone.decision_uid]
    assert {fact.kind for fact in voids} == {FactKind.VOID}
    assert {fact.t for fact in voids} == made
    assert len(made) == 2


def test_a_decision_is_found_by_its_number_and_the_begin_of_its_id(desk: Escalating) -> None:
    ticket = desk.ticket("odin/gold", 3)
    change = severity(desk, ticket, 2)
    uid = change.decision_uid
    assert uid is not None
    number = str(desk.last().seq)
    for wanted in (uid, uid[:8], number):
        assert desk.db.read_now(partial(desk.served.desk.undo.find, wanted=wanted)).uid == uid
    for wanted in ("", uid[:2], "no such"):
        with pytest.raises(UserError) as refused:
            desk.db.read_now(partial(desk.served.desk.undo.find, wanted=wanted))
        assert refused.value.code == "undo_unknown"


def test_the_newest_that_can_be_undone_is_offered_and_a_final_one_is_said(desk: Escalating) -> None:
    first, second = desk.ticket("odin/gold", 3), desk.ticket("odin/gold", 3, number="T2")
    older, newer = severity(desk, first, 2).decision_uid or "", severity(desk, second, 2).decision_uid or ""
    base = desk.served.revision()
    final = "f" * 32
    credit = NewDecision(final, "incident_credited", first, None, MANAGER, None, "a bug", base, {})
    fact = NewFact(first, desk.served.time.at, FactKind.NOTE, text="credited")
    desk.db.write_now(lambda conn: door.record(conn, desk.db.book(conn), [fact], desk.served.time.at, credit))

    def offered(*uids: str, actor: Actor = MANAGER) -> UndoOffer:
        return desk.db.read_now(lambda conn: desk.served.desk.undo.offer(conn, uids, actor))

    until = desk.served.time.at + 10 * MINUTE
    number = desk.served.card(second).identity.number
    assert offered(final, newer, older) == UndoOffer(True, newer, until, number)
    assert offered(newer, final, older) == UndoOffer(False, newer, until, number)
    desk.undo(newer)
    assert offered(final, newer, older).uid == older
    assert offered(final) == UndoOffer(final=True)
    assert offered("unknown") == offered() == UndoOffer(final=False)
