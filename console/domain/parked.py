"""Parked tickets: those that wait, and that somebody should look at although no clock of theirs runs out."""

from __future__ import annotations

from typing import NamedTuple

from console.domain.rules import WAITING_CLASSES, ParkedReason, Rules
from console.domain.state import ClockPhase, Group, TicketState


class ParkedBecause(NamedTuple):
    """A reason and the instant from which it holds, microseconds UTC; it may lie ahead."""

    reason: ParkedReason
    at: int


def parked(state: TicketState, rules: Rules) -> tuple[ParkedBecause, ...]:
    """Why a ticket counts as parked or will, the earliest reason first; empty while a clock of its row runs, and for
    one that is not made to wait. `rules` as in force at the ticket's creation; `row.parked_s` is the first instant."""
    row = state.row
    if rules.parked is None or not row.open or row.group is Group.RUNNING:
        return ()
    if row.clock is None and state.status_class not in WAITING_CLASSES:
        return ()
    since = state.status_since
    for clock in state.clocks:
        if clock.kind is row.clock and clock.phase is ClockPhase.PAUSED:
            since = clock.since_at
    found = rules.parked.begin(since, row.left_work, state.unanswered_at)
    return tuple(sorted((ParkedBecause(*each) for each in found), key=lambda because: because.at))
