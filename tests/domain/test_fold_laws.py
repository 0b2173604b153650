"""Laws of the fold over random histories."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.domain.explain import SegmentKind, explain
from console.domain.facts import ActorKind, Fact, FactKind
from console.domain.fold import fold, history
from console.domain.instants import MINUTE
from tests.domain.small_policy import SmallBook, at

START = at("11T00:00")
BOOK = SmallBook()

_minutes = st.integers(0, 30 * 24 * 60)


@st.composite
def _facts(draw: st.DrawFn) -> list[Fact]:
    facts = [Fact(START, 0, "a-opened", FactKind.OPENED, a=draw(st.sampled_from([None, 1, 2, 3, 4])))]
    plan = draw(st.sampled_from(["gold", "office", "answers", "unknown"]))
    facts.append(Fact(START, 0, "a-plan", FactKind.PLAN_SET, t=f"small/{plan}"))
    for number in range(draw(st.integers(0, 14))):
        when = START + draw(_minutes) * MINUTE
        kind = draw(
            st.sampled_from(
                [
                    FactKind.MESSAGE,
                    FactKind.MESSAGE,
                    FactKind.STATUS_SET,
                    FactKind.STATUS_SET,
                    FactKind.SEVERITY_SET,
                    FactKind.PLAN_SET,
                    FactKind.ETA_SET,
                    FactKind.WORKAROUND_GIVEN,
                    FactKind.SOLUTION_NOTIFIED,
                    FactKind.CONFIRMED,
                    FactKind.ESCALATION_REQUESTED,
                    FactKind.ESCALATION_REJECTED,
                    FactKind.MERGED_INTO,
                    FactKind.VOID,
                ]
            )
        )
        a, t = 1, None
        if kind is FactKind.STATUS_SET:
            t = draw(st.sampled_from(["new", "open", "waiting", "resolved", "closed", "odd"]))
            a = draw(st.integers(0, 1))
        elif kind is FactKind.SEVERITY_SET:
            a = draw(st.integers(1, 4))
        elif kind is FactKind.PLAN_SET:
            t = "small/" + draw(st.sampled_from(["gold", "office", "answers"]))
        elif kind is FactKind.ETA_SET:
            a, t = when + draw(_minutes) * MINUTE, draw(st.sampled_from(["update", "resolution"]))
        elif kind is FactKind.VOID:
            t = draw(st.sampled_from([fact.uid for fact in facts[2:]] or ["none"]))
        actor = draw(st.sampled_from([ActorKind.CUSTOMER, ActorKind.AGENT]))
        facts.append(Fact(when, draw(st.integers(0, 2)), f"f{number:02}", kind, a=a, t=t, actor_kind=actor))
    return facts


@given(_facts(), st.randoms(use_true_random=False), _minutes)
def test_the_order_of_arrival_does_not_matter(facts: list[Fact], random: object, minutes: int) -> None:
    now = START + minutes * MINUTE
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(shuffled, BOOK, now) == fold(facts, BOOK, now)


@given(_facts(), _minutes)
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


@given(_facts(), st.lists(_minutes, min_size=1, max_size=5))
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


@given(_facts(), _minutes, _minutes)
def test_what_happens_later_does_not_change_what_was(facts: list[Fact], one: int, other: int) -> None:
    early, late = sorted((START + one * MINUTE, START + other * MINUTE))
    known = [fact for fact in facts if fact.at <= early]
    assert fold(known, BOOK, early) == fold(facts, BOOK, early)
    breached = {(c.kind, c.cycle): c.breached_at for c in fold(facts, BOOK, early).clocks if c.breached_at is not None}
    voids = [fact for fact in facts if fact.kind == FactKind.VOID and early < fact.at <= late]
    if not voids and fold(facts, BOOK, early).severity is not None:
        after = {(c.kind, c.cycle): c.breached_at for c in fold(facts, BOOK, late).clocks}
        assert all(after.get(key) == instant for key, instant in breached.items())
