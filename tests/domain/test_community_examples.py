"""The dated examples of the community vendor's rules, and what we decided where its documents are silent."""

from __future__ import annotations

from itertools import pairwise

import pytest

from console.domain.compile import CompiledBook
from console.domain.escalation_levels import audience, finish_refusal, next_level, rejection_replies
from console.domain.escalation_path import escalation_path
from console.domain.facts import FactKind
from console.domain.rules import ClockKind
from console.domain.state import ClockPhase, EscalationPhase, Group
from tests.domain.packs import desk_of, odin, shipped
from tests.domain.vendor_stories import VendorStory, clocks, instant, minute

REVIEW = ClockKind.ESCALATION_REVIEW
PACK = shipped("community")


@pytest.fixture(scope="module")
def book() -> CompiledBook:
    return desk_of(PACK, odin())


def case(opened: str = "2026-11-23T20:30", severity: int | None = 2, plan: str = "premium") -> VendorStory:
    return VendorStory(opened, "community", plan, severity)


def test_li_1_without_deadlines_tier_comes_first_then_the_customers_priority(book: CompiledBook) -> None:
    a, b, c = case(), case(), case(plan="non_premium")
    b.priority("2026-11-23T21:00", 3)
    c.priority("2026-11-23T21:00", 3)
    rows = {name: story.at("2026-11-23T22:00", book).row for name, story in (("A", a), ("B", b), ("C", c))}
    assert {row.group for row in rows.values()} == {Group.NO_CLOCK}
    assert sorted(rows, key=lambda name: (rows[name].group, rows[name].due_s, rows[name].rank)) == ["B", "A", "C"]
    b.priority("2026-11-23T22:00", 1)
    assert b.at("2026-11-23T22:00", book).row.rank > rows["A"].rank


def test_open_reviews_come_before_cases_without_a_deadline(book: CompiledBook) -> None:
    late, early, none = case(plan="non_premium"), case(plan="non_premium"), case()
    late.escalate("2026-11-24T12:00")
    early.escalate("2026-11-24T10:00")
    rows = {name: s.at("2026-11-24T12:30", book).row for name, s in (("L", late), ("E", early), ("N", none))}
    assert sorted(rows, key=lambda name: (rows[name].group, rows[name].due_s, rows[name].rank)) == ["E", "L", "N"]


def test_no_numbers_are_published_so_no_clock_runs(book: CompiledBook) -> None:
    story = case()
    story.customer("2026-11-24T08:00")
    state = story.at("2026-11-25T08:00", book)
    assert (state.clocks, state.row.clock, state.row.due_at) == ((), None, None)


@pytest.mark.parametrize(
    ("severity", "premium", "non_premium"),
    [
        (2, "2026-11-24T00:30", "2026-11-24T04:30"),
        (3, "2026-11-24T04:30", "2026-11-24T12:30"),
        (4, "2026-11-24T12:30", "2026-11-24T20:30"),
    ],
)
def test_li_4_waits_by_severity_and_tier(severity: int, premium: str, non_premium: str, book: CompiledBook) -> None:
    for plan, expected in (("premium", premium), ("non_premium", non_premium), ("unheard-of", non_premium)):
        found = case(severity=severity, plan=plan).channel("2026-11-23T20:31", book)
        assert (found.available, minute(found.available_at)) == (False, expected)
        assert case(severity=severity, plan=plan).channel(expected, book).available


def test_li_4_severity_1_goes_by_the_outage_process(book: CompiledBook) -> None:
    found = case(severity=1).channel("2026-11-25T20:30", book)
    assert (found.available, found.available_at) == (False, None)
    assert "outage" in next(rule.text.en for rule in found.rules if not rule.holds)


def test_li_2_the_same_day_is_a_flag_and_never_a_gate(book: CompiledBook) -> None:
    story = case("2026-11-24T08:00")
    same, after = story.channel("2026-11-24T13:00", book), story.channel("2026-11-25T00:00", book)
    flags = [rule for channel in (same, after) for rule in channel.rules if rule.rule == "LI-2"]
    assert [(flag.holds, flag.required, minute(flag.at)) for flag in flags] == [
        (False, False, "2026-11-25T00:00"),
        (True, False, "2026-11-25T00:00"),
    ]
    assert (same.available, minute(same.available_at)) == (True, "2026-11-24T12:00")


