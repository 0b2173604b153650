"""A list to choose from, with an arrow that is seen in both themes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
    QStylePainter,
    QWidget,
)

from ui.theme import GRID

# The margins of the style sheet and the arrow.
_BESIDE_TEXT = 10 * GRID
_FEWEST_LETTERS = 12
_MOST_ROWS = 10


class _Rows(QStyledItemDelegate):
    """Rows with air above and below, as in menus."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(0, 2 * GRID)


class ChoiceBox(QComboBox):
    """`name` is for screen readers. With `wide` it takes the room there is, whatever the longest choice is; else it is
    as wide as the longest choice. Letters that are typed choose, where the window has keys of the same letters."""

    def __init__(self, name: str, placeholder: str = "", *, wide: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setMaxVisibleItems(_MOST_ROWS)
        self.setItemDelegate(_Rows(self))
        if wide:
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self.setMinimumContentsLength(_FEWEST_LETTERS)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def showPopup(self) -> None:
        """The list stands at its full height below the field, or above it where the screen ends."""
        super().showPopup()
        view = self.view()
        popup = view.window()
        # Some styles show a list of one line more than they made room for, and over the field.
        rows = min(self.count(), self.maxVisibleItems())
        tall = sum(view.sizeHintForRow(row) for row in range(rows)) + popup.height() - view.viewport().height()
        tall = max(tall, popup.minimumHeight())
        screen = self.screen().availableGeometry()
        below = self.mapToGlobal(self.rect().bottomLeft()).y() + 1
        above = self.mapToGlobal(self.rect().topLeft()).y()
        top = below
        if below + tall > screen.bottom() + 1 and above - screen.top() > screen.bottom() + 1 - below:
            tall = min(tall, above - screen.top())
            top = above - tall
        wide = max(popup.width(), self.width())
        left = max(screen.left(), min(self.mapToGlobal(QPoint(0, 0)).x(), screen.right() + 1 - wide))
        popup.setGeometry(left, top, wide, min(tall, screen.bottom() + 1 - top))
        view.scrollTo(view.currentIndex())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain and event.text().isprintable() and event.text():
                event.accept()
                return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """What is chosen ends in an ellipsis where it is too long. The style sheet leaves no arrow; this one has the
        colour of the text in any theme."""
        shown = QStyleOptionComboBox()
        self.initStyleOption(shown)
        if self.currentIndex() < 0 and self.placeholderText():
            shown.palette.setBrush(QPalette.ColorRole.ButtonText, self.palette().placeholderText())
            shown.currentText = self.placeholderText()
        room = self.width() - _BESIDE_TEXT
        shown.currentText = self.fontMetrics().elidedText(shown.currentText, Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, shown)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, shown)
        middle = QPointF(self.width() - 3.5 * GRID, self.height() / 2 + 1)
        arrow = [middle + QPointF(x, y) for x, y in ((-GRID, -GRID / 2), (0, GRID / 2), (GRID, -GRID / 2))]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().text().color(), 1.6))
        painter.drawPolyline(arrow)
        painter.end()
