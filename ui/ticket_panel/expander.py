"""A button in a line of text that shows or hides what stands below it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import GRID, Theme, Type, font

_SHOWN = "▾"
_HIDDEN = "▸"


class Expander(QAbstractButton):
    """Checked: shown. Its arrow says so as well."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_label(self, text: str) -> None:
        """What is behind it."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font(self.font(), Type.SMALL))
        return QSize(metrics.horizontalAdvance(self._shown()) + 2 * GRID, metrics.height() + GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(6 * GRID, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(self.font(), Type.SMALL))
        painter.setPen(self._theme.accent)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect().adjusted(GRID // 2, 0, 0, 0), flags, self._shown())
        if self.hasFocus():
            painter.setPen(QPen(self._theme.accent, 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), GRID // 2, GRID // 2)
        painter.end()

    def _shown(self) -> str:
        return f"{_SHOWN if self.isChecked() else _HIDDEN} {self.text()}"
