"""A combo box whose arrow is seen in any theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox

from ui.theme import GRID


class ArrowBox(QComboBox):
    """The style sheet leaves no arrow; this one has the colour of the text. Letters that are typed choose, where the
    window has keys of the same letters."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain and event.text().isprintable() and event.text():
                event.accept()
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        middle = QPointF(self.width() - 3.5 * GRID, self.height() / 2 + 1)
        arrow = [middle + QPointF(x, y) for x, y in ((-GRID, -GRID / 2), (0, GRID / 2), (GRID, -GRID / 2))]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().text().color(), 1.6))
        painter.drawPolyline(arrow)
        painter.end()
