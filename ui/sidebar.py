"""The left side: queues and how much is in each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.queue_names import OPEN, Names, QueueEntry, Shape
from ui.shapes import draw_shape
from ui.sidebar_model import COUNT_ROLE, ENTRY_ROLE, SidebarModel
from ui.theme import GRID, Theme, Type, font
from ui.tr import grouped, tr

Index = QModelIndex | QPersistentModelIndex

ROW = 7 * GRID
WIDTH = 44 * GRID
_SHAPE = 3 * GRID


class Sidebar(QListView):
    """Emits `queueChosen` with the code of the queue that became the current one, by mouse or by key."""

    queueChosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = SidebarModel(self)
        self._painter = _SidebarDelegate(theme, self)
        self._code = OPEN
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(38 * GRID)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setAccessibleName(tr("Queues"))
        self.setObjectName("sidebar")
        self._model.modelReset.connect(self._show_code)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self._show_code()

    @property
    def code(self) -> str:
        """The code of the chosen queue."""
        return self._code

    def sizeHint(self) -> QSize:
        """Wide enough for the longest of our own words with a count."""
        return QSize(WIDTH, 20 * ROW)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours from now on."""
        self._painter.theme = theme
        self.viewport().update()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many tickets are in each queue, by code."""
        self._model.set_counts(counts)

    def set_names(self, names: Names) -> None:
        """The names of plans, once they are known."""
        self._model.set_names(names)

    def choose(self, code: str) -> None:
        """Make a queue the current one; one that has no line (a group now empty) stays as it is."""
        row = self._model.row_of(code)
        if row is not None:
            self.setCurrentIndex(self._model.index(row))

    def _show_code(self) -> None:
        row = self._model.row_of(self._code)
        if row is None:
            row = self._model.row_of(OPEN)
        if row is not None:
            self.setCurrentIndex(self._model.index(row))

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        entry: QueueEntry | None = current.data(ENTRY_ROLE) if current.isValid() else None
        if entry is not None and entry.code is not None and entry.code != self._code:
            self._code = entry.code
            self.queueChosen.emit(entry.code)


class _SidebarDelegate(QStyledItemDelegate):
    """Shape, word, count: one line each."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: QueueEntry = index.data(ENTRY_ROLE)
        place = QRect(option.rect)
        base = option.font
        painter.save()
        if entry.code is None:
            self._heading(painter, place, font_small=font(base, Type.SMALL), title=entry.title)
        else:
            self._queue(painter, place, option, entry, index.data(COUNT_ROLE))
        painter.restore()

    def _heading(self, painter: QPainter, place: QRect, font_small: QFont, title: str) -> None:
        painter.setFont(font_small)
        painter.setPen(self.theme.muted)
        inner = place.adjusted(4 * GRID, 2 * GRID, -3 * GRID, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        left = inner.left() + painter.fontMetrics().horizontalAdvance(title) + 2 * GRID
        painter.setPen(self.theme.line)
        painter.drawLine(left, inner.center().y(), inner.right(), inner.center().y())

    def _queue(
        self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, entry: QueueEntry, count: int | None
    ) -> None:
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, self.theme.selection if chosen else self.theme.hover)
        if chosen:
            painter.fillRect(place.left(), place.top(), GRID - 1, place.height(), self.theme.accent)
        quiet = not count
        ink = self.theme.selection_text if chosen else self.theme.text
        tone = self.theme.muted if quiet else getattr(self.theme, entry.tone)
        left = place.left() + 4 * GRID
        if entry.shape is not Shape.NONE:
            top = place.center().y() - _SHAPE / 2 + 0.5
            draw_shape(painter, entry.shape, QRectF(left, top, _SHAPE, _SHAPE), tone)
        number = "" if count is None else grouped(count)
        loud = not quiet and entry.tone in ("accent", "overdue", "soon")
        painter.setFont(font(option.font, Type.BODY, bold=loud, tabular=True))
        metrics = painter.fontMetrics()
        number_width = metrics.horizontalAdvance(number)
        # Queues of groups and plans have no shapes: they stand under their heading.
        indent = _SHAPE + 2 * GRID if entry.key is not None else 0
        inner = place.adjusted(4 * GRID + indent, 0, -3 * GRID, 0)
        painter.setPen(tone if loud or quiet else ink)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number)
        words = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, inner.width() - number_width - 2 * GRID)
        painter.setPen(self.theme.muted if quiet and not chosen else ink)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
