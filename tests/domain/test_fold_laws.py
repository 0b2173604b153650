"""Laws of the fold over random histories."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.domain.explain import SegmentKind, explain
from console.domain.facts import Fact, FactKind
from console.domain.fold import fold, history
from console.domain.instants import MINUTE
from tests.domain.histories import BOOK, MINUTES, START, histories


@given(histories(), st.randoms(use_true_random=False), MINUTES)
def test_the_order_of_arrival_does_not_matter(facts: list[Fact], random: object, minutes: int) -> None:
    now = START + minutes * MINUTE
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(shuffled, BOOK, now) == fold(facts, BOOK, now)


@given(histories(), MINUTES)
def test_segments_sum_to_elapsed_and_begin_at_a_fact_or_an_edge(facts: list[Fact], minutes: int) -> None:
    now = START + minutes * MINUTE
    instants = {fact.at for fact in facts}
    state, stories = explain(facts, BOOK, now)
    assert tuple(story.clock for story in stories) == state.clocks
    for story in stories:
        assert sum(segment.work for segment in story.segments) == story.elapsed_work
        assert all(one.to_at == other.from_at for one, other in zip(story.segments, story.segments[1:], strict=False))
        for segment in story.segments:
            assert segment.from_at < segment.to_at
            if segment.cause.edge is None:
                assert segment.cause.fact is not None
                assert segment.from_at in instants
            if segment.kind is SegmentKind.COUNTED:
                assert segment.work == segment.to_at - segment.from_at


@given(histories(), st.lists(MINUTES, min_size=1, max_size=5))
def test_the_row_at_any_instant_is_the_row_state_that_began_last(facts: list[Fact], minutes: list[int]) -> None:
    until = START + 40 * 24 * 60 * MINUTE
    states = history(facts, BOOK, until)
    assert [began for began, _ in states] == sorted({began for began, _ in states})
    for ahead in minutes:
        now = START + ahead * MINUTE
        row = next(row for began, row in reversed(states) if began <= now)
        live = fold(facts, BOOK, now).row
        # Whether a running clock has passed its due is time's alone and read off the due.
        if row.due_at is not None and row.due_at <= now:
            assert live.breached
        else:
            assert live == row


@given(histories(), MINUTES, MINUTES)
def test_what_happens_later_does_not_change_what_was(facts: list[Fact], one: int, other: int) -> None:
    early, late = sorted((START + one * MINUTE, START + other * MINUTE))
    known = [fact for fact in facts if fact.at <= early]
    assert fold(known, BOOK, early) == fold(facts, BOOK, early)
    breached = {(c.kind, c.cycle): c.breached_at for c in fold(facts, BOOK, early).clocks if c.breached_at is not None}
    voids = [fact for fact in facts if fact.kind == FactKind.VOID and early < fact.at <= late]
    if not voids and fold(facts, BOOK, early).severity is not None:
        after = {(c.kind, c.cycle): c.breached_at for c in fold(facts, BOOK, late).clocks}
        assert all(after.get(key) == instant for key, instant in breached.items())
