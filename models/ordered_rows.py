"""Rows that are tickets in an order, and how Qt's views are led from one order to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Signal,
)

from models.ticket_order import ListOrder, OrderChange, TicketOrder

Index = QModelIndex | QPersistentModelIndex
# Above it, telling views of each step costs more than building them anew.
RESET_ABOVE = 2_000
NOWHERE = QModelIndex()
_WITH_HINT = "QList<QPersistentModelIndex>,QAbstractItemModel::LayoutChangeHint"


class OrderedRows(QAbstractTableModel):
    """Knows which ticket is in which row. Selections and persistent indexes follow their tickets, but for a reset."""

    orderAboutToChange = Signal(bool)  # whether the model will be reset: then views restore their selection by id
    orderChanged = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order: TicketOrder = ListOrder()

    def ticketAt(self, row: int) -> int:
        """The id of a row's ticket, 0 where there is no such row."""
        found = self._order.ids(row, row + 1) if row >= 0 else []
        return found[0] if found else 0

    def rowOf(self, ticket_id: int) -> int:
        """The row of a ticket, -1 where it is not in this queue."""
        return self.rowsOf([ticket_id])[0]

    def rowsOf(self, ticket_ids: Sequence[int]) -> list[int]:
        """The row of each ticket, -1 where it is not in this queue."""
        return self._order.rows_of(ticket_ids)

    def ticketsAt(self, first: int, last: int) -> list[int]:
        """The ids of rows `first` to `last`, the last excluded; shorter at the end of the queue."""
        return self._order.ids(max(0, first), max(0, last))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """The tickets of this queue."""
        return 0 if parent.isValid() else len(self._order)

    def _go_to(self, order: TicketOrder) -> None:
        change = order.change_from(self._order)
        if change.nothing:
            # A list of first rows gives way to the index.
            self._order = order
            return
        reset = change.arriving + change.leaving > RESET_ABOVE
        self.orderAboutToChange.emit(reset)
        if reset:
            self.beginResetModel()
            self._order = order
            self.endResetModel()
        else:
            self._step_to(order, change)
        self.orderChanged.emit(reset)

    def _step_to(self, order: TicketOrder, change: OrderChange) -> None:
        rows = len(self._order)
        if change.arriving:
            self.beginInsertRows(NOWHERE, rows, rows + change.arriving - 1)
            self._order = change.extended
            self.endInsertRows()
        if not change.same_places:
            self._rearrange(change.rearranged)
        if change.leaving:
            self.beginRemoveRows(NOWHERE, len(order), len(order) + change.leaving - 1)
            self._order = order
            self.endRemoveRows()
        self._order = order

    def _rearrange(self, order: TicketOrder) -> None:
        # With the hint selections are kept by row and not by cell.
        hint = QAbstractItemModel.LayoutChangeHint.VerticalSortHint
        self.layoutAboutToBeChanged[_WITH_HINT].emit([], hint)  # type: ignore[index] # the stubs know no overloads
        kept = self.persistentIndexList()
        rows = order.rows_of([self.ticketAt(each.row()) for each in kept])
        self._order = order
        self.changePersistentIndexList(
            kept, [self.index(row, each.column()) for row, each in zip(rows, kept, strict=True)]
        )
        self.layoutChanged[_WITH_HINT].emit([], hint)  # type: ignore[index] # as above
