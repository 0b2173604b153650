"""Why a clock says what it says: its segments, which sum exactly to what has elapsed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from console.domain.axis import Axis
from console.domain.facts import Fact
from console.domain.fold import fold, run
from console.domain.rules import PolicyBook
from console.domain.sla_clock import Mark, SlaClock
from console.domain.state import ClockState, TicketState
from console.domain.taken_back import Round, ShownBreach, taken_back


class SegmentKind(StrEnum):
    """What a stretch of time was for a clock."""

    COUNTED = "counted"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    PAUSED = "paused"


_BY_EDGE = {
    "open": SegmentKind.COUNTED,
    "closed": SegmentKind.CLOSED,
    "holiday": SegmentKind.HOLIDAY,
}


@dataclass(frozen=True, slots=True)
class Cause:
    """What began a segment: a fact, or an edge of the calendar (`fact` none, then `edge` is opens, closes, holiday)."""

    fact: Fact | None
    edge: str | None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch [from_at, to_at) in microseconds UTC; `work` is what it adds to the elapsed time."""

    from_at: int
    to_at: int
    kind: SegmentKind
    work: int
    cause: Cause


@dataclass(frozen=True, slots=True)
class ClockStory:
    """A clock with its segments: the works of the segments sum to `elapsed_work` exactly.

    `if_resumed_due_at` is the deadline that a paused clock would have if it counted on from the instant of the story.
    `shown_breached`: a desk has shown this clock as breached, and facts that came later took that back.
    """

    clock: ClockState
    elapsed_work: int
    segments: tuple[Segment, ...]
    if_resumed_due_at: int | None
    shown_breached: ShownBreach | None = None
    axis: Axis | None = field(default=None, compare=False, repr=False)

    def if_resumed(self, now: int) -> int | None:
        """The deadline of a clock that is paused if it counted on from `now` (microseconds UTC); none for others."""
        if self.if_resumed_due_at is None or self.axis is None:
            return self.if_resumed_due_at
        return self.axis.reach(now, self.clock.left_work)


def explain(facts: Iterable[Fact], book: PolicyBook, now: int) -> tuple[TicketState, tuple[ClockStory, ...]]:
    """The state at `now` (microseconds UTC) and the story of each of its clocks, from the same transition table."""
    known = list(facts)
    machine = run(known, book, now)
    shown = taken_back(known, book)
    stories = tuple(_story(clock, now, shown) for clock in machine.clocks.all())
    return fold(known, book, now), stories


def _story(clock: SlaClock, now: int, shown: Mapping[Round, ShownBreach]) -> ClockStory:
    segments: list[Segment] = []
    ends = [at for at, *_ in clock.marks[1:]]
    if clock.marks[-1][1] is not Mark.STOP:
        ends.append(now)
    for (at, mark, fact, axis), end in zip(clock.marks, ends, strict=False):
        if at < end:
            segments.extend(_stretch(at, end, axis if mark is Mark.RUN else None, fact))
    resumed = None
    if not clock.running and not clock.stopped and clock.breached_at is None:
        resumed = clock.axis.reach(now, clock.target - clock.used)
    before = shown.get((clock.kind, clock.started_at))
    if before is not None and (clock.breached_at is not None or before.breached_at > now):
        before = None
    return ClockStory(clock.state(), clock.elapsed(now), tuple(segments), resumed, before, clock.axis)


def _stretch(at: int, end: int, axis: Axis | None, fact: Fact | None) -> list[Segment]:
    """From one mark to the next: what counts on an axis, or pauses on none."""
    cause = Cause(fact, None if fact is not None else "time")
    if axis is None:
        return [Segment(at, end, SegmentKind.PAUSED, 0, cause)]
    found = []
    for start, stop, edge in axis.edges(at, end):
        kind = _BY_EDGE[edge]
        if start != at:
            cause = Cause(None, {"open": "opens", "closed": "closes", "holiday": "holiday"}[edge])
        found.append(Segment(start, stop, kind, stop - start if kind is SegmentKind.COUNTED else 0, cause))
    return found
