"""The field for a customer, with the customers of that name below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from console.domain.rows import CustomerCard
from ui.theme import GRID
from ui.tr import tr

_MOST_ROWS = 10


class CustomerBox(QLineEdit):
    """`asked` carries a name, number or support code on Enter, or the number of the customer that was chosen."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(tr("Customer by name, number or support code"))
        self.setAccessibleName(tr("Customer by name, number or support code"))
        self.setMaximumWidth(90 * GRID)
        self._found = QStandardItemModel(self)
        self.offered = QListView()
        self.offered.setAccessibleName(tr("Customers of this name"))
        self._offering = QCompleter(self._found, self)
        self._offering.setPopup(self.offered)
        self._offering.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._offering.setMaxVisibleItems(_MOST_ROWS)
        self._offering.setWidget(self)
        self._offering.activated.connect(self._chosen)
        self.returnPressed.connect(self._entered)

    def offer(self, customers: Sequence[CustomerCard]) -> None:
        """Customers to choose from, below the field; none closes the list."""
        self._found.clear()
        for each in customers:
            item = QStandardItem(tr("{name} · {number}", name=each.name, number=each.number))
            item.setData(each.number, Qt.ItemDataRole.UserRole)
            item.setEditable(False)
            self._found.appendRow(item)
        if customers and self.isVisible():
            self._offering.complete()
        else:
            self.offered.hide()

    def _entered(self) -> None:
        # Enter in the list comes here too, before the list tells what was chosen.
        if not (self.offered.isVisible() and self.offered.currentIndex().isValid()):
            self.offered.hide()
            self.asked.emit(self.text())

    def _chosen(self, shown: str) -> None:
        for item in self._found.findItems(shown):
            number = str(item.data(Qt.ItemDataRole.UserRole))
            self.setText(number)
            self.asked.emit(number)
            return
