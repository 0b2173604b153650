"""A part of the panel under a heading, and columns whose widgets stay while what they show changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.text_label import TextLabel
from ui.theme import GRID, Theme, Type

W = TypeVar("W", bound=QWidget)
T = TypeVar("T")


class Section(QWidget):
    """A heading and a column below it."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(title)
        self.title = TextLabel(theme, title, tone="muted", size=Type.SMALL, bold=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GRID)
        self.column.addWidget(self.title)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme; labels are told by the panel."""
        self._theme = theme


class Column(QVBoxLayout, Generic[W, T]):
    """Widgets by key. A widget whose key is there again is kept, with its focus and what is expanded in it."""

    def __init__(self, make: Callable[[], W], update: Callable[[W, T], None]) -> None:
        super().__init__()
        self._make = make
        self._update = update
        self._widgets: dict[Hashable, W] = {}
        self.setContentsMargins(0, 0, 0, 0)

    @property
    def shown(self) -> tuple[W, ...]:
        """The widgets in their order."""
        return tuple(self._widgets.values())

    def fill(self, items: Sequence[tuple[Hashable, T]]) -> None:
        """Shows `items`, (key, value) each, in their order."""
        before = self._widgets
        self._widgets = {}
        for place, (key, item) in enumerate(items):
            widget = before.pop(key, None)
            if widget is None:
                widget = self._make()
            if self.indexOf(widget) != place:
                self.removeWidget(widget)
                self.insertWidget(place, widget)
            self._update(widget, item)
            self._widgets[key] = widget
        for gone in before.values():
            self.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def clear_all(self) -> None:
        """Shows nothing and forgets what was expanded."""
        self.fill(())


class Rule(QWidget):
    """A line that separates."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(1)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.line)
        painter.end()
