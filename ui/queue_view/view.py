"""The queue on screen: a table that paints its rows itself and keeps still under the hand."""

from __future__ import annotations

from types import MappingProxyType

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from models.ordered_rows import Index
from models.queue_columns import SORT_BY, Column
from models.queue_model import QueueModel
from ui.queue_view.keeping import Place, place_of, return_to, selected_ranges
from ui.queue_view.painted_table import PaintedTable
from ui.theme import Theme
from ui.tr import tr

_Move = QAbstractItemView.CursorAction
_Flag = QItemSelectionModel.SelectionFlag
_Key = Qt.Key
_ENDS = (_Move.MoveHome, _Move.MoveEnd)
_ENTER = (_Key.Key_Return, _Key.Key_Enter)
_STEP = (_Key.Key_Up, _Key.Key_Down)
_WALK = MappingProxyType(
    {
        _Key.Key_Up: _Move.MoveUp,
        _Key.Key_Down: _Move.MoveDown,
        _Key.Key_Home: _Move.MoveHome,
        _Key.Key_End: _Move.MoveEnd,
    }
)
_CHOOSING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class QueueView(PaintedTable):
    """Shows a `QueueModel`. Rows are selected whole; the time columns tick while somebody can see them.

    The current ticket is the current row's, as long as that row is selected: when it leaves the queue there is none
    until the user moves on.
    """

    ticketCurrent = Signal(int)  # 0 for none
    ticketActivated = Signal(int)
    chosenChanged = Signal(int)  # how many rows
    menuRequested = Signal(int, QPoint)  # the ticket, 0 for none; where on the screen

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._told = 0
        self._place: Place | None = None
        self.setAccessibleName(tr("Queue"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(False)
        self.setTabKeyNavigation(False)
        # A header that a view did not make itself has to be told.
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.doubleClicked.connect(self._activate)
        self.verticalScrollBar().sliderPressed.connect(self._hold_for_scroll)
        self.verticalScrollBar().sliderReleased.connect(self._release_scroll)

    # What the window says to it

    def setModel(self, model: QueueModel | None) -> None:  # type: ignore[override]
        """Show this queue. Once: a view has one model for life."""
        super().setModel(model)
        if model is None:
            return
        self._show(model)
        model.orderAboutToChange.connect(self._note_place)
        model.orderChanged.connect(self._return_to_place)
        model.queueChanged.connect(self._open_queue)
        self._show_sort()

    def current_ticket(self) -> int:
        """The ticket that actions are for, 0 for none."""
        index = self.currentIndex()
        chosen = self.selectionModel()
        if self._queue is None or not index.isValid() or not chosen.isSelected(index):
            return 0
        return self._queue.ticketAt(index.row())

    def selected_tickets(self) -> list[int]:
        """The ids of the selected rows from the top down."""
        if self._queue is None:
            return []
        ranges = selected_ranges(self.selectionModel())
        return [ticket_id for first, last in ranges for ticket_id in self._queue.ticketsAt(first, last)]

    def go_to(self, ticket_id: int) -> bool:
        """Select a ticket and bring it into sight; False where it is not in this queue."""
        row = self._queue.rowOf(ticket_id) if self._queue is not None else -1
        if self._queue is None or row < 0:
            return False
        index = self._queue.index(row, max(0, self.currentIndex().column()))
        # Not setCurrentIndex: with Ctrl held down, after Ctrl+F for instance, it would take the selection away.
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        return True

    # Keeping still

    def _note_place(self, reset: bool) -> None:
        if self._queue is not None:
            self._place = place_of(self, self._queue, self.visible_rows(), reset=reset)

    def _return_to_place(self, reset: bool) -> None:
        if self._place is None or self._queue is None:
            return
        # Positions of rows are those of the new order from here on.
        self.executeDelayedItemsLayout()
        self.updateGeometries()
        return_to(self._place, self, self._queue, reset=reset)
        self._place = None
        self._tell_current()

    def _open_queue(self) -> None:
        self._lay_out()
        self._show_sort()
        if self.current_ticket():
            self.scrollTo(self.currentIndex())
        else:
            self.scrollToTop()

    def _hold(self, why: str) -> None:
        if self._queue is not None:
            self._queue.hold(why)

    def _release(self, why: str) -> None:
        if self._queue is not None:
            self._queue.release(why)

    def _hold_for_scroll(self) -> None:
        self._hold("scroll")

    def _release_scroll(self) -> None:
        self._release("scroll")

    def _tell_current(self) -> None:
        # Half-way through a change of rows Qt points at whatever is there.
        ticket_id = self.current_ticket()
        if self._place is None and ticket_id != self._told:
            self._told = ticket_id
            self.ticketCurrent.emit(ticket_id)

    def _show_sort(self) -> None:
        if self._queue is None:
            return
        selection, heads = self._queue.selection, self.horizontalHeader()
        column = next((each for each in (Column.LEFT, *SORT_BY) if SORT_BY[each] is selection.sort), None)
        heads.setSortIndicatorShown(column is not None)
        if column is not None:
            order = Qt.SortOrder.DescendingOrder if selection.descending else Qt.SortOrder.AscendingOrder
            heads.setSortIndicator(column, order)

    def _sort_by(self, section: int) -> None:
        column = Column(section)
        if self._queue is None or column not in SORT_BY:
            self._show_sort()
            return
        selection = self._queue.selection
        again = selection.sort is SORT_BY[column] and not selection.descending
        self._queue.sort(column, Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder)
        # Whoever sorts wants to see what comes first; the chosen ticket stays chosen.
        self.scrollToTop()

    # Qt's events

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the window; the mark of the current row is drawn at its left edge."""
        super().currentChanged(current, previous)
        self._update_row(previous.row())
        self._update_row(current.row())
        self._tell_current()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell the window."""
        super().selectionChanged(selected, deselected)
        self._tell_current()
        self.chosenChanged.emit(sum(last - first for first, last in selected_ranges(self.selectionModel())))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and last row, not to the first and last cell of one."""
        model = self.model()
        if action in _ENDS and model is not None and model.rowCount():
            row = 0 if action is _Move.MoveHome else model.rowCount() - 1
            return model.index(row, max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the ticket. Where the current row is not selected, up and down select it first."""
        key, current = event.key(), self.currentIndex()
        if key in _ENTER and self.current_ticket():
            self.ticketActivated.emit(self.current_ticket())
        elif key in _WALK and not event.modifiers() & _CHOOSING and current.isValid() and not self.current_ticket():
            index = current if key in _STEP else self.moveCursor(_WALK[_Key(key)], Qt.KeyboardModifier.NoModifier)
            self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect | _Flag.Rows)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are the window's shortcuts: Qt's own search would read every row."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """No row moves between pressing and releasing."""
        self._hold("press")
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See `mousePressEvent`."""
        super().mouseReleaseEvent(event)
        self._release("press")

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody presses a button that is not there."""
        super().hideEvent(event)
        self._release("press")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The window makes the menu, and holds the rows while it is open."""
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menuRequested.emit(self.current_ticket(), at)

    def _activate(self, index: QModelIndex) -> None:
        if self._queue is not None and (ticket_id := self._queue.ticketAt(index.row())):
            self.ticketActivated.emit(ticket_id)
