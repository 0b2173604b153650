"""The queue as a Qt model: owns the order of the tickets, fetches only the rows that are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import tzinfo
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from console.domain.instants import SECOND, TimeSource
from console.domain.rows import QueueRow
from models.ordered_rows import NOWHERE, Index, OrderedRows
from models.queue_cells import QueueCells
from models.queue_columns import ROW_ROLES, SORT_BY, Column, QueueRole, alignment
from models.row_cache import RowCache
from models.row_sorting import sorted_rows
from models.row_words import RowWords
from models.selection import Selection, SortKey
from models.ticket_order import ListOrder
from models.time_text import risk_of

if TYPE_CHECKING:
    # Both need numpy, which is loaded behind the first rows.
    import numpy as np
    import numpy.typing as npt

    from console.domain.index_columns import RowChanges
    from models.live_index import LiveIndex


class QueueModel(OrderedRows):
    """One queue of tickets. Begins with `setFirstRows`, goes on with `setIndex`.

    Nobody moves a row but `flush`, `advance`, `select` and the release of the last hold. Ids, never rows, name tickets.
    """

    rowsWanted = Signal(list)  # ids; answered by setRows or rowsFailed
    collected = Signal()  # changes wait: flush soon
    applied = Signal()  # counts may be new
    pendingChanged = Signal(int)
    queueChanged = Signal()  # another selection: another queue or another sort

    def __init__(self, time: TimeSource, zone: tzinfo, words: RowWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cells = QueueCells(words, zone)
        self._time = time
        self._cache = RowCache()
        self._live: LiveIndex | None = None
        # Rows that were given as a list; none while the index rules.
        self._given: dict[int, QueueRow] | None = {}
        self._selection = Selection()
        self._collected: list[RowChanges] = []
        self._holds: set[str] = set()
        self._touched: set[int] = set()
        self._pending = 0
        self._edge_s: int | None = None
        self._ordered_s = 0
        self._visible = range(0)
        self._missed: set[int] = set()
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._ask_for_missed)

    # What it shows

    @property
    def live(self) -> LiveIndex | None:
        """The index that it reads, none before `setIndex`."""
        return self._live

    @property
    def selection(self) -> Selection:
        """Which queue is shown, and how it is sorted."""
        return self._selection

    @property
    def pending(self) -> int:
        """How many rows would arrive, leave or move if nothing held them."""
        return self._pending

    def now(self) -> int:
        """The present instant, microseconds."""
        return self._time.now()

    def counts(self) -> dict[str, int]:
        """The tickets in each queue now, by code; empty before the index is here."""
        return self._live.counts(self.now() // SECOND) if self._live is not None else {}

    def rowData(self, row: int) -> QueueRow | None:
        """What is known of a row, none while it is being fetched."""
        return self._content(self.ticketAt(row))

    # What it is fed with

    def setFirstRows(self, rows: Sequence[QueueRow]) -> None:
        """Show these rows: first rows of a start, closed tickets, another instant. As given, or sorted by a column.

        Nothing is fetched and nothing changes in them until `setIndex`, `select` or the next list.
        """
        before = {row.ticket_id: self._content(row.ticket_id) for row in rows}
        self._given = {row.ticket_id: row for row in rows}
        self._show_list()
        self._changed([row.ticket_id for row in rows if before[row.ticket_id] != row])

    def setIndex(self, index: LiveIndex) -> None:
        """Show the selected queue of `index`. Rows that stay where they are do not notice."""
        self._live = index
        # Who built it anew may have missed changes in between.
        self._cache.outdate_all()
        self._leave_list()
        self._ask_for_visible()
        self.applied.emit()

    def select(self, selection: Selection) -> None:
        """Show another queue, or the same one sorted otherwise. At once, whatever holds the rows."""
        self._selection = selection
        if self._live is not None:
            self._leave_list()
        self.queueChanged.emit()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; nothing happens for those that have no sort."""
        if key := SORT_BY.get(Column(column)):
            selection = replace(self._selection, sort=key, descending=order == Qt.SortOrder.DescendingOrder)
            if self._given is None:
                self.select(selection)
                return
            self._selection = selection
            self._show_list()
            self.queueChanged.emit()

    def setRanks(self, key: SortKey, ranks: npt.NDArray[np.int64]) -> None:
        """What `ranksWanted` asked for: ticket id and place, int64 of shape (tickets, 2)."""
        if self._live is not None:
            self._live.set_ranks(key, ranks)
            self._settle()

    def _show_list(self) -> None:
        rows = sorted_rows(list((self._given or {}).values()), self._selection)
        self._go_to(ListOrder([row.ticket_id for row in rows]))

    def apply(self, changes: RowChanges) -> None:
        """Collect a change; `flush` takes it over."""
        self._collected.append(changes)
        self.collected.emit()

    def flush(self) -> None:
        """Take over what was collected, as one batch."""
        if self._live is None or not self._collected:
            return
        waiting, self._collected = self._collected, []
        for changes in waiting:
            since = self._live.revision
            applied = self._live.apply(changes)
            changed = applied.changed.tolist()
            self._cache.outdate(changed, since + 1)
            self._touched.update(changed, applied.closed.tolist())
        self._settle()
        self._ask_for_visible()
        self.applied.emit()

    def advance(self) -> None:
        """Let tickets enter and leave queues by time alone. Costs nothing while none does."""
        now_s = self.now() // SECOND
        edge = self._edge_s
        if self._live is None or (now_s >= self._ordered_s and (edge is None or now_s < edge)):
            return
        self._settle()
        self.applied.emit()

    def hold(self, why: str) -> None:
        """No row moves until `release` of every reason: a menu is open, a row is edited or dragged."""
        self._holds.add(why)

    def release(self, why: str) -> None:
        """The reason to hold is gone; with the last one, rows go where they belong."""
        self._holds.discard(why)
        if not self._holds and (self._pending or self._touched):
            self._settle()

    def setVisibleRows(self, first: int, last: int) -> None:
        """A view shows rows `first` to `last` (excluded): what is missing of them is asked for."""
        self._visible = range(max(0, first), max(0, last))
        self._ask_for_visible()

    def setRows(self, rows: Sequence[QueueRow], asked: Iterable[int] = ()) -> None:
        """The answer to `rowsWanted`. `asked` are the question: those without a row can be asked for anew."""
        self._cache.answered(asked)
        news = [row.ticket_id for row in rows if self._cache.put(row)]
        if self._given is None:
            self._changed(news)
        self._ask_for_visible_stale(rows)

    def rowsFailed(self, asked: Iterable[int]) -> None:
        """There will be no answer: the next look at these rows asks again."""
        self._cache.answered(asked)

    # Qt's interface

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """All columns, whether a view shows them or not."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, alignment and the roles of `QueueRole`."""
        if not index.isValid() or not index.row() < len(self._order):
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        ticket_id = self.ticketAt(index.row())
        if role == QueueRole.TICKET_ID:
            return ticket_id
        if role not in ROW_ROLES:
            return None
        row = self._content(ticket_id)
        if row is None:
            self._missed.add(ticket_id)
            self._asking.start()
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.cells.text(row, column, self.now())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.cells.spoken(row, column, self.now())
            case QueueRole.RISK:
                return risk_of(row, self.now())
        return row

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heads of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.cells.words.header(Column(section))
        return alignment(Column(section)) if role == Qt.ItemDataRole.TextAlignmentRole else None

    # Inside

    def _content(self, ticket_id: int) -> QueueRow | None:
        return self._cache.get(ticket_id) if self._given is None else self._given.get(ticket_id)

    def _leave_list(self) -> None:
        """From a given list to what the index says. What is known of its rows is shown until newer content is here."""
        given, self._given = self._given or {}, None
        self._cache.fill(given.values())
        self._reorder()
        self._changed([ticket_id for ticket_id, row in given.items() if self._content(ticket_id) != row])

    def _settle(self) -> None:
        if not self._holds:
            self._reorder()
        elif self._live is not None and self._given is None:
            now_s = self._note_instant()
            order = self._live.select(self._selection, now_s)
            self._set_pending(order.moved_from(self._order, list(self._touched)))

    def _reorder(self) -> None:
        self._touched.clear()
        self._set_pending(0)
        if self._live is not None and self._given is None:
            self._go_to(self._live.select(self._selection, self._note_instant()))

    def _note_instant(self) -> int:
        now_s = self.now() // SECOND
        self._ordered_s = now_s
        self._edge_s = self._live.next_edge_s(now_s) if self._live is not None else None
        return now_s

    def _changed(self, ticket_ids: Sequence[int]) -> None:
        """Say that the content of these tickets is new, in as few stretches of rows as there are."""
        rows = sorted(row for row in self.rowsOf(ticket_ids) if row >= 0)
        starts = [row for before, row in pairwise([-2, *rows]) if row != before + 1]
        ends = [row for row, after in pairwise([*rows, -2]) if after != row + 1]
        for first, last in zip(starts, ends, strict=True):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def _ask_for_visible(self) -> None:
        self._ask_for(self._order.ids(self._visible.start, self._visible.stop))

    def _ask_for_visible_stale(self, rows: Sequence[QueueRow]) -> None:
        # Some may have been read before they changed.
        visible = set(self._order.ids(self._visible.start, self._visible.stop))
        self._ask_for([row.ticket_id for row in rows if row.ticket_id in visible])

    def _ask_for_missed(self) -> None:
        missed, self._missed = self._missed, set()
        self._ask_for(sorted(missed))

    def _ask_for(self, ticket_ids: Sequence[int]) -> None:
        wanted = self._cache.ask(ticket_ids) if self._given is None else []
        if wanted:
            self.rowsWanted.emit(wanted)

    def _set_pending(self, pending: int) -> None:
        if pending != self._pending:
            self._pending = pending
            self.pendingChanged.emit(pending)
