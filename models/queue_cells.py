"""The texts of one row of a queue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from types import MappingProxyType

from console.domain.instants import SECOND, from_micros
from console.domain.rows import QueueRow
from console.domain.state import Group
from models.queue_columns import Column
from models.row_words import RowWords
from models.time_text import due_text, left_of, left_text, risk_of, span_text

# Stands before a request that was made on the day the ticket was opened (LI-2).
SAME_DAY = "◐"

# Working time of a row's clock from an instant to its deadline, microseconds, negative once it has passed; none where
# the desk knows no axis for it.
WorkLeft = Callable[[QueueRow, int], int | None]


def no_work_left(row: QueueRow, now: int) -> int | None:
    """Before a desk is open nobody knows the hours that count."""
    return None


NOT_LOOKED: Mapping[int, int] = MappingProxyType({})


class QueueCells:
    """Makes the texts of cells, for the table and for whatever paints or reads it."""

    def __init__(self, words: RowWords, zone: tzinfo) -> None:
        self.words = words
        self.zone = zone
        self.work_left_of: WorkLeft = no_work_left
        self.looked: Mapping[int, int] = NOT_LOOKED

    def new(self, row: QueueRow) -> bool:
        """Whether a ticket has changed since one looked at it: `looked` has the revision of the last look by id."""
        return row.revision > self.looked.get(row.ticket_id, row.revision)

    def day(self, now: int) -> int:
        """A number of the local day that an instant falls on."""
        return from_micros(now).astimezone(self.zone).toordinal()

    def text(self, row: QueueRow, column: Column, now: int) -> str:
        """What the cell shows at `now` (microseconds)."""
        match column:
            case Column.SEVERITY:
                return self._severity(row)
            case Column.NUMBER:
                return row.number
            case Column.SUBJECT:
                return one_line(row.subject)
            case Column.CUSTOMER:
                return one_line(row.customer)
            case Column.PLAN:
                return f"{self.words.quota(row.mark)[0]} {self.words.plan(row.pack, row.plan)}".lstrip()
            case Column.STATUS:
                return self.words.status(row.pack, row.status)
            case Column.CLOCK:
                return self.words.clock(row.clock)
            case Column.LEFT:
                return left_text(left_of(row, now), self.words.time, paused=row.group == Group.PAUSED)
            case Column.WORK_LEFT:
                return left_text(self.work_left(row, now), self.words.time, paused=row.group == Group.PAUSED)
            case Column.DUE:
                return self._due(row, now)
            case Column.OWNER:
                return one_line(row.owner or "")
            case Column.ASKED:
                return self._asked(row, now)

    def work_left(self, row: QueueRow, now: int) -> int | None:
        """Working time until the row's deadline, microseconds: of a paused row what it stopped with."""
        if row.group == Group.RUNNING:
            return self.work_left_of(row, now)
        return left_of(row, now)

    def spoken(self, row: QueueRow, column: Column, now: int) -> str:
        """What a screen reader says for the cell."""
        if column is Column.SEVERITY:
            return self.words.severity_spoken(row.pack, row.severity)
        text = self.text(row, column, now)
        if column is Column.PLAN and row.mark is not None:
            return f"{self.words.plan(row.pack, row.plan)}, {self.words.quota(row.mark)[1]}"
        if column is Column.LEFT:
            shown = left_text(left_of(row, now), self.words.time).removeprefix("\N{MINUS SIGN}")
            return self.words.left_spoken(shown, risk_of(row, now)) if text else ""
        return text

    def _severity(self, row: QueueRow) -> str:
        name = self.words.severity(row.pack, row.severity)
        # Some vendors number their severities and give them no other name.
        if row.severity is None or str(row.severity) in name:
            return name if row.severity is None else str(row.severity)
        return f"{row.severity} {name}".rstrip()

    def _due(self, row: QueueRow, now: int) -> str:
        if row.group != Group.RUNNING:
            return ""
        return due_text(row.due_s * SECOND, now, self.zone, self.words.time)

    def _asked(self, row: QueueRow, now: int) -> str:
        if row.escalation_s is None:
            return ""
        mark = f"{SAME_DAY} " if row.same_day else ""
        if row.review_s is not None:
            return mark + self.words.review(left_text(row.review_s * SECOND - now, self.words.time))
        return mark + span_text(max(0, now - row.escalation_s * SECOND), self.words.time)


def one_line(text: str) -> str:
    """Words of people on one line: breaks and tabs would be drawn as boxes."""
    return " ".join(text.split()) if any(each.isspace() and each != " " for each in text) else text
