"""Queues: the live one as stored, or as it was at an instant, folded anew from the facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from console.domain.decisions import Change
from console.domain.errors import UserError
from console.domain.escalation_requests import on_the_day_of_opening
from console.domain.fold import fold
from console.domain.index_columns import IndexColumns, IndexNames, RowChanges
from console.domain.instants import SECOND, TimeSource, format_instant
from console.domain.queues import FORMS, QUEUES, belongs, known, order_key
from console.domain.rows import QueueRow
from console.domain.rules import ClockKind
from console.domain.state import UNDECIDED, Group, RowState, TicketState
from console.services.entitling import quota
from console.services.standing import BookOf
from console.store import door, queue_rows, tickets
from console.store.database import Connection


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A row with what is left at the instant of the page.

    Whole seconds, floor: `left_seconds` of wall time (negative when overdue, none while paused or without a clock),
    `work_left_seconds` of working time.
    """

    row: QueueRow
    due_at: int | None
    left_seconds: int | None
    work_left_seconds: int | None
    breached: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The top of a queue: `total` tickets are in it at `as_of` (microseconds UTC)."""

    queue: str
    as_of: int
    revision: int
    total: int
    lines: tuple[QueueLine, ...]


@dataclass(frozen=True, slots=True)
class PastQueue:
    """Every ticket as it was at `as_of`: rows in the order of the queue beside their states."""

    as_of: int
    revision: int
    states: tuple[RowState, ...]
    rows: tuple[QueueRow, ...]


class QueueService:
    """Reads only; rows whose time has come are folded by the desk, see `door.refold_due`."""

    def __init__(self, book_of: BookOf, time: TimeSource) -> None:
        self._book_of = book_of
        self._time = time

    def page(
        self, conn: Connection, queue: str = "open", limit: int | None = None, as_of: int | None = None
    ) -> QueuePage:
        """The first `limit` rows of a queue, now or as it was at `as_of` (microseconds UTC).

        Raises UserError for a queue that does not exist.
        """
        if not known(queue):
            expected = ", ".join((*QUEUES, *FORMS))
            raise UserError("queue_unknown", queue=queue, expected=expected)
        if as_of is not None:
            return self._past_page(conn, queue, limit, as_of)
        now = self._time.now()
        total, rows = queue_rows.page(conn, now // SECOND, queue, limit)
        lines = tuple(self._line(conn, row, now) for row in rows)
        return QueuePage(queue, now, door.revision(conn), total, lines)

    def index(self, conn: Connection) -> tuple[IndexColumns, IndexNames]:
        """Every open ticket as columns, for the live index of a window."""
        return queue_rows.index(conn)

    def changes(self, conn: Connection, since_revision: int) -> RowChanges:
        """The rows that changed after a revision; nothing is missed, as revisions are commit numbers."""
        return queue_rows.changes(conn, since_revision)

    def rows(self, conn: Connection, ids: Sequence[int]) -> list[QueueRow]:
        """The rows with these ids, in their order."""
        marks = quota.marks(conn, self._book_of(conn), ids, self._time.now())
        found = [self._with_day(conn, row) for row in queue_rows.rows(conn, ids)]
        return [replace(row, mark=marks[row.ticket_id].value) if row.ticket_id in marks else row for row in found]

    def ranks(self, conn: Connection, by: str) -> npt.NDArray[np.int64]:
        """Ticket id and place of each open ticket in the order of its `number` or its `customer`, or of each that waits
        for a decision, by when it was `asked`; shape (n, 2)."""
        if by == "asked":
            waiting = enumerate(queue_rows.undecided(conn))
            return np.array([(each, place) for place, each in waiting], dtype=np.int64).reshape(-1, 2)
        return queue_rows.ranks(conn, by)

    def work_left(self, conn: Connection) -> Callable[[QueueRow, int], int | None]:
        """What tells the working time left of a running row at an instant, by the calendars adopted now.

        Microseconds, negative when overdue; none for a row without a clock or a pack that is not known here.
        """
        book = self._book_of(conn)

        def left(row: QueueRow, now: int) -> int | None:
            rules = None if row.clock is None else book.rules(row.pack, row.opened_s * SECOND)
            if rules is None or row.clock is None:
                return None
            return rules.axis(row.plan, ClockKind(row.clock)).work(now, row.due_s * SECOND)

        return left

    def search(self, conn: Connection, words: str, limit: int) -> list[int]:
        """Tickets by number, words of the subject, customer or support code."""
        return queue_rows.search(conn, words, limit)

    def refold_due(self, conn: Connection) -> Change:
        """Fold again the rows that time alone has changed (OD-12), or another version of the engine made."""
        return door.refold_due(conn, self._book_of(conn), self._time.now())

    def as_of(self, conn: Connection, instant: int) -> PastQueue:
        """Every ticket that existed at `instant`, closed ones too, as it happened: facts up to then, all that are
        known today."""
        book = self._book_of(conn)
        states: dict[int, RowState] = {}
        asked: dict[int, tuple[int, int | None]] = {}
        for ticket_id, facts in tickets.all_facts(conn, until=instant):
            state = fold(facts, book, instant)
            states[ticket_id] = state.row
            if state.escalation is not None and state.escalation.phase in UNDECIDED:
                asked[ticket_id] = (state.escalation.requested_at // SECOND, _review_s(state))
        ordered = dict(sorted(states.items(), key=lambda item: order_key(*item)))
        decorated = queue_rows.decorate(conn, ordered)
        rows = tuple(
            self._with_day(conn, replace(row, escalation_s=when[0], review_s=when[1]))
            if (when := asked.get(row.ticket_id)) is not None
            else row
            for row in decorated
        )
        return PastQueue(instant, door.revision(conn), tuple(ordered.values()), rows)

    def _with_day(self, conn: Connection, row: QueueRow) -> QueueRow:
        """A request that waits says whether it was made on the day the ticket was opened (LI-2)."""
        if row.escalation_s is None or row.escalation not in UNDECIDED:
            return row
        pack = self._book_of(conn).pack(row.pack, row.escalation_s * SECOND)
        same = pack is not None and on_the_day_of_opening(pack, row.opened_s * SECOND, row.escalation_s * SECOND)
        return replace(row, same_day=True) if same else row

    def _past_page(self, conn: Connection, queue: str, limit: int | None, instant: int) -> QueuePage:
        past = self.as_of(conn, instant)
        now_s = instant // SECOND
        found = [
            row
            for row, state in zip(past.rows, past.states, strict=True)
            if belongs(queue, state, now_s, row.support_group)
        ]
        shown = found if limit is None else found[:limit]
        lines = tuple(self._line(conn, row, instant) for row in shown)
        return QueuePage(queue, instant, past.revision, len(found), lines)

    def _line(self, conn: Connection, row: QueueRow, now: int) -> QueueLine:
        if row.clock is None:
            return QueueLine(row, None, None, None, row.breached)
        if row.group == Group.PAUSED:
            left = None if row.left_work is None else row.left_work // SECOND
            return QueueLine(row, None, None, left, row.breached)
        due, left = row.due_s * SECOND, self.work_left(conn)(row, now)
        work_left = None if left is None else left // SECOND
        return QueueLine(row, due, (due - now) // SECOND, work_left, row.breached or due <= now)


def _review_s(state: TicketState) -> int | None:
    """By when the request that waits is to be decided, whole seconds UTC (LI-5)."""
    due = [each.due_at for each in state.clocks if each.kind is ClockKind.ESCALATION_REVIEW and each.live]
    known = [each for each in due if each is not None]
    return max(known) // SECOND if known else None


def line_as_json(line: QueueLine) -> dict[str, object]:
    """One row of `queue --json`."""
    row = line.row
    return {
        "number": row.number,
        "severity": row.severity,
        "status": row.status,
        "group": row.support_group,
        "clock": row.clock,
        "due_at": None if line.due_at is None else format_instant(line.due_at),
        "left_seconds": line.left_seconds,
        "work_left_seconds": line.work_left_seconds,
        "paused": row.paused,
        "breached": line.breached,
        "subject": row.subject,
        "customer": row.customer,
        "plan": row.plan,
        "owner": row.owner,
        "escalation": row.escalation,
    }
