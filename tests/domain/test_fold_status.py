"""What facts do to the status of a ticket: waiting, closing, reopening, voids, whose turn it is."""

from __future__ import annotations

from console.domain.facts import FactKind
from console.domain.instants import SECOND
from console.domain.rules import ClockKind
from console.domain.state import ClockPhase, EscalationPhase, Turn
from tests.domain.fold_reading import clock, due, state
from tests.domain.small_policy import Story, at

FIRST, WORKAROUND = ClockKind.FIRST_RESPONSE, ClockKind.WORKAROUND


def test_an_answer_of_the_customer_ends_the_waiting() -> None:
    story = Story("12T08:00")
    story.support("12T09:00")
    story.status("12T10:00", "waiting")
    story.customer("12T14:00")
    found = state(story, "12T15:00")
    assert (found.status, due(found, WORKAROUND)) == ("open", "13T00:00")


def test_a_confirmation_does_not_reopen() -> None:
    story = Story("12T08:00")
    story.status("12T10:00", "resolved")
    story.customer("12T14:00", t="confirmation")
    assert state(story, "12T15:00").status == "resolved"


def test_a_status_of_the_source_at_the_same_instant_wins_over_the_derived_one() -> None:
    story = Story("12T08:00")
    story.status("12T10:00", "waiting")
    story.customer("12T14:00")
    story.status("12T14:00", "resolved")
    assert state(story, "12T15:00").status == "resolved"


def test_a_message_on_a_closed_ticket_does_not_reopen_it() -> None:
    story = Story("12T08:00")
    story.status("12T10:00", "closed")
    story.customer("12T14:00")
    assert state(story, "12T15:00").status == "closed"


def test_nobody_asks_for_fourteen_days_and_the_ticket_closes_by_itself() -> None:
    story = Story("01T08:00", severity=3)
    story.status("01T10:30", "resolved")
    story.add("01T10:30", FactKind.SOLUTION_NOTIFIED)
    assert state(story, "15T10:29").status == "resolved"
    assert state(story, "15T10:29").row.next_at_s == at("15T10:30") // SECOND
    closed = state(story, "15T10:30")
    assert (closed.status, closed.closed_at, closed.row.open) == ("closed", at("15T10:30"), False)


def test_a_request_for_assistance_ends_the_closing_period_and_a_notification_begins_another() -> None:
    story = Story("01T08:00", severity=3)
    story.status("01T10:30", "resolved")
    story.add("01T10:30", FactKind.SOLUTION_NOTIFIED)
    story.customer("14T09:00")
    assert state(story, "15T11:00").status == "open"
    story.status("15T12:00", "resolved")
    story.add("15T12:00", FactKind.SOLUTION_NOTIFIED)
    assert state(story, "29T11:59").status == "resolved"
    assert state(story, "29T12:00").status == "closed"


def test_a_message_at_the_closing_instant_is_in_time() -> None:
    story = Story("01T08:00", severity=3)
    story.status("01T10:30", "resolved")
    story.add("01T10:30", FactKind.SOLUTION_NOTIFIED)
    story.customer("15T10:30")
    assert state(story, "15T10:30").status == "open"


def test_the_turn_changes_with_the_first_message_and_a_reminder_does_not_move_it() -> None:
    story = Story("12T08:00")
    assert (state(story, "12T08:30").turn, state(story, "12T08:30").turn_at) == (Turn.SUPPORT, at("12T08:00"))
    story.support("12T09:00")
    story.support("12T10:00")
    assert state(story, "12T10:30").turn_at == at("12T10:00")
    story.customer("12T11:00")
    story.customer("12T12:00")
    assert (state(story, "12T13:00").turn, state(story, "12T13:00").turn_at) == (Turn.SUPPORT, at("12T11:00"))


def test_a_voided_fact_leaves_no_breach() -> None:
    story = Story("12T08:00", severity=3)
    wrong = story.severity("12T13:00", 1)
    story.add("12T13:30", FactKind.VOID, t=wrong.uid)
    assert clock(state(story, "12T13:15"), FIRST).phase is ClockPhase.BREACHED
    undone = state(story, "12T13:30")
    assert (undone.severity, clock(undone, FIRST).breached_at) == (3, None)


def test_a_void_can_be_voided() -> None:
    story = Story("12T08:00", severity=3)
    change = story.severity("12T09:00", 2)
    void = story.add("12T10:00", FactKind.VOID, t=change.uid)
    story.add("12T11:00", FactKind.VOID, t=void.uid)
    assert state(story, "12T10:30").severity == 3
    assert state(story, "12T11:30").severity == 2


def test_escalations_are_one_at_a_time() -> None:
    story = Story("12T08:00")
    story.add("12T10:00", FactKind.ESCALATION_REQUESTED, a=1, t="button")
    story.add("12T10:05", FactKind.ESCALATION_REQUESTED, a=1, t="phone")
    story.add("12T11:00", FactKind.ESCALATION_REJECTED, t="too_early")
    story.add("12T12:00", FactKind.ESCALATION_REQUESTED, a=2, t="phone")
    found = state(story, "12T13:00")
    assert [(one.level, one.phase) for one in found.escalations] == [
        (1, EscalationPhase.REJECTED),
        (2, EscalationPhase.REQUESTED),
    ]
    assert found.row.escalation is EscalationPhase.REQUESTED


def test_updates_from_before_the_opening_begin_the_ticket() -> None:
    story = Story("12T08:00")
    story.status("12T07:00", "open", contact=True)
    found = state(story, "12T09:00")
    assert found.created_at == at("12T07:00")
    assert clock(found, FIRST).phase is ClockPhase.MET
