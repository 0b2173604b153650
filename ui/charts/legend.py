"""What the patterns of a chart mean: one quiet line of patches with their words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.charts.bar_list import paint_part
from ui.theme import GRID, Theme, Type, font

_PATCH = QSize(4 * GRID, 2 * GRID)
_BEFORE_WORDS = GRID + GRID // 2


class ChartLegend(QWidget):
    """Drawn as the bars are; screen readers get its words, though each bar says its numbers itself."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.entries: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """Each is the code of a part of a bar and its words."""
        self.entries = tuple(entries)
        self.setAccessibleName(", ".join(words for _, words in self.entries))
        self.setVisible(bool(self.entries))
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        metrics = QFontMetrics(font(self.font(), Type.SMALL))
        return QSize(sum(_width(metrics, words) for _, words in self.entries), metrics.height() + GRID)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Patch, word, patch, word."""
        painter = QPainter(self)
        painter.setFont(font(self.font(), Type.SMALL))
        x, metrics = 0, painter.fontMetrics()
        for code, words in self.entries:
            top = (self.height() - _PATCH.height()) // 2
            paint_part(painter, QRectF(x, top, _PATCH.width(), _PATCH.height()), self._theme, code)
            painter.setPen(self._theme.muted)
            base = (self.height() + metrics.ascent() - metrics.descent()) // 2
            painter.drawText(x + _PATCH.width() + _BEFORE_WORDS, base, words)
            x += _width(metrics, words)
        painter.end()


def _width(metrics: QFontMetrics, words: str) -> int:
    return _PATCH.width() + _BEFORE_WORDS + metrics.horizontalAdvance(words) + 4 * GRID
