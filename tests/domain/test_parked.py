"""Tickets that wait and that somebody should look at: which they are, from when, and why."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.compile import CompiledBook
from console.domain.facts import ActorKind, FactKind
from console.domain.instants import SECOND, format_instant
from console.domain.parked import parked
from console.domain.queues import belongs
from console.domain.rules import ParkedReason
from tests.domain.odin_story import OdinStory, state_at
from tests.domain.packs import adopted, book, changed, odin_book
from tests.domain.small_policy import at


def because(story: OdinStory, when: str, desk: CompiledBook) -> dict[ParkedReason, str]:
    """Reason to 'DDTHH:MM'; what the row says is the first of them."""
    state = state_at(story, when, desk)
    rules = desk.rules(state.pack, state.created_at)
    assert rules is not None
    found = parked(state, rules)
    assert state.row.parked_s == (found[0].at // SECOND if found else None)
    return {each.reason: format_instant(each.at)[8:16] for each in found}


def waiting(severity: int = 2, since: str = "12T10:00") -> OdinStory:
    """Gold of 12 September 08:00, answered at 09:00 and waiting for the customer."""
    story = OdinStory("12T08:00", severity, "gold")
    story.support("12T09:00")
    story.status(since, "waiting")
    return story


def test_a_ticket_is_parked_once_it_has_waited_for_as_long_as_the_pack_says() -> None:
    desk = odin_book()
    assert because(waiting(), "12T11:00", desk) == {ParkedReason.WAITS_LONG: "15T10:00"}
    row = state_at(waiting(), "12T11:00", desk).row
    assert not belongs("parked", row, at("15T10:00") // SECOND - 1)
    assert belongs("parked", row, at("15T10:00") // SECOND)
    assert belongs("paused", row, at("15T10:00") // SECOND)


def test_one_that_was_paused_within_an_hour_of_its_breach_is_parked_at_once() -> None:
    near, far = waiting(1, "12T13:00"), waiting(1, "12T12:59")
    assert because(near, "12T13:00", odin_book())[ParkedReason.NEAR_BREACH] == "12T13:00"
    assert ParkedReason.NEAR_BREACH not in because(far, "12T13:00", odin_book())


def test_one_that_was_paused_after_its_breach_is_parked_too() -> None:
    late = waiting(1, "12T15:00")
    assert state_at(late, "12T16:00", odin_book()).row.breached
    assert because(late, "12T16:00", odin_book())[ParkedReason.NEAR_BREACH] == "12T15:00"


def test_one_that_waits_while_the_customers_message_does_is_parked_from_the_later_of_both() -> None:
    story = waiting()
    story.customer("12T10:30")
    # The source puts it back to waiting without an answer.
    story.status("12T10:40", "waiting")
    assert because(story, "12T11:00", odin_book())[ParkedReason.CUSTOMER_WAITS] == "12T10:40"
    # A first message that was never answered, and a ticket that was put on hold.
    story = OdinStory("12T08:00", 4, "silver_plus")
    story.support("12T08:30")
    story.customer("12T09:00")
    story.customer("12T09:30")
    story.status("12T08:45", "waiting_internal")
    assert because(story, "12T10:00", odin_book()) == {
        ParkedReason.CUSTOMER_WAITS: "12T09:00",
        ParkedReason.WAITS_LONG: "15T08:45",
    }


def test_a_confirmation_is_no_message_that_waits() -> None:
    story = waiting(4)
    story.add("12T11:00", FactKind.MESSAGE, a=1, t="confirmation", actor_kind=ActorKind.CUSTOMER)
    assert ParkedReason.CUSTOMER_WAITS not in because(story, "12T12:00", odin_book())


@pytest.mark.parametrize("status", ["open", "resolved", "closed"])
def test_who_works_on_it_or_has_closed_it_has_not_parked_it(status: str) -> None:
    story = waiting(4)
    story.status("12T11:00", status)
    assert because(story, "12T12:00", odin_book()) == {}


def test_while_a_clock_of_the_row_runs_nothing_is_parked() -> None:
    story = waiting()
    story.eta("12T10:30", "13T10:00")
    assert because(story, "12T11:00", odin_book()) == {}
    # The ETA is missed, so the row is overdue and needs no other flag.
    assert because(story, "16T11:00", odin_book()) == {}


def test_reopening_ends_it_and_the_next_pause_counts_anew() -> None:
    story = waiting()
    story.customer("13T10:00")
    assert because(story, "13T11:00", odin_book()) == {}
    story.support("13T12:00")
    story.status("13T12:00", "waiting")
    assert because(story, "13T13:00", odin_book()) == {ParkedReason.WAITS_LONG: "16T12:00"}


def test_a_pack_that_says_nothing_parks_nothing() -> None:
    def drop(values: dict[str, Any]) -> None:
        del values["parked"]

    assert because(waiting(), "12T11:00", book(adopted(changed(drop)))) == {}
