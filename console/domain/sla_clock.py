"""One SLA clock while facts are read: what it has counted, when it is due, and the marks of what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from itertools import pairwise
from typing import TypeAlias

from console.domain.axis import Axis, NoOpenTime
from console.domain.facts import Fact
from console.domain.rules import ClockKind
from console.domain.state import ClockPhase, ClockState


class Mark(IntEnum):
    """What a clock does from an instant on."""

    RUN = 1
    PAUSE = 2
    STOP = 3


Marked: TypeAlias = tuple[int, Mark, Fact | None, Axis]
"""At an instant (microseconds UTC) the clock did `mark` because of a fact (none: because time passed), and from there
on it counts on the axis."""


class Stop(IntEnum):
    """How a clock was stopped. A stop by a status lasts until the ticket leaves that status."""

    MET = 1
    MET_BY_STATUS = 2
    ENDED_BY_STATUS = 3
    NO_LONGER_PROMISED = 4
    REPLACED = 5
    MERGED = 6


# Bound once: on Python 3.11 naming a member of an enumeration costs as much as seven attributes.
_RUN, _PAUSE, _STOP = Mark
_BY_STATUS = (Stop.MET_BY_STATUS, Stop.ENDED_BY_STATUS, Stop.MERGED)
_RUNNING, _PAUSED, _BREACHED = ClockPhase.RUNNING, ClockPhase.PAUSED, ClockPhase.BREACHED
_MET, _MISSED, _STOPPED = ClockPhase.MET, ClockPhase.MISSED, ClockPhase.STOPPED


class SlaClock:
    """Counts working time of `axis` towards `target` (microseconds). Not shared: lives for one reading of the facts.

    A pause after the breach does not move the due; a breach that happened stays, whatever is set afterwards. Whatever
    is done to it at an instant first lets the time before that instant pass.
    """

    __slots__ = (
        "_stop",
        "axis",
        "breached_at",
        "calendar_id",
        "cycle",
        "due_at",
        "kind",
        "marks",
        "original_due_at",
        "plan",
        "running",
        "settled",
        "since",
        "started_at",
        "stopped",
        "stopped_at",
        "target",
        "used",
    )

    def __init__(
        self,
        kind: ClockKind,
        cycle: int,
        at: int,
        target: int,
        axis: Axis,
        plan: str | None,
        calendar_id: int,
        fact: Fact | None,
        *,
        paused: bool = False,
    ) -> None:
        self.kind = kind
        self.cycle = cycle
        self.started_at = at
        self.since = at
        self.target = target
        self.used = 0
        self.axis = axis
        self.plan = plan
        self.calendar_id = calendar_id
        try:
            self.original_due_at: int | None = axis.deadline(at, target)
        except NoOpenTime:
            # Its calendar goes on where more shifts are adopted.
            self.original_due_at = None
        self.due_at: int | None = None if paused else self.original_due_at
        self.running = not paused
        self.breached_at: int | None = None
        # Whether it counts no more, for now or for good.
        self.stopped = False
        self.stopped_at: int | None = None
        self._stop: Stop | None = None
        self.settled = 0
        self.marks: list[Marked] = [(at, _PAUSE if paused else _RUN, fact, axis)]

    @property
    def stopped_by_status(self) -> bool:
        """Whether a status stopped it, which lasts as long as the status."""
        return self.stopped and self._stop in _BY_STATUS

    @property
    def unpromised(self) -> bool:
        """Whether it ended because severity or plan promise nothing; a new promise sets it going again."""
        return self._stop is Stop.NO_LONGER_PROMISED

    def pass_to(self, at: int, *, inclusive: bool = False) -> None:
        """Let time pass up to `at`. Facts of an instant come before its passing: a response at the due is in time."""
        if not self.running or self.breached_at is not None or self.due_at is None:
            return
        if self.due_at < at or (inclusive and self.due_at == at):
            self.breached_at = self.due_at

    def pause(self, at: int, fact: Fact | None) -> None:
        """Stop counting for a while."""
        if not self.running:
            return
        self.pass_to(at)
        self._count(at)
        self.running = False
        if self.breached_at is None:
            self.due_at = None
        self.marks.append((at, _PAUSE, fact, self.axis))

    def resume(self, at: int, fact: Fact | None) -> None:
        """Count on."""
        if self.stopped or self.running:
            return
        self.running = True
        self.since = at
        self._aim(at)
        self.marks.append((at, _RUN, fact, self.axis))

    def stop(self, at: int, how: Stop, fact: Fact | None) -> None:
        """End it. What was stopped before keeps its first stop, but a fact that meets it makes a status' stop final,
        and what replaces it one by closing."""
        if self.stopped:
            met_after_all = how is Stop.MET and self.stopped_by_status and self._stop is not Stop.MERGED
            if met_after_all or (how is Stop.REPLACED and self._stop is Stop.ENDED_BY_STATUS):
                self._stop = how
            return
        if self.running:
            self.pass_to(at)
            self._count(at)
        self.stopped = True
        self.running = False
        self._stop = how
        self.stopped_at = at
        self.marks.append((at, _STOP, fact, self.axis))

    def promise_anew(self, target: int, axis: Axis, plan: str | None, calendar_id: int) -> None:
        """What it counts towards when it returns from a stop; one that was breached keeps what it broke."""
        if self.breached_at is None:
            self.target, self.axis, self.plan, self.calendar_id = target, axis, plan, calendar_id

    def unpromise(self) -> None:
        """It would return, but nothing is promised any more."""
        self._stop = Stop.NO_LONGER_PROMISED

    def restart(self, at: int, fact: Fact | None, *, paused: bool) -> None:
        """Return from a stop that did not last: the time between counts as a pause."""
        self.stopped = False
        self._stop = None
        self.stopped_at = None
        if paused:
            self.since = at
            if self.breached_at is None:
                self.due_at = None
            self.marks.append((at, _PAUSE, fact, self.axis))
        else:
            self.resume(at, fact)

    def retarget(
        self,
        at: int,
        target: int,
        axis: Axis,
        plan: str | None,
        calendar_id: int,
        fact: Fact | None,
    ) -> None:
        """Another promise for the same start: what was counted stays counted. A due that would lie in the past is a
        breach at `at`. Stopped and breached clocks do not move."""
        self.pass_to(at)
        if self.stopped or self.breached_at is not None:
            return
        if self.running:
            self._count(at)
        # A change during a pause is told too: it begins a stretch of the pause.
        self.marks.append((at, _RUN if self.running else _PAUSE, fact, axis))
        self.target, self.axis, self.plan, self.calendar_id = target, axis, plan, calendar_id
        if self.running or self.used > target:
            self._aim(at)

    def settle(self, at: int, fact: Fact | None) -> None:
        """Its ticket goes to another pack: calendars that the former pack adopts later change nothing of what was
        counted so far."""
        if not self.stopped:
            self.pass_to(at)
            if self.running:
                self._count(at)
            self.marks.append((at, _RUN if self.running else _PAUSE, fact, self.axis))
        self.settled = len(self.marks) - (0 if self.stopped else 1)

    def recount(self, at: int, axes: Mapping[str, Axis], calendar_ids: Mapping[str, int]) -> None:
        """Other definitions of its calendars (by code) are adopted at `at`: what it counted is counted anew. A due that
        would lie in the past is a breach at `at`. Stopped and breached clocks do not move."""
        self.pass_to(at)
        if self.stopped or self.breached_at is not None:
            return
        code = self.axis.calendar.code
        self.calendar_id = calendar_ids.get(code, self.calendar_id)
        marks = self.marks[: self.settled]
        later = self.marks[self.settled :]
        marks += [(when, mark, fact, axes.get(axis.calendar.code, axis)) for when, mark, fact, axis in later]
        if all(new[3] is old[3] for new, old in zip(marks, self.marks, strict=True)):
            return
        self.marks, self.axis = marks, axes.get(code, self.axis)
        self.used = sum(axis.work(one, two[0]) for (one, mark, _, axis), two in pairwise(marks) if mark is _RUN)
        if self.running:
            self._aim(at)

    def _count(self, at: int) -> None:
        self.used += self.axis.work(self.since, at)
        self.since = at

    def _aim(self, at: int) -> None:
        """The due of what counts on from `since`; where that lies before `at` the clock is breached at `at`."""
        if self.breached_at is not None:
            return
        left, since = self.target - self.used, self.since
        try:
            # What is overdrawn lies behind: the axis says where.
            due = self.axis.deadline(since, left) if left > 0 else self.axis.due(self.axis.position(since) + left)
        except NoOpenTime:
            self.due_at = None
            return
        self.due_at = due
        if self.original_due_at is None:
            self.original_due_at = due
        if due < at:
            self.breached_at = at

    def phase(self) -> ClockPhase:
        """Where it stands after time passed to the instant of interest."""
        if self.stopped:
            if self.breached_at is not None:
                return _MISSED
            met = self._stop is Stop.MET or self._stop is Stop.MET_BY_STATUS
            return _MET if met else _STOPPED
        if not self.running:
            return _PAUSED
        return _RUNNING if self.breached_at is None else _BREACHED

    def elapsed(self, now: int) -> int:
        """Working microseconds counted up to `now`."""
        return self.used + (self.axis.work(self.since, now) if self.running else 0)

    def state(self) -> ClockState:
        """The frozen picture of it."""
        # Past the constructor, which is three times faster: in the order of the fields.
        return tuple.__new__(
            ClockState,
            (
                self.kind,
                self.cycle,
                self.phase(),
                self.started_at,
                self.target,
                self.used,
                self.since,
                self.due_at,
                self.original_due_at,
                self.stopped_at,
                self.breached_at,
                self.plan,
                self.calendar_id,
            ),
        )
