"""What facts do to the clocks, the status and the row of a ticket."""

from __future__ import annotations

import pytest

from console.domain.errors import InternalFault
from console.domain.facts import ActorKind, FactKind
from console.domain.fold import fold
from console.domain.instants import HOUR, SECOND
from console.domain.rules import ClockKind
from console.domain.state import ClockPhase, Group
from tests.domain.fold_reading import clock, due, state
from tests.domain.small_policy import SmallBook, Story, at, rules

FIRST, NEXT, WORKAROUND, ETA, CLOSING = (
    ClockKind.FIRST_RESPONSE,
    ClockKind.NEXT_RESPONSE,
    ClockKind.WORKAROUND,
    ClockKind.ETA,
    ClockKind.AUTO_CLOSE,
)


def test_a_ticket_without_facts_does_not_exist_yet() -> None:
    with pytest.raises(InternalFault):
        state(Story("12T08:00"), "12T07:59")


def test_a_new_ticket_runs_the_clocks_of_its_plan() -> None:
    found = state(Story("12T08:00", severity=1), "12T08:30")
    assert (due(found, FIRST), due(found, WORKAROUND)) == ("12T10:00", "12T14:00")
    assert found.row.group is Group.RUNNING
    assert found.row.clock is FIRST
    assert found.row.due_s == at("12T10:00") // SECOND


def test_no_promise_is_no_clock() -> None:
    found = state(Story("12T08:00", severity=4), "12T08:30")
    assert [clock.kind for clock in found.clocks] == [FIRST]


def test_a_plan_that_the_pack_does_not_know_gets_the_base_targets() -> None:
    found = state(Story("12T08:00", severity=4, plan="unheard-of"), "12T08:30")
    assert due(found, FIRST) == "12T10:00"


@pytest.mark.parametrize(
    ("answered", "phase"),
    [("12T11:59", ClockPhase.MET), ("12T12:00", ClockPhase.MET), ("12T12:01", ClockPhase.MISSED)],
)
def test_a_response_at_the_due_instant_is_in_time(answered: str, phase: ClockPhase) -> None:
    story = Story("12T08:00")
    story.support(answered)
    assert clock(state(story, "12T13:00"), FIRST).phase is phase


def test_without_a_response_the_due_instant_is_the_breach() -> None:
    story = Story("12T08:00")
    assert clock(state(story, "12T11:59"), FIRST).phase is ClockPhase.RUNNING
    late = clock(state(story, "12T12:00"), FIRST)
    assert (late.phase, late.breached_at) == (ClockPhase.BREACHED, at("12T12:00"))


@pytest.mark.parametrize(("public", "automatic"), [(False, False), (True, True)])
def test_internal_notes_and_automatic_mail_are_no_response(public: bool, automatic: bool) -> None:
    story = Story("12T08:00")
    story.support("12T09:00", public=public, automatic=automatic)
    found = state(story, "12T10:00")
    assert clock(found, FIRST).phase is ClockPhase.RUNNING
    assert found.last_contact_at is None


def test_resolving_answers_too() -> None:
    story = Story("12T08:00")
    story.status("12T09:00", "resolved")
    assert clock(state(story, "12T10:00"), FIRST).phase is ClockPhase.MET


def test_a_reopened_ticket_counts_on_and_the_time_between_was_a_pause() -> None:
    story = Story("12T08:00")
    story.status("12T09:00", "resolved")
    story.status("12T15:00", "open")
    found = state(story, "12T16:00")
    assert clock(found, FIRST).phase is ClockPhase.RUNNING
    assert due(found, FIRST) == "12T18:00"
    assert due(found, WORKAROUND) == "13T02:00"


def test_closing_ends_every_clock_and_reopening_returns_them() -> None:
    story = Story("12T08:00")
    story.support("12T09:00")
    story.status("12T10:00", "closed")
    closed = state(story, "12T11:00")
    assert not closed.row.open
    assert clock(closed, WORKAROUND).phase is ClockPhase.MET
    story.status("13T10:00", "open")
    again = state(story, "13T11:00")
    assert again.row.open
    assert clock(again, FIRST).stopped_at == at("12T09:00")
    assert due(again, WORKAROUND) == "13T20:00"


def test_what_returns_with_a_reopening_counts_to_what_is_promised_then() -> None:
    story = Story("12T08:00", severity=3)
    story.status("12T10:00", "closed")
    story.severity("12T10:30", 1)
    story.status("12T11:00", "open")
    assert due(state(story, "12T12:00"), WORKAROUND) == "12T15:00"
    story.status("12T12:00", "closed")
    story.severity("12T12:30", 4)
    story.status("12T13:00", "open")
    assert clock(state(story, "12T14:00"), WORKAROUND).phase is ClockPhase.STOPPED


