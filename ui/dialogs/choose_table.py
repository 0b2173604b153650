"""A table in a dialog from which one row is chosen; the arrow keys move, Tab leaves it."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QTableView, QWidget

from ui.tables import dress_quiet, fit_columns, row_height


class ChooseTable(QTableView):
    """`stretched` is the column that takes what room is left; those of `elastic` give way where room is short."""

    def __init__(
        self,
        name: str,
        model: QAbstractItemModel,
        stretched: int,
        rows: int,
        elastic: Collection[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        dress_quiet(self, name)
        self.setModel(model)
        row = row_height(self)
        self.verticalHeader().setDefaultSectionSize(row)
        head = self.horizontalHeader()
        fit_columns(self, stretched, elastic)
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
