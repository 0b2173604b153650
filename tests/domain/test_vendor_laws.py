"""Laws of the fold over random histories of the shipped packs that review escalations and answer by message."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.explain import explain
from console.domain.facts import ActorKind, Fact, FactKind
from console.domain.fold import fold, history
from console.domain.instants import MINUTE
from console.domain.rules import ClockKind, StatusClass
from console.domain.state import OPEN_ESCALATION, UNDECIDED, ClockPhase
from tests.domain.packs import desk_of, shipped
from tests.domain.vendor_stories import instant

START = instant("2026-11-20T12:00")
BOOK = desk_of(*(shipped(name) for name in ("odin", "community", "analytics")))
PLANS = ("community/premium", "community/non_premium", "analytics/business", "analytics/enterprise", "odin/gold")
KINDS = (
    FactKind.MESSAGE,
    FactKind.MESSAGE,
    FactKind.STATUS_SET,
    FactKind.SEVERITY_SET,
    FactKind.CUSTOMER_PRIORITY_SET,
    FactKind.PLAN_SET,
    FactKind.ESCALATION_REQUESTED,
    FactKind.ESCALATION_REQUESTED,
    FactKind.REVIEW_STARTED,
    FactKind.ESCALATION_ACCEPTED,
    FactKind.ESCALATION_REJECTED,
    FactKind.ESCALATION_WITHDRAWN,
    FactKind.ESCALATION_CLOSED,
)
_minutes = st.integers(0, 12 * 24 * 60)


@st.composite
def facts_of_a_vendor(draw: st.DrawFn) -> list[Fact]:
    actor = draw(st.sampled_from([ActorKind.CUSTOMER, ActorKind.AGENT]))
    facts = [Fact(START, 0, "a", FactKind.OPENED, a=draw(st.sampled_from([None, 1, 2, 3])), actor_kind=actor)]
    facts.append(Fact(START, 0, "b", FactKind.PLAN_SET, t=draw(st.sampled_from(PLANS))))
    for number in range(draw(st.integers(0, 14))):
        kind = draw(st.sampled_from(KINDS))
        a, t = 1, None
        if kind is FactKind.STATUS_SET:
            t = draw(st.sampled_from(["new", "open", "waiting", "on_hold", "resolved", "closed"]))
        elif kind is FactKind.PLAN_SET:
            t = draw(st.sampled_from(PLANS))
        elif kind in (FactKind.SEVERITY_SET, FactKind.ESCALATION_REQUESTED, FactKind.CUSTOMER_PRIORITY_SET):
            a = draw(st.integers(1, 3))
        actor = draw(st.sampled_from([ActorKind.CUSTOMER, ActorKind.AGENT]))
        when = START + draw(_minutes) * MINUTE
        facts.append(Fact(when, draw(st.integers(0, 1)), f"f{number:02}", kind, a=a, t=t, actor_kind=actor))
    return facts


@given(facts_of_a_vendor(), _minutes, st.randoms(use_true_random=False))
def test_order_of_arrival_and_segments(facts: list[Fact], minutes: int, random: Any) -> None:
    now = START + minutes * MINUTE
    state, stories = explain(facts, BOOK, now)
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert fold(shuffled, BOOK, now) == state
    for story in stories:
        assert sum(segment.work for segment in story.segments) == story.elapsed_work


@given(facts_of_a_vendor(), _minutes)
def test_one_escalation_is_open_and_its_review_counts_while_it_is_undecided(facts: list[Fact], minutes: int) -> None:
    state = fold(facts, BOOK, START + minutes * MINUTE)
    assert len([found for found in state.escalations if found.phase in OPEN_ESCALATION]) <= 1
    live = [clock for clock in state.clocks if clock.kind is ClockKind.ESCALATION_REVIEW and clock.live]
    assert len(live) <= 1
    undecided = state.escalation is not None and state.escalation.phase in UNDECIDED
    if live:
        assert undecided
        assert state.escalation is not None
        assert live[0].started_at == state.escalation.requested_at
        assert state.status_class is not StatusClass.CLOSED or state.status_since <= live[0].started_at


@given(facts_of_a_vendor(), _minutes)
def test_a_round_of_answers_is_one_at_a_time(facts: list[Fact], minutes: int) -> None:
    state = fold(facts, BOOK, START + minutes * MINUTE)
    rounds = [clock for clock in state.clocks if clock.kind is ClockKind.NEXT_RESPONSE]
    assert [clock.cycle for clock in rounds] == list(range(len(rounds)))
    assert all(not clock.live for clock in rounds[:-1])
    assert all(clock.phase is not ClockPhase.PAUSED for clock in rounds)


@given(facts_of_a_vendor(), st.lists(_minutes, min_size=1, max_size=3))
def test_the_row_at_any_instant_is_the_row_state_that_began_last(facts: list[Fact], minutes: list[int]) -> None:
    states = history(facts, BOOK, START + 30 * 24 * 60 * MINUTE)
    for ahead in minutes:
        now = START + ahead * MINUTE
        row = next(row for began, row in reversed(states) if began <= now)
        live = fold(facts, BOOK, now).row
        if row.due_at is not None and row.due_at <= now:
            assert live.breached
        else:
            assert live == row


@pytest.mark.parametrize("plan", PLANS)
def test_every_pack_is_drawn(plan: str) -> None:
    state = fold([Fact(START, 0, "a", FactKind.OPENED), Fact(START, 0, "b", FactKind.PLAN_SET, t=plan)], BOOK, START)
    assert f"{state.pack}/{state.plan}" == plan
