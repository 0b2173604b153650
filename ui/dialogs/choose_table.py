"""A table in a dialog from which one row is chosen; the arrow keys move, Tab leaves it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.theme import GRID

_ROW = 7 * GRID


class RowDelegate(QStyledItemDelegate):
    """Rows are chosen, not cells: no frame around the one under the cursor."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus


class ChooseTable(QTableView):
    """`stretched` is the column that takes what room is left; `letters` the widths of the others."""

    def __init__(
        self,
        name: str,
        model: QAbstractItemModel,
        stretched: int,
        letters: Sequence[int],
        rows: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("padded", True)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(False)
        width = self.fontMetrics().averageCharWidth()
        for column, count in enumerate(letters):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            head.resizeSection(column, width * count + 2 * GRID)
        head.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(head.sizeHint().height() + rows * _ROW)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Nothing is chosen by coming here: the first arrow chooses the first row."""
        super().focusInEvent(event)
        if self.row() < 0:
            self.selectionModel().clearCurrentIndex()

    def row(self) -> int:
        """The row that is chosen, -1 for none."""
        found = self.selectionModel().selectedRows()
        return found[0].row() if found else -1
