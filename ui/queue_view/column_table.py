"""A table whose columns give way when there is little room, unless somebody chose them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QTableView, QWidget

from models.queue_columns import Column
from models.queue_model import QueueModel
from ui.queue_view.column_menu import column_menu
from ui.queue_view.columns import NOTHING_CHOSEN, ColumnChoice, enough, fit, preferred
from ui.queue_view.heads import Heads
from ui.theme import Theme


class ColumnTable(QTableView):
    """Lays out the columns of a `QueueModel`. Sideways scrolling is only for who chose more than fits.

    `choiceChanged` carries a ColumnChoice.
    """

    choiceChanged = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue: QueueModel | None = None
        self._choice = NOTHING_CHOSEN
        self._number_width = 0
        self._layout_moved = True
        self._heads = Heads(theme, self)
        self.setHorizontalHeader(self._heads)
        self._heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._heads.customContextMenuRequested.connect(self._menu_at)

    @property
    def choice(self) -> ColumnChoice:
        """The columns that somebody chose."""
        return self._choice

    def set_choice(self, choice: ColumnChoice) -> None:
        """Show the columns that were chosen another day."""
        self._choice = choice
        self._lay_out()

    def choose_columns(self) -> None:
        """Open the menu of columns under the heads, for who has no mouse."""
        self._menu_at(QPoint(0, self._heads.height()))

    def _menu_at(self, point: QPoint) -> None:
        if self._queue is None:
            return
        words = self._queue.cells.words
        shown = {column for column in Column if not self.isColumnHidden(column)}
        menu = column_menu(self, words.header, shown.__contains__, self._choice, self._choose)
        menu.popup(self._heads.mapToGlobal(point))

    def _choose(self, choice: ColumnChoice) -> None:
        self.set_choice(choice)
        self.choiceChanged.emit(choice)

    def _lay_out(self) -> None:
        if self._queue is None:
            return
        asked = self._queue.selection.queue == "decide"
        wide, narrow = preferred(self.fontMetrics()), enough(self.fontMetrics())
        for widths in (wide, narrow):
            widths[Column.NUMBER] = max(widths[Column.NUMBER], self._number_width)
        fitted = fit(self.viewport().width(), wide, narrow, asked=asked, choice=self._choice)
        for column in Column:
            self.setColumnHidden(column, not fitted.shows(column))
            if fitted.shows(column):
                self.setColumnWidth(column, fitted.widths[column])
        self._layout_moved = True
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Sideways every cell is at another place."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self._layout_moved = True
            self.viewport().update()
