"""What a cell of the queue says under the pointer: the text that was cut off, and of its time all that is known."""

from __future__ import annotations

from html import escape

from console.domain.instants import SECOND
from console.domain.rows import QueueRow
from console.domain.state import Group
from models.queue_cells import SAME_DAY, QueueCells
from models.queue_columns import Column
from models.time_text import due_text, left_text
from ui.tr import tr

_OF_TIME = frozenset({Column.CLOCK, Column.LEFT, Column.WORK_LEFT, Column.DUE})


def tip(cells: QueueCells, row: QueueRow, column: Column, cut_text: str, now: int) -> str:
    """Rich text for Qt's tool tip with everything escaped; blank where there is nothing to add."""
    lines = _times(cells, row, now) if column in _OF_TIME else [cut_text] if cut_text else []
    if column is Column.PLAN and row.mark is not None:
        lines = [cells.spoken(row, column, now)]
    if column is Column.ASKED:
        lines = _asked(cells, row, now)
    # Escaped and marked as rich text, or Qt would guess which of both it is.
    return f"<qt>{'<br>'.join(escape(line) for line in lines)}</qt>" if lines else ""


def _times(cells: QueueCells, row: QueueRow, now: int) -> list[str]:
    parked = [_parked(cells, row, now)] if row.parked_s is not None and row.parked_s * SECOND <= now else []
    if row.clock is None:
        return parked
    lines = [cells.words.clock(row.clock)]
    due = cells.text(row, Column.DUE, now)
    if due:
        lines.append(tr("due {time}", time=due))
    work = cells.work_left(row, now)
    if work is not None:
        text = left_text(work, cells.words.time)
        words = tr("paused; working time left {time}") if row.group == Group.PAUSED else tr("working time left {time}")
        lines.append(words.format(time=text))
    return lines + parked


def _asked(cells: QueueCells, row: QueueRow, now: int) -> list[str]:
    if row.escalation_s is None:
        return []
    lines = [tr("asked for at {at}", at=due_text(row.escalation_s * SECOND, now, cells.zone, cells.words.time))]
    if row.review_s is not None:
        lines.append(tr("review due {at}", at=due_text(row.review_s * SECOND, now, cells.zone, cells.words.time)))
    if row.same_day:
        lines.append(tr("{mark} asked on the day the ticket was opened", mark=SAME_DAY))
    return lines


def _parked(cells: QueueCells, row: QueueRow, now: int) -> str:
    at = due_text((row.parked_s or 0) * SECOND, now, cells.zone, cells.words.time)
    return tr("parked since {at}; the ticket says why", at=at)
