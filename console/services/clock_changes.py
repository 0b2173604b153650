"""The clocks of a ticket before and after something is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.rules import ClockKind
from console.domain.state import ClockPhase, ClockState


@dataclass(frozen=True, slots=True)
class ClockChange:
    """One clock before and after: dues in microseconds UTC, none while paused or where the clock does not exist."""

    kind: ClockKind
    cycle: int
    before_phase: ClockPhase | None
    after_phase: ClockPhase | None
    before_due: int | None
    after_due: int | None
    breached_at_once: bool

    @property
    def changes(self) -> bool:
        """Whether anything moves."""
        return (self.before_phase, self.before_due) != (self.after_phase, self.after_due)


def clock_changes(before: Sequence[ClockState], after: Sequence[ClockState]) -> tuple[ClockChange, ...]:
    """Every clock of a ticket, also those that do not move."""
    was = {(clock.kind, clock.cycle): clock for clock in before}
    becomes = {(clock.kind, clock.cycle): clock for clock in after}
    return tuple(
        _line(kind, cycle, was.get((kind, cycle)), becomes.get((kind, cycle)))
        for kind, cycle in dict.fromkeys((*was, *becomes))
    )


def _line(kind: ClockKind, cycle: int, was: ClockState | None, becomes: ClockState | None) -> ClockChange:
    return ClockChange(
        kind=kind,
        cycle=cycle,
        before_phase=None if was is None else was.phase,
        after_phase=None if becomes is None else becomes.phase,
        before_due=None if was is None else was.due_at,
        after_due=None if becomes is None else becomes.due_at,
        breached_at_once=becomes is not None
        and becomes.breached_at is not None
        and (was is None or was.breached_at is None),
    )