def test_waiting_pauses_the_workaround_and_never_the_first_response() -> None:
    story = Story("12T08:00")
    story.status("12T10:00", "waiting")
    found = state(story, "12T11:00")
    assert clock(found, FIRST).phase is ClockPhase.RUNNING
    assert clock(found, WORKAROUND).phase is ClockPhase.PAUSED
    assert due(found, WORKAROUND) is None
    assert clock(found, WORKAROUND).left_work == 10 * HOUR


def test_only_paused_clocks_put_the_row_into_the_paused_group_by_what_is_left() -> None:
    story = Story("12T08:00")
    story.support("12T09:00")
    story.status("12T10:00", "waiting")
    row = state(story, "12T11:00").row
    assert (row.group, row.due_s, row.due_at) == (Group.PAUSED, 10 * 3600, None)


def test_a_pause_after_the_breach_does_not_move_the_due() -> None:
    story = Story("12T08:00", severity=1)
    story.status("12T15:00", "waiting")
    story.status("12T20:00", "open")
    found = clock(state(story, "12T21:00"), WORKAROUND)
    assert (found.phase, found.due_at, found.breached_at) == (ClockPhase.BREACHED, at("12T14:00"), at("12T14:00"))


def test_a_breach_is_not_taken_back_by_a_lower_severity() -> None:
    story = Story("12T08:00", severity=1)
    story.severity("12T11:00", 4)
    found = clock(state(story, "12T12:00"), FIRST)
    assert (found.phase, found.breached_at) == (ClockPhase.BREACHED, at("12T10:00"))


def test_a_retarget_into_the_past_breaches_at_the_change() -> None:
    story = Story("12T08:00", severity=3)
    story.severity("12T13:00", 1)
    found = clock(state(story, "12T13:00"), FIRST)
    assert (found.due_at, found.breached_at) == (at("12T10:00"), at("12T13:00"))
    assert found.original_due_at == at("12T14:00")


def test_a_clock_that_did_not_exist_starts_at_the_change_and_keeps_what_it_counted() -> None:
    story = Story("12T08:00", severity=4)
    story.support("12T09:00")
    story.severity("12T13:00", 2)
    assert due(state(story, "12T14:00"), WORKAROUND) == "13T01:00"
    story.severity("12T15:00", 4)
    assert clock(state(story, "12T16:00"), WORKAROUND).phase is ClockPhase.STOPPED
    story.severity("12T17:00", 2)
    assert due(state(story, "12T18:00"), WORKAROUND) == "13T03:00"


def test_what_was_given_already_is_not_promised_again() -> None:
    story = Story("12T08:00", severity=4)
    story.add("12T09:00", FactKind.WORKAROUND_GIVEN)
    story.severity("12T13:00", 2)
    assert [clock.kind for clock in state(story, "12T14:00").clocks] == [FIRST]


def test_another_plan_retargets_on_its_own_calendar() -> None:
    story = Story("12T04:00", severity=3)
    story.add("12T05:00", FactKind.PLAN_SET, t="small/office")
    # One hour was counted round the clock; seven are left of eight, from 09:00 in Kyiv, which is 06:00 UTC.
    assert due(state(story, "12T05:30"), FIRST) == "12T13:00"


def test_a_severity_that_the_opening_does_not_name_counts_from_the_opening_once_it_is_known() -> None:
    story = Story("12T08:00", severity=None)
    story.severity("12T08:10", 1)
    assert [clock.kind for clock in state(story, "12T08:05").clocks] == []
    assert state(story, "12T08:05").row.group is Group.NO_CLOCK
    assert due(state(story, "12T08:10"), FIRST) == "12T10:00"


def test_an_eta_is_a_clock_and_a_new_one_replaces_it() -> None:
    story = Story("12T08:00")
    story.support("12T09:00")
    story.add("12T09:00", FactKind.ETA_SET, a=at("12T19:00"), t="update")
    assert due(state(story, "12T10:00"), ETA) == "12T19:00"
    story.add("12T20:00", FactKind.ETA_SET, a=at("13T10:00"), t="update")
    found = state(story, "12T21:00")
    assert clock(found, ETA, 0).phase is ClockPhase.MISSED
    assert due(found, ETA, 1) == "13T10:00"
    story.support("13T09:00")
    assert clock(state(story, "13T11:00"), ETA, 1).phase is ClockPhase.MET


def test_an_eta_of_a_resolution_is_not_met_by_words() -> None:
    story = Story("12T08:00")
    story.add("12T09:00", FactKind.ETA_SET, a=at("12T19:00"), t="resolution")
    story.support("12T10:00")
    assert clock(state(story, "12T11:00"), ETA).phase is ClockPhase.RUNNING
    story.add("12T12:00", FactKind.SOLUTION_GIVEN)
    assert clock(state(story, "12T13:00"), ETA).phase is ClockPhase.MET


