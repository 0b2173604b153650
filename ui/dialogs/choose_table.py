"""A table in a dialog from which one row is chosen; the arrow keys move, Tab leaves it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from ui.tables import dress_quiet, row_height
from ui.theme import GRID


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
        dress_quiet(self, name)
        self.setModel(model)
        row = row_height(self)
        self.verticalHeader().setDefaultSectionSize(row)
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        head.ensurePolished()
        width = self.fontMetrics().averageCharWidth()
        for column, count in enumerate(letters):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            # A title is never cut off, be the letters below it few.
            head.resizeSection(column, max(width * count + 2 * GRID, head.sectionSizeHint(column)))
        head.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(head.sizeHint().height() + rows * row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Nothing is chosen by coming here: the first arrow chooses the first row."""
        super().focusInEvent(event)
        if self.row() < 0:
            self.selectionModel().clearCurrentIndex()

    def row(self) -> int:
        """The row that is chosen, -1 for none."""
        found = self.selectionModel().selectedRows()
        return found[0].row() if found else -1
