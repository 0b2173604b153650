"""Sorts rows that were given as a list, as the live index sorts tickets."""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.rows import QueueRow
from models.selection import Selection, SortKey

# Later than any instant, in seconds.
_FAR = 2**40


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
            return (_asked(row), "")
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


def _asked(row: QueueRow) -> int:
    """Who has not been answered first; by the due of the review where there is one (LI-5), the others by age."""
    if row.escalation_s is None:
        return 4 * _FAR
    answered = row.last_contact_s is not None and row.last_contact_s >= row.escalation_s
    first = row.escalation_s + _FAR if row.review_s is None else row.review_s
    return first + (2 * _FAR if answered else 0)
