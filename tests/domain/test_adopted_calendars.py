"""A holiday that is adopted later: what is open is computed anew, what is met or breached does not move."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.axis import compile_axis
from console.domain.calendar import Calendar
from console.domain.compile import CompiledBook
from console.domain.explain import explain
from console.domain.facts import Fact, FactKind
from console.domain.fold import fold, history
from console.domain.instants import HOUR, MINUTE
from console.domain.policy import Pack
from console.domain.rules import ClockKind, Rules
from console.domain.state import ClockPhase, ClockState
from tests.domain.histories import MINUTES, START, histories
from tests.domain.packs import adopted, book, changed, pack_text, shipped
from tests.domain.small_policy import OFFICE, SmallBook, rules
from tests.domain.vendor_stories import VendorStory, clocks, instant, minute

BEFORE = "2026-11-01T00:00"
ADOPTED = "2026-11-24T15:00"


def with_holidays(*days: date) -> Pack:
    """The analytics pack with these holidays in its ticket calendar."""

    def change(values: dict[str, Any]) -> None:
        values["calendars"][0]["hours"]["holidays"] = [*days]

    return changed(change, pack_text("analytics"))


def desk(*days: date, before: tuple[date, ...] = (), at: str = ADOPTED) -> CompiledBook:
    """A desk that adopted the pack in early November and another calendar at `at`; told in the wrong order."""
    first = with_holidays(*before) if before else shipped("analytics")
    return book(
        adopted(with_holidays(*days), instant(at), revision_id=2, first_calendar_id=20),
        adopted(first, instant(BEFORE), revision_id=1, first_calendar_id=10),
    )


def ticket(opened: str) -> VendorStory:
    return VendorStory(opened, "analytics", "reports_attribution")


def answer(story: VendorStory, when: str, found: CompiledBook) -> ClockState:
    return clocks(story.at(when, found), ClockKind.NEXT_RESPONSE)[-1]


def test_what_is_open_is_computed_anew_from_the_adoption_on() -> None:
    found = desk(date(2026, 11, 25))
    story = ticket("2026-11-24T13:30")
    seen = [answer(story, when, found) for when in ("2026-11-24T14:59", ADOPTED, "2026-11-26T09:00")]
    assert [(minute(clock.due_at), clock.calendar_id) for clock in seen] == [
        ("2026-11-25T09:30", 10),
        ("2026-11-26T09:30", 20),
        ("2026-11-26T09:30", 20),
    ]
    assert {minute(clock.original_due_at) for clock in seen} == {"2026-11-25T09:30"}


def test_a_day_that_has_become_a_holiday_counts_no_more() -> None:
    found = desk(date(2026, 11, 24))
    story = ticket("2026-11-24T13:30")
    clock = answer(story, "2026-11-24T16:00", found)
    assert (clock.used_work, minute(clock.due_at)) == (0, "2026-11-25T11:00")
    _, (told,) = explain(story.facts, found, instant("2026-11-25T08:00"))
    found_parts = [(part.kind.value, part.work // HOUR) for part in told.segments]
    assert found_parts == [("holiday", 0), ("closed", 0), ("counted", 1)]
    assert told.elapsed_work == HOUR


def test_met_and_breached_clocks_do_not_move() -> None:
    plain, found = book(adopted(shipped("analytics"), instant(BEFORE))), desk(date(2026, 11, 24))
    met, breached = ticket("2026-11-24T07:00"), ticket("2026-11-24T07:00")
    met.support("2026-11-24T10:00")
    for story, phase in ((met, ClockPhase.MET), (breached, ClockPhase.BREACHED)):
        before, after = (answer(story, "2026-11-26T10:00", which) for which in (plain, found))
        assert after.phase is phase
        assert after.used_work == before.used_work
        assert (after.due_at, after.breached_at) == (before.due_at, before.breached_at)


def test_a_holiday_that_is_taken_back_breaches_at_the_adoption_at_the_earliest() -> None:
    found = desk(before=(date(2026, 11, 24),))
    story = ticket("2026-11-24T09:00")
    assert minute(answer(story, "2026-11-24T14:00", found).due_at) == "2026-11-25T11:00"
    clock = answer(story, ADOPTED, found)
    assert (clock.phase, minute(clock.due_at), minute(clock.breached_at)) == (
        ClockPhase.BREACHED,
        "2026-11-24T13:00",
        ADOPTED,
    )


def test_a_clock_that_a_status_stopped_goes_on_by_the_newest_calendar() -> None:
    found = desk(date(2026, 11, 25))
    story = ticket("2026-11-24T13:30")
    story.status("2026-11-24T14:00", "closed")
    story.status("2026-11-24T15:30", "open")
    assert answer(story, ADOPTED, found).calendar_id == 10
    clock = answer(story, "2026-11-24T15:30", found)
    assert (clock.calendar_id, minute(clock.due_at)) == (20, "2026-11-26T10:30")


def test_rows_change_at_the_adoption() -> None:
    found = desk(date(2026, 11, 25))
    story = ticket("2026-11-24T13:30")
    states = history(story.facts, found, instant("2026-11-26T08:00"))
    assert [(minute(began), minute(row.due_at)) for began, row in states] == [
        ("2026-11-24T13:30", "2026-11-25T09:30"),
        (ADOPTED, "2026-11-26T09:30"),
    ]


def test_a_ticket_from_before_the_first_adoption_goes_by_its_calendars() -> None:
    story = ticket("2026-10-05T13:30")
    assert minute(answer(story, "2026-10-05T13:30", desk(date(2026, 10, 6))).due_at) == "2026-10-06T09:30"


def test_a_new_adoption_with_the_same_calendars_changes_nothing() -> None:
    found = desk()
    story = ticket("2026-11-24T13:30")
    assert len(found.by_calendars("analytics", instant("2026-11-24T13:30"))) == 2
    assert minute(answer(story, "2026-11-25T09:00", found).due_at) == "2026-11-25T09:30"


OTHER_OFFICE = compile_axis(
    Calendar(
        code="office",
        zone="Europe/Kyiv",
        week=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), (("09:00", "17:00"),)),
        holidays=("2017-09-12", "2017-09-19", "2017-09-20"),
    )
)


class TwoCalendars(SmallBook):
    """The small policy, whose office gets other holidays at an instant."""

    def __init__(self, at: int) -> None:
        super().__init__()
        old = rules()
        axes = {
            plan: {kind: OTHER_OFFICE if axis is OFFICE else axis for kind, axis in by_kind.items()}
            for plan, by_kind in old.axes.items()
        }
        self._found = ((0, old), (at, rules(axes=axes)))

    def by_calendars(self, pack: str, at: int) -> tuple[tuple[int, Rules], ...]:
        return self._found if pack == "small" else ()


@given(histories(), MINUTES, MINUTES, st.randoms(use_true_random=False))
def test_an_adoption_moves_nothing_before_it_and_nothing_that_ended(
    facts: list[Fact], adopted_after: int, ahead: int, random: Any
) -> None:
    at, now = START + (adopted_after + 1) * MINUTE, START + ahead * MINUTE
    plain, two = SmallBook(), TwoCalendars(at)
    state, stories = explain(facts, two, now)
    for story in stories:
        assert sum(segment.work for segment in story.segments) == story.elapsed_work
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert fold(shuffled, two, now) == state
    if now < at:
        assert state == fold(facts, plain, now)
        return
    early = fold(facts, plain, at - 1)
    # A void, or a severity that becomes known, reaches back before the adoption.
    if early.severity is None or any(fact.kind == FactKind.VOID and at <= fact.at <= now for fact in facts):
        return
    was = {(clock.kind, clock.cycle): clock for clock in early.clocks}
    for clock in state.clocks:
        before = was.get((clock.kind, clock.cycle))
        if before is not None and before.breached_at is not None and before.breached_at < at:
            assert clock.breached_at == before.breached_at


def test_rules_are_asked_for_with_the_calendars_of_an_instant() -> None:
    found, created = desk(date(2026, 11, 25)), instant("2026-11-24T13:30")
    known = [found.rules("analytics", created, at) for at in (created, instant(ADOPTED), None)]
    numbers = [which.counting("business", ClockKind.NEXT_RESPONSE)[1] for which in known if which is not None]
    assert numbers == [10, 20, 20]
    assert found.rules("odin", created, created) is None


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2026, 11, 26)])
def test_several_adoptions_follow_each_other(day: date) -> None:
    found = book(
        adopted(shipped("analytics"), instant(BEFORE), 1, 10),
        adopted(with_holidays(date(2026, 11, 25)), instant(ADOPTED), 2, 20),
        adopted(with_holidays(day), instant("2026-11-25T08:00"), 3, 30),
    )
    expected = {25: "2026-11-26T09:30", 26: "2026-11-25T09:30"}[day.day]
    assert minute(answer(ticket("2026-11-24T13:30"), "2026-11-25T08:30", found).due_at) == expected
