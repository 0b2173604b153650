"""A calendar that is written as a roster, month by month: open in its dated shifts and never else."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.compile import CompiledBook
from console.domain.eligibility import verdict
from console.domain.explain import SegmentKind, explain
from console.domain.facts import ActorKind, FactKind
from console.domain.instants import HOUR
from console.domain.policy import Pack
from console.domain.state import ClockPhase, Group
from tests.domain.odin_story import OdinStory, clock, state_at
from tests.domain.packs import adopted, book, changed, entry
from tests.domain.small_policy import K, at

WEEK = ("2017-09-11", "2017-09-12", "2017-09-13")
NEXT = ("2017-09-18", "2017-09-19")


def roster(*days: str) -> Pack:
    """The Odin pack with 8 hours on each of these days as its only calendar."""

    def change(values: dict[str, Any]) -> None:
        shifts = {day: [["08:00", "16:00"]] for day in days}
        entry(values, "calendars", "24x7")["hours"] = {"zone": "UTC", "shifts": shifts}

    return changed(change)


def desk() -> CompiledBook:
    """On Thursday the 14th the roster of the next week is adopted."""
    first, second = roster(*WEEK), roster(*WEEK, *NEXT)
    return book(
        adopted(first, at("01T00:00"), 1, 10), adopted(second, at("14T10:00"), revision_id=2, first_calendar_id=20)
    )


def test_within_the_roster_everything_is_as_ever() -> None:
    state = state_at(OdinStory("12T15:00", 1, "gold"), "12T15:30", desk())
    assert clock(state, K.FIRST_RESPONSE).due_at == at("13T09:00")
    assert state.row.due_at == at("13T09:00")


def test_beyond_the_last_shift_a_clock_runs_without_a_due() -> None:
    # Four hours are promised, two are left of the roster.
    story = OdinStory("13T14:00", 2, "gold")
    state = state_at(story, "14T09:00", desk())
    response = clock(state, K.FIRST_RESPONSE)
    assert (response.phase, response.due_at, response.original_due_at) == (ClockPhase.RUNNING, None, None)
    assert (response.breached_at, state.row.group, state.row.clock) == (None, Group.NO_CLOCK, None)
    _, stories = explain(story.facts, desk(), at("14T09:00"))
    assert stories[0].elapsed_work == 2 * HOUR
    assert [part.kind for part in stories[0].segments] == [SegmentKind.COUNTED, SegmentKind.CLOSED]


def test_a_roster_that_goes_on_names_the_due_and_that_is_the_first_promise() -> None:
    story = OdinStory("13T14:00", 2, "gold")
    response = clock(state_at(story, "14T10:00", desk()), K.FIRST_RESPONSE)
    assert (response.due_at, response.original_due_at) == (at("18T10:00"), at("18T10:00"))
    breached = clock(state_at(story, "18T10:00", desk()), K.FIRST_RESPONSE)
    assert (breached.phase, breached.breached_at) == (ClockPhase.BREACHED, at("18T10:00"))


def test_a_ticket_from_after_the_roster_waits_for_the_next_one() -> None:
    story = OdinStory("13T20:00", 2, "gold")
    assert clock(state_at(story, "14T09:59", desk()), K.FIRST_RESPONSE).due_at is None
    assert clock(state_at(story, "14T10:00", desk()), K.FIRST_RESPONSE).due_at == at("18T12:00")
    # After the very last shift, years later, too.
    late = OdinStory("30T20:00", 2, "gold")
    assert clock(state_at(late, "30T21:00", desk()), K.FIRST_RESPONSE).due_at is None


@pytest.mark.parametrize("end", ["closed", "resolved"])
def test_it_is_met_and_paused_as_ever(end: str) -> None:
    story = OdinStory("13T14:00", 2, "gold")
    story.status("13T15:00", "waiting")
    _, stories = explain(story.facts, desk(), at("14T09:00"))
    workaround = next(each for each in stories if each.clock.kind is K.WORKAROUND)
    assert (workaround.clock.phase, workaround.if_resumed_due_at) == (ClockPhase.PAUSED, None)
    story.status("13T15:30", "open")
    story.severity("13T15:45", 1)
    story.status("13T15:50", end)
    assert clock(state_at(story, "14T09:00", desk()), K.FIRST_RESPONSE).phase is ClockPhase.MET


def test_a_smaller_target_that_fits_has_a_due_and_one_that_has_passed_is_a_breach_at_the_change() -> None:
    story = OdinStory("13T14:00", 2, "gold")
    story.severity("13T15:00", 1)
    response = clock(state_at(story, "13T15:30", desk()), K.FIRST_RESPONSE)
    assert (response.due_at, response.original_due_at) == (at("13T16:00"), at("13T16:00"))
    late = OdinStory("13T08:00", 4, "gold")
    late.severity("13T15:00", 1)
    assert clock(state_at(late, "13T15:30", desk()), K.FIRST_RESPONSE).breached_at == at("13T15:00")


def test_a_verdict_that_waits_for_open_time_names_no_instant() -> None:
    story = OdinStory("13T14:00", 2, "gold")
    story.add("13T14:30", FactKind.MESSAGE, a=1, b=0, actor_kind=ActorKind.AGENT)
    state, found = state_at(story, "14T09:00", desk()), desk()
    pack, rules = found.pack("odin", at("14T09:00")), found.rules("odin", state.created_at, at("14T09:00"))
    assert pack is not None
    assert rules is not None
    button = verdict(state, pack, rules, at("14T09:00")).channel("button")
    assert button is not None
    assert (button.available, button.available_at) == (False, None)
