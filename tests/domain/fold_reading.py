"""Short questions to the fold of a story, for tests."""

from __future__ import annotations

from console.domain.fold import fold
from console.domain.instants import format_instant
from console.domain.rules import ClockKind
from console.domain.state import ClockState, TicketState
from tests.domain.small_policy import SmallBook, Story, at


def state(story: Story, when: str) -> TicketState:
    return fold(story.facts, SmallBook(), at(when))


def clock(found: TicketState, kind: ClockKind, cycle: int = 0) -> ClockState:
    return next(clock for clock in found.clocks if (clock.kind, clock.cycle) == (kind, cycle))


def due(found: TicketState, kind: ClockKind, cycle: int = 0) -> str | None:
    instant = clock(found, kind, cycle).due_at
    return None if instant is None else format_instant(instant)[8:16]
