"""The queues of the desk by code, and which tickets belong to them."""

from __future__ import annotations

from console.domain.state import UNDECIDED, Group, RowState

BANDS = (("under_15m", 15 * 60), ("under_1h", 3600), ("under_4h", 4 * 3600))
"""Queues by seconds left of the deadline; each excludes the one before, and what has nothing left is overdue."""

QUEUES = (
    *("open", "decide", "overdue", "under_15m", "under_1h", "under_4h", "later", "parked", "paused", "no_clock"),
    "closed",
)
"""All codes but `group:NAME`, `plan:pack/CODE` and `status:CODE`."""

PREFIXES = ("group", "plan", "status")

FORMS = ("group:NAME", "plan:PACK/CODE", "status:CODE")
"""How a queue of each prefix is written."""


def known(queue: str) -> bool:
    """Whether this is the code of a queue, if perhaps of an empty one."""
    kind, colon, name = queue.partition(":")
    return queue in QUEUES or (bool(colon) and kind in PREFIXES and bool(name))


def order_key(ticket_id: int, row: RowState) -> tuple[int, int, int, int, int]:
    """The order of a queue, everywhere: (group, due_s, rank, opened_s, ticket id)."""
    return row.group, row.due_s, row.rank, row.opened_s, ticket_id


def belongs(queue: str, row: RowState, now_s: int, support_group: str | None = None) -> bool:
    """Whether a row is in a queue at `now_s` (seconds UTC). `support_group` is the name of the row's group."""
    if queue == "closed" or not row.open:
        return queue == "closed" and not row.open
    kind, colon, name = queue.partition(":")
    if colon:
        return name == {"group": support_group, "plan": f"{row.pack}/{row.plan}", "status": row.status}.get(kind)
    if queue == "decide":
        return row.escalation in UNDECIDED
    if queue == "parked":
        return row.parked_s is not None and row.parked_s <= now_s
    if queue in ("paused", "no_clock"):
        return row.group is (Group.PAUSED if queue == "paused" else Group.NO_CLOCK)
    return queue == "open" or (row.group is Group.RUNNING and queue == band(row.due_s - now_s))


def band(left_s: int) -> str:
    """The queue of a running row by the seconds that are left."""
    if left_s <= 0:
        return "overdue"
    return next((code for code, limit in BANDS if left_s < limit), "later")