def test_next_response_counts_from_the_earliest_unanswered_message_anew_after_each_answer() -> None:
    story = Story("12T08:00", plan="answers")
    story.customer("12T08:00")
    story.customer("12T09:00")
    assert due(state(story, "12T09:30"), NEXT) == "12T12:00"
    story.support("12T10:00")
    story.customer("12T11:00")
    found = state(story, "12T11:30")
    assert clock(found, NEXT, 0).phase is ClockPhase.MET
    assert due(found, NEXT, 1) == "12T15:00"


def test_the_order_of_the_source_wins_over_the_rank() -> None:
    story = Story("12T08:00")
    story.status("12T09:00", "open", ord=2)
    story.status("12T09:00", "resolved", ord=1)
    assert state(story, "12T10:00").status == "open"


def test_without_an_order_stop_comes_before_pause_and_pause_before_start() -> None:
    story = Story("12T08:00")
    story.status("12T09:00", "open")
    story.status("12T09:00", "waiting")
    story.status("12T09:00", "resolved")
    assert state(story, "12T10:00").status == "open"


def test_a_merged_ticket_closes_and_its_clocks_end_without_being_met() -> None:
    story = Story("12T08:00")
    story.add("12T09:00", FactKind.MERGED_INTO, a=7)
    story.customer("12T10:00")
    found = state(story, "12T20:00")
    assert (found.status, found.row.open, found.closed_at) == ("closed", False, at("12T09:00"))
    assert {clock.phase for clock in found.clocks} == {ClockPhase.STOPPED}
    assert {clock.breached_at for clock in found.clocks} == {None}


def test_a_merge_that_is_undone_counts_on() -> None:
    story = Story("12T08:00")
    merge = story.add("12T09:00", FactKind.MERGED_INTO, a=7)
    story.status("12T11:00", "open")
    assert due(state(story, "12T11:30"), FIRST) == "12T14:00"
    story.facts.pop()
    story.add("12T11:00", FactKind.VOID, t=merge.uid)
    assert due(state(story, "12T11:30"), FIRST) == "12T12:00"


def test_a_split_ticket_counts_from_its_own_opening() -> None:
    story = Story("12T08:00")
    story.add("12T08:00", FactKind.SPLIT_FROM, a=7)
    assert due(state(story, "12T09:00"), FIRST) == "12T12:00"


@pytest.mark.parametrize(
    ("counted", "answered"),
    [
        ({}, "12T12:00"),
        ({"automatic_answers": True}, "12T09:00"),
        ({"internal_answers": True}, "12T10:00"),
    ],
)
def test_a_pack_may_count_automatic_mail_and_notes_as_answers(counted: dict[str, bool], answered: str) -> None:
    story = Story("12T08:00")
    story.support("12T09:00", automatic=True)
    story.add("12T10:00", FactKind.NOTE, actor_kind=ActorKind.AGENT)
    story.support("12T11:00", public=False)
    story.support("12T12:00")
    found = fold(story.facts, SmallBook(rules(**counted)), at("12T13:00"))
    assert clock(found, FIRST).stopped_at == at(answered)


def test_what_closes_or_answers_at_a_merge_or_after_it_meets_nothing() -> None:
    story = Story("12T08:00")
    story.add("12T08:30", FactKind.ETA_SET, a=at("12T19:00"), t="resolution")
    story.status("12T09:00", "closed")
    story.add("12T09:00", FactKind.MERGED_INTO, a=7)
    story.support("12T10:00")
    assert {clock.phase for clock in state(story, "12T20:00").clocks} == {ClockPhase.STOPPED}


def test_an_answer_that_begins_to_be_promised_counts_from_the_change() -> None:
    story = Story("12T08:00", plan="unheard-of")
    story.support("12T08:10")
    story.customer("12T08:20")
    story.add("12T09:00", FactKind.PLAN_SET, t="small/answers")
    assert due(state(story, "12T09:30"), NEXT) == "12T13:00"
    story.add("12T10:00", FactKind.PLAN_SET, t="small/gold")
    story.add("12T11:00", FactKind.PLAN_SET, t="small/answers")
    assert due(state(story, "12T11:30"), NEXT) == "12T14:00"
    story.support("12T12:00")
    story.customer("12T15:00")
    assert due(state(story, "12T15:30"), NEXT, 1) == "12T19:00"


def test_no_answer_is_promised_while_none_is_waited_for() -> None:
    story = Story("12T08:00", plan="unheard-of")
    story.customer("12T08:00")
    story.support("12T08:30")
    story.add("12T09:00", FactKind.PLAN_SET, t="small/answers")
    assert [clock.kind for clock in state(story, "12T09:30").clocks] == [FIRST]


def test_a_target_below_what_was_used_breaches_a_paused_clock_at_the_change() -> None:
    story = Story("12T08:00", severity=3)
    story.support("12T08:30")
    story.status("12T18:00", "waiting")
    story.severity("12T20:00", 1)
    found = clock(state(story, "12T21:00"), WORKAROUND)
    assert (found.phase, found.due_at, found.breached_at) == (ClockPhase.PAUSED, at("12T14:00"), at("12T20:00"))
