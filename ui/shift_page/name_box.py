"""A name to choose from those that are known, or to type."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from ui.choice_box import ChoiceBox


class NameBox(ChoiceBox):
    """Letters that are typed offer the names that hold them."""

    def __init__(self, name: str, known: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.setEditable(True)
        self.setInsertPolicy(ChoiceBox.InsertPolicy.NoInsert)
        self.addItems(list(known))
        self._known = tuple(known)
        offering = QCompleter(self.model(), self)
        self.offered = QListView()
        offering.setPopup(self.offered)
        offering.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        offering.setFilterMode(Qt.MatchFlag.MatchContains)
        offering.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(offering)
        self.setCurrentIndex(-1)

    def name(self) -> str:
        """What is chosen or typed; a known name as it is written."""
        typed = self.currentText().strip()
        return next((each for each in self._known if each.casefold() == typed.casefold()), typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the list, as in a list that takes no letters; Esc closes what is open, and no more."""
        offered = self.offered.isVisible()
        if event.key() == Qt.Key.Key_Escape and (offered or self.view().isVisible()):
            self.hidePopup()
            self.offered.hide()
            event.accept()
        elif event.key() == Qt.Key.Key_Down and not offered and not self.currentText():
            self.showPopup()
        else:
            super().keyPressEvent(event)
