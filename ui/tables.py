"""Tables and lists of one look: quiet, walked by keys, rows that follow the size of letters, a bar beside the one that
is chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from models.text_table import TONE
from ui.theme import GRID, Theme

Index = QModelIndex | QPersistentModelIndex
_ROW = 7 * GRID
_BAR = GRID - 1
# Of a cell, at both sides together, as the style sheet has it.
_PADDING = 4 * GRID


class QuietDelegate(QStyledItemDelegate):
    """Rows are chosen, not cells: no frame around the one under the cursor, a bar at the left of the row."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # Words that wrap are measured in the whole cell, and drawn between its padding: the last one would be cut.
        within = QStyleOptionViewItem(option)
        within.rect = option.rect.adjusted(0, 0, -_PADDING, 0)
        return super().sizeHint(within, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        view = option.widget
        first = not isinstance(view, QTableView) or view.horizontalHeader().sectionPosition(index.column()) == 0
        if first and option.state & QStyle.StateFlag.State_Selected:
            place = option.rect
            accent = option.palette.color(QPalette.ColorRole.Accent)
            painter.fillRect(place.left(), place.top(), _BAR, place.height(), accent)


class ToneDelegate(QuietDelegate):
    """The stock cell in the colour of the theme that the model names."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        colour = getattr(self._theme, index.data(TONE) or "", None)
        if isinstance(colour, QColor):
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, colour)


class QuietTable(QTableView):
    """Says when its width is another one: rows whose words wrap have to be measured again."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()


def quiet_table(name: str, *, wraps: bool = False) -> QuietTable:
    """A table without grid and row numbers; one row can be chosen. `wraps`: long cells take several lines."""
    view = QuietTable()
    dress_quiet(view, name, wraps=wraps)
    return view


def dress_quiet(view: QTableView, name: str, *, wraps: bool = False) -> None:
    """Make a table a quiet one."""
    view.setAccessibleName(name)
    view.setItemDelegate(QuietDelegate(view))
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setProperty("padded", True)
    view.setShowGrid(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.setWordWrap(wraps)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.verticalHeader().hide()
    view.horizontalHeader().setHighlightSections(False)


def row_height(view: QTableView) -> int:
    """Letters may be large: rows follow them."""
    return max(_ROW, view.fontMetrics().height() + 2 * GRID)


def fit_rows(view: QTableView, rows: int) -> None:
    """As high as so many rows, and no scroll bar within the page."""
    row = row_height(view)
    view.verticalHeader().setDefaultSectionSize(row)
    view.setFixedHeight(view.horizontalHeader().sizeHint().height() + rows * row + 2)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def end_with_rows(view: QTableView) -> None:
    """No higher than its rows, whatever room there is: below the last one the page goes on."""
    header = view.horizontalHeader()
    beside = view.horizontalScrollBar().sizeHint().height() if header.length() > view.viewport().width() else 0
    if view.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        beside = 0
    view.setMaximumHeight(header.sizeHint().height() + view.verticalHeader().length() + beside + 2)


def set_columns(view: QTableView, letters: Mapping[int, int], stretch: int) -> None:
    """Widths in letters; the column `stretch` takes what is left."""
    header = view.horizontalHeader()
    width = view.fontMetrics().averageCharWidth()
    for place in range(header.count()):
        if place == stretch:
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        else:
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(place, width * letters.get(place, 12) + 4 * GRID)


def show_whole(view: QTableView, column: int) -> None:
    """Widen a column of ids to the longest of those in sight: an id is never cut."""
    header = view.horizontalHeader()
    header.resizeSection(column, max(header.sectionSize(column), view.sizeHintForColumn(column)))


def fit_wrapped(view: QTableView) -> None:
    """Rows as high as their words, which wrap, with room between them."""
    low = row_height(view)
    view.verticalHeader().setMinimumSectionSize(low)
    view.resizeRowsToContents()
    for row in range(view.model().rowCount()):
        high = view.rowHeight(row)
        # One line stays as low as in other tables.
        if high > low + GRID // 2:
            view.setRowHeight(row, high + 2 * GRID)
