"""The list of decisions that are alike and went different ways: what they share, and below how they went."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from models.parting_model import PARTING_ROLE, PartingLine, PartingModel
from ui.theme import GRID, PAGE_MARGIN, Theme, Type, font

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PartingList(QListView):
    """Looks as the queues at the left of the window do."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.lines = PartingModel()
        self.lines.setParent(self)
        self._painter = _PartingDelegate(theme, self)
        self.setModel(self.lines)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours from now on."""
        self._painter.theme = theme
        self.viewport().update()


class _PartingDelegate(QStyledItemDelegate):
    """The bar at the left is the one of the queues."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        small = QFontMetrics(font(option.font, Type.SMALL))
        return QSize(40 * GRID, option.fontMetrics.height() + small.height() + 4 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(PARTING_ROLE)
        if not isinstance(line, PartingLine):
            return
        theme, place = self.theme, QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, theme.selection if chosen else theme.hover)
        if chosen:
            painter.fillRect(place.left(), place.top(), GRID - 1, place.height(), theme.accent)
        inner = place.adjusted(PAGE_MARGIN, 2 * GRID, -2 * GRID, -2 * GRID)
        first = QRect(inner.topLeft(), QSize(inner.width(), option.fontMetrics.height()))
        painter.setFont(option.font)
        painter.setPen(theme.selection_text if chosen else theme.text)
        _draw(painter, first, line.shared)
        painter.setFont(font(option.font, Type.SMALL))
        painter.setPen(theme.selection_text if chosen else theme.muted)
        _draw(painter, inner.adjusted(0, first.height(), 0, 0), line.went)
        painter.restore()


def _draw(painter: QPainter, place: QRect, words: str) -> None:
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, _LEFT, shown)
