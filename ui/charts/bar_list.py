"""A bar chart that is a list: walked by keys, read by screen readers, opened as its rows.

Parts of a bar differ by pattern as well as by colour, and every bar has its numbers beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from models.chart_model import LINE_ROLE, ChartLine, ChartModel
from ui.theme import GRID, Theme

Index = QModelIndex | QPersistentModelIndex
ROW = 7 * GRID
_BAR = 3 * GRID
# Of the width, at most: words take what they need, bars what is left.
_LABEL_SHARE = 0.3
_SAID_SHARE = 0.62

_LOOKS: Mapping[str, tuple[str, Qt.BrushStyle]] = MappingProxyType(
    {
        "first": ("calm", Qt.BrushStyle.SolidPattern),
        "second": ("calm", Qt.BrushStyle.BDiagPattern),
        "third": ("paused", Qt.BrushStyle.SolidPattern),
        "fourth": ("paused", Qt.BrushStyle.BDiagPattern),
        "other": ("muted", Qt.BrushStyle.Dense6Pattern),
        "alarm": ("overdue", Qt.BrushStyle.SolidPattern),
    }
)
"""A colour of the theme and a pattern for the code of a part."""


class BarList(QListView):
    """Emits `opened` with the row of a bar that is clicked or on which Return is pressed."""

    opened = Signal(int)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars = ChartModel()
        self.bars.setParent(self)
        self._painter = _BarDelegate(theme, self)
        self.setModel(self.bars)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def show_lines(self, lines: Sequence[ChartLine]) -> None:
        """Show other bars; the list is as high as they are."""
        self.bars.show_lines(lines)
        self.setFixedHeight(max(1, len(lines)) * row_height(self.fontMetrics()))

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours from now on."""
        self._painter.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens; letters belong to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
            return
        if event.text() and event.text().isprintable() and not event.text().isspace():
            event.ignore()
            return
        super().keyPressEvent(event)


class _BarDelegate(QStyledItemDelegate):
    """Label, bar, numbers."""

    def __init__(self, theme: Theme, view: BarList) -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the letters ask for."""
        return QSize(80 * GRID, row_height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One bar; the chosen one on the colour of selection, with a frame where the list has the keyboard."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, ChartLine):
            return
        painter.save()
        theme, rect = self.theme, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            painter.fillRect(rect, theme.selection if chosen else theme.hover)
        painter.setPen(theme.selection_text if chosen else theme.text)
        metrics, lines = option.fontMetrics, self._view.bars.lines
        widest = [max(metrics.horizontalAdvance(word) for word in words) + 1 for words in _columns(lines)]
        label, bar, said = _places(rect, *widest)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(label, left, metrics.elidedText(line.label, Qt.TextElideMode.ElideRight, label.width()))
        painter.drawText(said, left, metrics.elidedText(line.said, Qt.TextElideMode.ElideRight, said.width()))
        self._paint_bar(painter, bar, line)
        if chosen and bool(option.state & QStyle.StateFlag.State_HasFocus):
            painter.setPen(theme.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_bar(self, painter: QPainter, place: QRect, line: ChartLine) -> None:
        longest = self._view.bars.longest
        painter.fillRect(QRect(place.left(), place.bottom(), place.width(), 1), self.theme.line)
        if not longest:
            return
        x = float(place.left())
        for code, length in line.parts:
            width = place.width() * length / longest
            paint_part(painter, QRectF(x, place.top(), max(1.0, width - 1), place.height()), self.theme, code)
            x += width


def paint_part(painter: QPainter, place: QRectF, theme: Theme, code: str) -> None:
    """A part of a bar: filled, and framed so that a pattern has an edge."""
    name, pattern = _LOOKS.get(code, _LOOKS["other"])
    colour = getattr(theme, name)
    assert isinstance(colour, QColor)
    painter.fillRect(place, theme.surface)
    painter.setPen(colour)
    painter.setBrush(QBrush(colour, pattern))
    painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))


def _columns(lines: Sequence[ChartLine]) -> tuple[list[str], list[str]]:
    return [line.label for line in lines], [line.said for line in lines]


def row_height(metrics: QFontMetrics) -> int:
    """Letters may be large: rows follow them."""
    return max(ROW, metrics.height() + 2 * GRID)


def _places(rect: QRect, label: int, said: int) -> tuple[QRect, QRect, QRect]:
    """Of label, bar and numbers; `label` and `said` are the widths that the longest of them need."""
    inner = rect.adjusted(2 * GRID, 0, -2 * GRID, 0)
    label, said = min(label, round(inner.width() * _LABEL_SHARE)), min(said, round(inner.width() * _SAID_SHARE))
    top = inner.top() + (inner.height() - _BAR) // 2
    middle = QRect(inner.left() + label + 3 * GRID, top, inner.width() - label - said - 6 * GRID, _BAR)
    return (
        QRect(inner.left(), inner.top(), label, inner.height()),
        middle,
        QRect(inner.right() - said + 1, inner.top(), said, inner.height()),
    )
