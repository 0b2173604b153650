"""Whom to call tonight: the people of a role, and how each can be reached at an instant."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.compile import CompiledBook, assumed
from console.domain.policy import Pack
from console.domain.policy_duty import OnCallEntry


@dataclass(frozen=True, slots=True)
class OnCall:
    """One way to reach somebody. `place` is the order in which one calls.

    `next_change` (microseconds UTC) is when a reachable way closes, or one that is not opens; none: never.
    """

    role: str
    name: str
    by: str
    address: str
    place: int
    reachable: bool
    next_change: int | None
    source: tuple[str, ...]


def on_call(book: CompiledBook, pack: Pack, role: str, at: int) -> tuple[OnCall, ...]:
    """How to reach who has `role` at `at` (microseconds UTC): who can be reached now first, then who can be soonest;
    among them by place. `pack` as in force at `at`. Empty where the pack names nobody."""
    found = [_way(book, pack, entry, at) for entry in pack.on_call if entry.role == role and not assumed(entry, at)]
    return tuple(sorted(found, key=_urgency))


def _way(book: CompiledBook, pack: Pack, entry: OnCallEntry, at: int) -> OnCall:
    axis = None if entry.calendar is None else book.axis(pack.code, entry.calendar)
    reachable = axis is None or axis.is_open(at)
    change = None if axis is None else axis.next_close(at) if reachable else axis.next_start(at)
    return OnCall(entry.role, entry.name, entry.by, entry.address, entry.place, reachable, change, entry.source)


def _urgency(way: OnCall) -> tuple[int, int, int]:
    if way.reachable:
        return 0, 0, way.place
    return (1, way.next_change, way.place) if way.next_change is not None else (2, 0, way.place)
