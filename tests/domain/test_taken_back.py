"""A breach that a desk has shown and that a late fact took back: the clock says until when it was shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.domain.explain import ClockStory, explain
from console.domain.facts import ActorKind, Fact, FactKind
from console.domain.fold import fold
from console.domain.instants import HOUR, MINUTE
from console.domain.rules import ClockKind
from console.domain.taken_back import ShownBreach, round_of, taken_back
from tests.domain.histories import BOOK, START, histories
from tests.domain.odin_story import OdinStory
from tests.domain.packs import odin_book
from tests.domain.small_policy import at


def recorded(facts: list[Fact], revision: int, when: str) -> list[Fact]:
    return [fact._replace(revision=revision, recorded_at=at(when)) for fact in facts]


def story_of(facts: list[Fact], kind: ClockKind, when: str) -> ClockStory:
    _, stories = explain(facts, odin_book(), at(when))
    return next(story for story in stories if story.clock.kind is kind)


def late_reply() -> list[Fact]:
    """Gold 2 of 08:00, due 12:00; the reply of 11:50 is imported at 13:00."""
    story = OdinStory("12T08:00", 2, "gold")
    begun = recorded(story.facts, 1, "12T08:00")
    return [*begun, *recorded([story.support("12T11:50")], 5, "12T13:00")]


def test_a_reply_that_was_imported_late_takes_the_breach_back_visibly() -> None:
    found = story_of(late_reply(), ClockKind.FIRST_RESPONSE, "12T14:00")
    assert found.clock.breached_at is None
    assert found.shown_breached == ShownBreach(at("12T12:00"), 5, at("12T13:00"))
    assert story_of(late_reply(), ClockKind.WORKAROUND, "12T14:00").shown_breached is None


def test_what_was_seen_before_does_not_know_of_it() -> None:
    seen = [fact for fact in late_reply() if fact.revision < 5]
    found = story_of(seen, ClockKind.FIRST_RESPONSE, "12T12:30")
    assert (found.clock.breached_at, found.shown_breached) == (at("12T12:00"), None)
    # As it happened, at an instant before the breach, nothing was shown yet.
    assert story_of(late_reply(), ClockKind.FIRST_RESPONSE, "12T11:55").shown_breached is None


def test_a_reply_that_came_before_anybody_saw_the_breach_took_nothing_back() -> None:
    story = OdinStory("12T08:00", 2, "gold")
    begun = recorded(story.facts, 1, "12T08:00")
    facts = [*begun, *recorded([story.support("12T11:50")], 2, "12T11:55")]
    assert story_of(facts, ClockKind.FIRST_RESPONSE, "12T14:00").shown_breached is None


def test_a_first_import_of_an_old_log_has_shown_nothing() -> None:
    story = OdinStory("12T08:00", 2, "gold")
    story.support("12T11:50")
    assert taken_back(recorded(story.facts, 1, "20T00:00"), odin_book()) == {}


def test_a_void_takes_a_breach_by_a_change_back() -> None:
    story = OdinStory("12T08:00", 3, "gold")
    begun = recorded(story.facts, 1, "12T08:00")
    raised = recorded([story.severity("12T11:00", 1)], 2, "12T11:00")
    undone = recorded([story.add("12T11:05", FactKind.VOID, t=raised[0].uid)], 3, "12T11:05")
    before = story_of([*begun, *raised], ClockKind.FIRST_RESPONSE, "12T11:04")
    assert before.clock.breached_at == at("12T11:00")
    after = story_of([*begun, *raised, *undone], ClockKind.FIRST_RESPONSE, "12T11:06")
    assert (after.clock.breached_at, after.clock.due_at) == (None, at("12T14:00"))
    assert after.shown_breached == ShownBreach(at("12T11:00"), 3, at("12T11:05"))


def test_a_severity_that_comes_late_takes_back_a_breach_of_before_it_was_set() -> None:
    """Where the opening named none, the first that was set counts from the opening."""
    opened = Fact(at=START, ord=0, uid="a", kind=FactKind.OPENED, revision=1, recorded_at=START)
    plan = Fact(at=START, ord=0, uid="b", kind=FactKind.PLAN_SET, t="small/gold", revision=1, recorded_at=START)
    first = Fact(at=START + 3 * HOUR, ord=1, uid="c", kind=FactKind.SEVERITY_SET, a=1, revision=2)
    late = Fact(at=START + 2 * HOUR + MINUTE, ord=0, uid="d", kind=FactKind.SEVERITY_SET, a=2, revision=3)
    answer = Fact(
        at=START + 3 * HOUR, ord=0, uid="e", kind=FactKind.MESSAGE, a=1, actor_kind=ActorKind.AGENT, revision=2
    )
    came = [each._replace(recorded_at=START + 4 * HOUR) for each in (first, answer)]
    facts = [opened, plan, *came, late._replace(recorded_at=START + 9 * HOUR)]
    before = [clock.breached_at for clock in fold(facts[:-1], BOOK, START + 9 * HOUR).clocks if clock.breached_at]
    assert before
    assert before[0] < late.at
    assert [each.breached_at for each in taken_back(facts, BOOK).values()] == before[:1]


def test_a_breach_that_is_back_says_so_and_nothing_else() -> None:
    facts = late_reply()
    void = Fact(at("12T15:00"), 0, "z-void", FactKind.VOID, t=facts[-1].uid, actor_kind=ActorKind.MANAGER)
    facts += recorded([void], 6, "12T15:00")
    found = story_of(facts, ClockKind.FIRST_RESPONSE, "12T16:00")
    assert (found.clock.breached_at, found.shown_breached) == (at("12T12:00"), None)


@given(histories(), st.lists(st.integers(1, 6), min_size=16, max_size=16), st.integers(0, 8 * 24))
def test_only_late_facts_and_voids_take_breaches_back(facts: list[Fact], parts: list[int], lag: int) -> None:
    """The short cuts against the plain definition: each revision against the one before."""
    known = [
        fact._replace(revision=part, recorded_at=START + part * 4 * 24 * HOUR + lag * HOUR + MINUTE)
        for fact, part in zip(facts, [1, 1, *parts], strict=False)
    ]
    expected: dict[object, ShownBreach] = {}
    for part in range(2, 7):
        came = [fact for fact in known if fact.revision == part]
        earlier = [fact for fact in known if fact.revision < part]
        if not came:
            continue
        now = came[0].recorded_at
        before = {round_of(each): each.breached_at for each in fold(earlier, BOOK, now).clocks if each.breached_at}
        # A fact of a fast source lies ahead of its recording: it has not happened yet.
        after = {round_of(each) for each in fold([*earlier, *came], BOOK, now).clocks if each.breached_at}
        for each, breached_at in before.items():
            if each not in after and breached_at is not None and breached_at < now:
                expected[each] = ShownBreach(breached_at, part, now)
    assert taken_back(known, BOOK) == expected
