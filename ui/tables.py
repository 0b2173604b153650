"""Tables and lists of one look: quiet, walked by keys, rows that follow the size of letters, a bar beside the one that
is chosen."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPainter, QPalette, QResizeEvent
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
# Rows whose texts are measured, from the top and from the first in sight; signs of a text that are.
_MEASURED = 200
_LONGEST = 400
# What is left of a text that gives way.
_LEAST_LETTERS = 14
# Of the room, for a name while something is cut.
_SHARE = 4
_OTHER_LETTERS = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.Show)


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


class ColumnWidths(QObject):
    """Columns as wide as their heads and the widest of their texts; one takes the room that is left. Follows the rows,
    the letters and the room; a column that was dragged stays as it was put.

    Dates, ids and numbers are never cut: where room is short the column `stretch` gives way first, then those of
    `elastic` (names, kinds), down to their heads; then the table scrolls sideways.
    """

    def __init__(self, view: QTableView, stretch: int, elastic: Collection[int] = ()) -> None:
        super().__init__(view)
        self._view, self._stretch, self._elastic = view, stretch, frozenset(elastic)
        self._widest: dict[int, int] = {}
        self._dragged: dict[int, int] = {}
        self._fitting = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fit)
        header, model = view.horizontalHeader(), view.model()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._resized)
        for told in (model.modelReset, model.headerDataChanged, model.columnsInserted, model.columnsRemoved):
            told.connect(self._anew)
        for told in (model.dataChanged, model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            told.connect(self._later)
        view.verticalScrollBar().valueChanged.connect(lambda: self._later() if model.rowCount() > _MEASURED else None)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other letters are measured anew; another room is shared out at once."""
        if watched is self._view and event.type() in _OTHER_LETTERS:
            self._anew()
        elif watched is not self._view and event.type() is QEvent.Type.Resize:
            self._share()
        return False

    def fit(self) -> None:
        """Measure and share out the room. Columns only grow until rows come anew: nothing jumps while one scrolls."""
        self._view.ensurePolished()
        header = self._view.horizontalHeader()
        header.ensurePolished()
        for column in range(header.count()):
            if not header.isSectionHidden(column):
                wide = max(header.sectionSizeHint(column), self._widest_text(column))
                self._widest[column] = max(wide, self._widest.get(column, 0))
        self._share()

    def _anew(self) -> None:
        self._widest.clear()
        self._soon.start()

    def _later(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _resized(self, column: int, before: int, after: int) -> None:
        if self._fitting:
            return
        if not (before and after):
            self._later()
        elif QGuiApplication.mouseButtons() and column != self._stretch:
            self._dragged[column] = after
            self._share()

    def _widest_text(self, column: int) -> int:
        """In pixels, with padding and sign. Letters are cheap to measure, a whole cell is not: only the widest text of
        each font is asked for its cell."""
        view, model = self._view, self._view.model()
        last = model.rowCount() - 1
        first = view.rowAt(0)
        end = view.rowAt(view.viewport().height() - 1)
        seen = range(max(first, _MEASURED), (last if end < 0 else end) + 1) if last >= _MEASURED else range(0)
        widest: dict[str, tuple[int, QModelIndex]] = {}
        for row in (*range(min(last + 1, _MEASURED)), *seen[:_MEASURED]):
            index = model.index(row, column)
            font = index.data(Qt.ItemDataRole.FontRole)
            letters = QFontMetrics(font) if isinstance(font, QFont) else view.fontMetrics()
            key = font.key() if isinstance(font, QFont) else ""
            wide = letters.horizontalAdvance(str(index.data() or "")[:_LONGEST])
            if wide > widest.get(key, (-1, index))[0]:
                widest[key] = (wide, index)
        cells = (max(view.sizeHintForIndex(index).width(), wide + _PADDING) for wide, index in widest.values())
        return max(cells, default=0) + GRID

    def _share(self) -> None:
        header = self._view.horizontalHeader()
        shown = [column for column in self._widest if column < header.count() and not header.isSectionHidden(column)]
        if self._fitting or not shown:
            return
        widths = {column: self._dragged.get(column, self._widest[column]) for column in shown}
        room = self._view.viewport().width()
        least = _LEAST_LETTERS * self._view.fontMetrics().averageCharWidth() + _PADDING
        if sum(widths.values()) > room:
            # One long name in hundreds does not take the room of every subject.
            for column in self._elastic & widths.keys():
                widths[column] = min(widths[column], max(header.sectionSizeHint(column), least, room // _SHARE))
        if self._stretch in widths:
            others = sum(widths.values()) - widths[self._stretch]
            widths[self._stretch] = max(room - others, min(widths[self._stretch], least))
        for column in sorted(self._elastic & widths.keys(), key=lambda each: -widths[each]):
            over = sum(widths.values()) - room
            floor = min(widths[column], max(header.sectionSizeHint(column), least))
            widths[column] = max(floor, widths[column] - max(0, over))
        self._fitting = True
        for column, width in widths.items():
            header.resizeSection(column, width)
        self._fitting = False


def fit_columns(view: QTableView, stretch: int, elastic: Collection[int] = ()) -> ColumnWidths:
    """Columns of a table that has its model, from now on as wide as their words; see `ColumnWidths`."""
    return ColumnWidths(view, stretch, elastic)


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