@pytest.mark.parametrize(
    ("submitted", "due"),
    [
        ("2026-11-27T16:30", "2026-11-30T11:30"),
        ("2026-11-28T12:00", "2026-11-30T13:00"),
        ("2026-11-30T15:00", "2026-12-01T10:00"),
    ],
)
def test_li_5_a_review_takes_four_business_hours(submitted: str, due: str, book: CompiledBook) -> None:
    story = case()
    story.escalate(submitted)
    (clock,) = clocks(story.at(submitted, book), REVIEW)
    assert (clock.phase, minute(clock.due_at)) == (ClockPhase.RUNNING, due)
    (clock,) = clocks(story.at(due, book), REVIEW)
    assert (clock.phase, minute(clock.breached_at)) == (ClockPhase.BREACHED, due)


@pytest.mark.parametrize(
    ("kind", "phase"),
    [
        (FactKind.ESCALATION_ACCEPTED, ClockPhase.MET),
        (FactKind.ESCALATION_REJECTED, ClockPhase.MET),
        (FactKind.ESCALATION_WITHDRAWN, ClockPhase.STOPPED),
        (FactKind.ESCALATION_SUPERSEDED, ClockPhase.STOPPED),
        (FactKind.ESCALATION_CLOSED, ClockPhase.STOPPED),
    ],
)
def test_li_5_a_decision_meets_the_review(kind: FactKind, phase: ClockPhase, book: CompiledBook) -> None:
    story = case()
    story.escalate("2026-11-24T10:00")
    story.decide("2026-11-24T14:00", kind)
    (clock,) = clocks(story.at("2026-11-25T10:00", book), REVIEW)
    assert (clock.phase, minute(clock.stopped_at)) == (phase, "2026-11-24T14:00")


def test_a_request_that_joins_begins_no_review(book: CompiledBook) -> None:
    story = case()
    story.escalate("2026-11-24T10:00")
    story.escalate("2026-11-24T11:00", who=2)
    state = story.at("2026-11-24T12:00", book)
    assert [minute(clock.due_at) for clock in clocks(state, REVIEW)] == ["2026-11-24T14:00"]
    assert len(state.escalations) == 1


def test_closing_ends_the_review_and_what_was_withdrawn_meanwhile_does_not_return(book: CompiledBook) -> None:
    story = case()
    story.escalate("2026-11-24T10:00")
    story.status("2026-11-24T11:00", "closed")
    story.decide("2026-11-24T12:00", FactKind.ESCALATION_WITHDRAWN)
    story.status("2026-11-24T13:00", "open")
    (clock,) = clocks(story.at("2026-11-24T14:00", book), REVIEW)
    assert (clock.phase, minute(clock.stopped_at)) == (ClockPhase.STOPPED, "2026-11-24T11:00")


def test_li_6_who_first_escalated_hears_of_every_rejection() -> None:
    story = case()
    first, second = story.escalate("2026-11-24T10:00", who=1), story.escalate("2026-11-25T10:00", level=2, who=2)
    assert rejection_replies(PACK, story.facts, first.uid) == (1,)
    assert rejection_replies(PACK, story.facts, second.uid) == (1, 2)
    assert rejection_replies(odin(), story.facts, second.uid) == (2,)


def test_li_7_audiences_grow_with_the_level_and_the_csm_hears_of_all() -> None:
    found = escalation_path(PACK, None, instant("2026-11-24T10:00"))
    assert found is not None
    assert not found.assumed
    told = [audience(found.path, level) for level in (1, 2, 3, 4)]
    assert [len(roles) for roles in told] == [4, 6, 7, 8]
    assert all(set(lower) < set(upper) for lower, upper in pairwise(told))
    assert all(len(set(roles)) == len(roles) and "customer_success_manager" in roles for roles in told)
    assert "vp_of_support" in told[3]
    assert "vp_of_support" not in told[2]


