"""Which tickets a queue shows and how they are sorted: plain values, known before numpy is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SortKey(StrEnum):
    """What the rows can be sorted by. Equal ones follow in the order of the deadline."""

    DEADLINE = "deadline"
    SEVERITY = "severity"
    OPENED = "opened"
    STATUS = "status"
    PLAN = "plan"
    GROUP = "group"
    OWNER = "owner"
    NUMBER = "number"
    CUSTOMER = "customer"
    ASKED = "asked"


PINNED, REMINDERS = "pinned", "reminders"
PERSONAL = (PINNED, REMINDERS)
"""Queues of whoever sits at the desk; `Selection.within` has their tickets."""


@dataclass(frozen=True, slots=True)
class Selection:
    """One queue in one order.

    `queue` is a code: open, decide, overdue, under_15m, under_1h, under_4h, later, parked, paused, no_clock,
    `group:NAME`, `plan:pack/CODE`, `status:CODE` or one of `PERSONAL`. `within` are the ids that a search found, or
    those that a person has marked: only those are shown.
    """

    queue: str = "open"
    within: tuple[int, ...] | None = None
    sort: SortKey = SortKey.DEADLINE
    descending: bool = False
