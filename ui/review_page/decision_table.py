"""The list of decisions: fetches what is in sight, leaves letters to the page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent

from models.decision_model import DecisionColumn, DecisionModel, DecisionWords
from ui.tables import QuietTable, dress_quiet, end_with_rows, fit_columns, row_height


class DecisionTable(QuietTable):
    """Emits `wanted` with the numbers of rows to fetch, `chosen` with the number of the decision that became the
    current one, `activated_number` on Return or a double click."""

    wanted = Signal(list)
    chosen = Signal(int)
    activatedNumber = Signal(int)

    def __init__(
        self,
        name: str,
        words: DecisionWords,
        *,
        stretch: DecisionColumn = DecisionColumn.DECISION,
        ends_with_rows: bool = False,
    ) -> None:
        """The column `stretch` takes what is left; with `ends_with_rows` the table is no higher than its rows."""
        super().__init__()
        dress_quiet(self, name)
        self.decisions = DecisionModel(words)
        self.decisions.setParent(self)
        self.setModel(self.decisions)
        self.verticalHeader().setDefaultSectionSize(row_height(self))
        fit_columns(self, stretch, {DecisionColumn.DECISION, DecisionColumn.MANAGER} - {stretch})
        self.verticalScrollBar().valueChanged.connect(self._ask)
        self.decisions.modelReset.connect(self._ask)
        if ends_with_rows:
            self.decisions.modelReset.connect(lambda: end_with_rows(self))
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        self.doubleClicked.connect(lambda *_: self._activate())

    @property
    def number(self) -> int | None:
        """The number of the current decision."""
        return self.decisions.number(self.currentIndex().row())

    def go_to(self, number: int) -> bool:
        """Make a decision the current one; False where it is not in the list."""
        place = self.decisions.place(number)
        if place >= 0:
            self.selectRow(place)
        return place >= 0

    def step(self, by: int) -> None:
        """The next or the previous decision."""
        count = self.decisions.rowCount()
        if count:
            self.selectRow(min(max(0, self.currentIndex().row() + by), count - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens; letters are the page's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._activate()
        elif event.text() and event.text().isprintable() and not event.text().isspace():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _ask(self) -> None:
        if not self.isVisible():
            return
        # Reckoned, not asked for: before the first layout no row is anywhere.
        row, top = self.verticalHeader().defaultSectionSize(), self.verticalHeader().offset()
        wanted = self.decisions.want(top // row, (top + self.viewport().height()) // row)
        if wanted:
            self.wanted.emit(wanted)

    def _tell(self) -> None:
        if self.number is not None:
            self.chosen.emit(self.number)

    def _activate(self) -> None:
        if self.number is not None:
            self.activatedNumber.emit(self.number)