def test_li_7_the_next_level_waits_for_the_one_before_and_there_is_no_fifth(book: CompiledBook) -> None:
    story = case()

    def asked(when: str) -> tuple[int, str | None, str | None]:
        found = next_level(PACK, story.at(when, book), instant(when))
        return found.level, found.refusal, minute(found.at)

    assert asked("2026-11-24T09:00") == (1, None, None)
    story.escalate("2026-11-30T15:00")
    assert asked("2026-12-01T09:59") == (2, "escalation_undecided", "2026-12-01T10:00")
    assert asked("2026-12-01T10:00") == (2, None, None)
    story.decide("2026-12-01T11:00", FactKind.ESCALATION_REJECTED)
    assert asked("2026-12-01T11:00") == (2, None, None)
    for level in (2, 3, 4):
        story.escalate(f"2026-12-0{level}T12:00", level)
        story.decide(f"2026-12-0{level}T13:00", FactKind.ESCALATION_ACCEPTED)
    assert asked("2026-12-05T09:00") == (5, "escalation_no_level_above", None)
    assert len(clocks(story.at("2026-12-05T09:00", book), REVIEW)) == 4


def test_li_7_a_higher_level_takes_the_place_of_an_overdue_request(book: CompiledBook) -> None:
    story = case()
    story.escalate("2026-11-24T10:00")
    story.escalate("2026-11-24T15:00", level=2)
    state = story.at("2026-11-24T15:00", book)
    assert [found.phase for found in state.escalations] == [EscalationPhase.SUPERSEDED, EscalationPhase.REQUESTED]
    assert [(clock.phase, minute(clock.due_at)) for clock in clocks(state, REVIEW)] == [
        (ClockPhase.MISSED, "2026-11-24T14:00"),
        (ClockPhase.RUNNING, "2026-11-25T10:00"),
    ]


def test_a_request_in_a_pack_without_reviews_ends_the_review_before(book: CompiledBook) -> None:
    story = case()
    story.escalate("2026-11-24T10:00")
    story.add("2026-11-24T11:00", FactKind.PLAN_SET, t="odin/gold")
    story.escalate("2026-11-24T12:00", level=2)
    (clock,) = clocks(story.at("2026-11-24T13:00", book), REVIEW)
    assert (clock.phase, minute(clock.stopped_at)) == (ClockPhase.STOPPED, "2026-11-24T12:00")


def test_li_7_level_3_is_finished_with_its_analysis() -> None:
    found = escalation_path(PACK, "anything", instant("2026-11-24T10:00"))
    assert found is not None
    assert finish_refusal(found.path, 2, []) is None
    assert finish_refusal(found.path, 3, []) == "escalation_needs_analysis"
    assert finish_refusal(found.path, 3, ["analysis"]) is None


def test_a_closed_case_is_not_escalated(book: CompiledBook) -> None:
    story = case()
    story.status("2026-11-25T10:00", "closed")
    found = story.channel("2026-11-26T10:00", book)
    assert (found.available, found.available_at) == (False, None)
    asked = next_level(PACK, story.at("2026-11-26T10:00", book), instant("2026-11-26T10:00"))
    assert asked.refusal == "escalation_closed"


def test_li_11_an_outage_ends_an_open_request(book: CompiledBook) -> None:
    story = case()
    story.escalate("2026-11-24T10:00")
    story.severity("2026-11-24T11:00", 1)
    state = story.at("2026-11-24T12:00", book)
    assert state.escalation is not None
    assert state.escalation.phase is EscalationPhase.SUPERSEDED
    (clock,) = clocks(state, REVIEW)
    assert (clock.phase, minute(clock.stopped_at)) == (ClockPhase.STOPPED, "2026-11-24T11:00")


def test_the_reviews_clock_orders_the_row(book: CompiledBook) -> None:
    story = case()
    story.escalate("2026-11-24T10:00")
    row = story.at("2026-11-24T10:30", book).row
    assert (row.clock, row.group, minute(row.due_at)) == (REVIEW, Group.RUNNING, "2026-11-24T14:00")
