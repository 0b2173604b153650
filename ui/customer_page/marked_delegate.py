"""Draws a frame around the cell that the ticket counts by, and lines along the row of its severity."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.plan_model import CURRENT, MARKED
from ui.theme import Theme

_FRAME = 2


class MarkedDelegate(QStyledItemDelegate):
    """The stock cell, framed where the model marks it: shape and weight beside colour."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        rect = option.rect
        if index.data(CURRENT):
            painter.fillRect(rect.x(), rect.y(), rect.width(), 1, self._theme.accent)
            painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, self._theme.accent)
        if index.data(MARKED):
            painter.save()
            painter.setPen(QPen(self._theme.accent, _FRAME))
            painter.drawRect(rect.adjusted(_FRAME // 2, _FRAME // 2, -_FRAME, -_FRAME))
            painter.restore()
