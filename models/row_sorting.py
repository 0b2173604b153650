"""Sorts rows that were given as a list, as the live index sorts tickets."""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.rows import QueueRow
from models.selection import Selection, SortKey


def sorted_rows(rows: Sequence[QueueRow], selection: Selection) -> list[QueueRow]:
    """`rows`, which are in the order of the deadline, in the order of `selection`. Equal ones stay as they are."""
    if selection.sort is SortKey.DEADLINE:
        return list(reversed(rows)) if selection.descending else list(rows)
    return sorted(rows, key=lambda row: _key(row, selection.sort), reverse=selection.descending)


def _key(row: QueueRow, key: SortKey) -> tuple[int, str]:
    """Numbers and words in one kind of key; what is unknown comes last."""
    match key:
        case SortKey.SEVERITY:
            return (row.severity or 100, "")
        case SortKey.OPENED:
            return (row.opened_s, "")
        case SortKey.ASKED:
            return (2**62 if row.escalation_s is None else row.escalation_s, "")
        case SortKey.NUMBER:
            return (len(row.number), row.number.casefold())
    words = {
        SortKey.CUSTOMER: row.customer,
        SortKey.STATUS: row.status,
        SortKey.PLAN: f"{row.pack}/{row.plan}" if row.plan else "",
        SortKey.GROUP: row.support_group or "",
        SortKey.OWNER: row.owner or "",
    }[key]
    return (0 if words else 1, words.casefold())
