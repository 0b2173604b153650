"""The heads of the columns: name and sort mark beside each other, aligned like the cells below."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget

from models.queue_columns import RIGHT, Column
from ui.queue_view.columns import MARGIN
from ui.theme import GRID, Theme, Type, font

MARK = 7


class Heads(QHeaderView):
    """Painted by hand, because a stock header draws its sort mark over a name on the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(7 * GRID)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """One head: its name, and the mark where the rows are sorted by it."""
        theme = self._theme
        painter.fillRect(rect, theme.background)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.line)
        sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        text = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        painter.setFont(font(self.font(), Type.SMALL, bold=sorted_by))
        painter.setPen(theme.text if sorted_by else theme.muted)
        right = Column(logicalIndex) in RIGHT
        room = rect.adjusted(MARGIN, 0, -MARGIN, 0)
        width = min(painter.fontMetrics().horizontalAdvance(text), room.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text)
        if sorted_by:
            x = room.right() - width - GRID - MARK if right else room.left() + width + GRID
            self._draw_mark(painter, x, rect.center().y())

    def _draw_mark(self, painter: QPainter, x: float, y: float) -> None:
        # Small above, large below: the mark points up.
        up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        tip, foot = (y - 2, y + 2) if up else (y + 2, y - 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.text)
        painter.drawPolygon(QPolygonF([QPointF(x, foot), QPointF(x + MARK, foot), QPointF(x + MARK / 2, tip)]))
        painter.restore()
