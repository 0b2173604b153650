"""The line across the top: name, pages, find, who is on duty, and whether it is live."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QWidget

from ui.find_box import FindBox
from ui.indicator import Indicator
from ui.role_menu import RoleMenu
from ui.theme import GRID, Theme
from ui.tr import tr

HEIGHT = 11 * GRID


class TopBar(QWidget):
    """Emits `pageChosen` with the code of a page; `find_box`, `duty` and `indicator` are its parts."""

    pageChosen = Signal(str)

    def __init__(
        self, pages: Sequence[tuple[str, str, str]], theme: Theme, zone: tzinfo, parent: QWidget | None = None
    ) -> None:
        """`pages` are (code, words, key)."""
        super().__init__(parent)
        self._theme = theme
        self.find_box = FindBox(self)
        self.indicator = Indicator(theme, zone, self)
        self.duty = RoleMenu(self)
        name = QLabel(tr("Shift Console"), self)
        name.setProperty("type", "title")
        self._tabs = QButtonGroup(self)
        self._by_code: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * GRID, 0, 2 * GRID, 0)
        row.setSpacing(GRID)
        row.addWidget(name)
        row.addSpacing(4 * GRID)
        for code, words, key in pages:
            row.addWidget(self._tab(code, words, key), 0)
        row.addSpacing(2 * GRID)
        row.addWidget(self.find_box, 3)
        row.addStretch(1)
        row.addWidget(self.duty)
        row.addSpacing(GRID)
        row.addWidget(self.indicator)
        self.setFixedHeight(HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours from now on."""
        self._theme = theme
        self.indicator.set_theme(theme)
        self.update()

    def show_page(self, code: str) -> None:
        """Mark the tab of this page."""
        self._by_code[code].setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line below, and a bar under the tab that is shown."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.background)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.line)
        tab = self._tabs.checkedButton()
        if tab is not None:
            place = tab.geometry()
            painter.fillRect(place.left() + GRID, self.height() - 3, place.width() - 2 * GRID, 3, self._theme.accent)
        painter.end()

    def _tab(self, code: str, words: str, key: str) -> QToolButton:
        tab = QToolButton(self)
        tab.setText(words)
        tab.setToolTip(key)
        tab.setCheckable(True)
        tab.setAutoRaise(True)
        tab.setFixedHeight(HEIGHT - GRID)
        tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tab.setProperty("tab", True)
        tab.clicked.connect(lambda: self.pageChosen.emit(code))
        tab.toggled.connect(lambda: self.update())
        self._tabs.addButton(tab)
        self._by_code[code] = tab
        return tab
