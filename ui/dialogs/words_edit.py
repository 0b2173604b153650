"""A field for a few words of why; Tab leaves it, pasted formats are left behind."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from console.domain.spoken import said

_LINES = 3


class WordsEdit(QPlainTextEdit):
    """Some lines of plain text with a name for screen readers and a placeholder."""

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None, *, lines: int = _LINES) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        height = QFontMetrics(self.font()).lineSpacing() * lines + 20
        self.setMinimumHeight(height)
        self.setMaximumHeight(height + height // 3)

    def words(self) -> str:
        """What was typed, without blank ends; nothing where there is nothing that can be read."""
        return said(self.toPlainText()) or ""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())
