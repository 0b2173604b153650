"""A table that paints its rows itself, lets columns give way and ticks only what shows time."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import (
    QCursor,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QToolTip, QWidget

from console.domain.instants import SECOND
from console.domain.rows import QueueRow
from console.domain.state import Group
from models.queue_columns import TIME_COLUMNS, Column
from models.queue_model import QueueModel
from models.time_text import left_of, refresh_interval
from ui.queue_view.column_table import ColumnTable
from ui.queue_view.notices import STRIP, ViewState, paint_in_the_middle, paint_strip
from ui.queue_view.row_painter import Layout, Look, Moment, RowPainter
from ui.queue_view.tips import tip
from ui.theme import Theme
from ui.tr import tr


class Density(IntEnum):
    """Height of a row in device-independent pixels."""

    COMPACT = 24
    NORMAL = 28
    COMFORTABLE = 34


class PaintedTable(ColumnTable):
    """Paints the rows of a `QueueModel`; knows nothing of what they are used for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._theme = theme
        self._painter: RowPainter | None = None
        self._layout: Layout | None = None
        self._state, self._state_text = ViewState.READY, ""
        self._empty = ("", "")
        self._hovered = -1
        self._tick = QTimer(self, singleShot=True)
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._repaint_times)
        self._looking = QTimer(self, singleShot=True, interval=0)
        self._looking.timeout.connect(self._tell_what_is_visible)
        self._dress()

    def _dress(self) -> None:
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setMouseTracking(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(1)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(Density.NORMAL)

    def _show(self, model: QueueModel) -> None:
        self._queue = model
        self._renew_painter()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self._heads.set_theme(theme)
        self._renew_painter()

    def show_looked(self, looked: Mapping[int, int]) -> None:
        """Mark the tickets that have changed since these revisions, by ticket id."""
        if self._queue is not None:
            self._queue.cells.looked = looked
            self.viewport().update()

    def set_density(self, density: Density) -> None:
        """Set the height of the rows."""
        self.verticalHeader().setDefaultSectionSize(density)
        self._lay_out()

    def set_state(self, state: ViewState, text: str = "") -> None:
        """Say how far the rows can be trusted; `text` is one sentence for the user, none needed when ready."""
        self._state, self._state_text = state, text
        self.updateGeometries()
        self.viewport().update()

    def set_empty(self, title: str, hint: str = "") -> None:
        """What stands there while the queue has no tickets."""
        self._empty = (title, hint)
        self.viewport().update()

    def visible_rows(self) -> range:
        """The rows of which at least a part is in sight."""
        return self._rows_between(0, self.viewport().height() - 1)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that the event touches, then see when the next text changes."""
        self.executeDelayedItemsLayout()
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.fillRect(area, self._theme.surface)
        rows = self._rows_between(area.top(), area.bottom())
        if self._queue is not None and self._painter is not None and len(rows):
            self._paint_rows(painter, self._queue, self._painter, rows)
        room = self.viewport().rect()
        if self.model() is None or self.model().rowCount() == 0:
            loading = self._state is ViewState.LOADING
            title, hint = (self._state_text or tr("Loading the queue"), "") if loading else self._empty
            paint_in_the_middle(painter, room, self._theme, self.font(), title, hint)
        elif self._has_strip():
            paint_strip(painter, room, self._theme, self.font(), self._state_text)
        painter.end()

    def _paint_rows(self, painter: QPainter, queue: QueueModel, rows_of: RowPainter, rows: range) -> None:
        now = queue.now()
        moment = Moment(now, queue.cells.day(now))
        layout = self._layout_now()
        height = layout.height
        y = rows.start * height - self.verticalHeader().offset()
        chosen, current = self.selectionModel(), self.currentIndex().row() if self.hasFocus() else -1
        lefts: list[int | None] = []
        for row, ticket_id in enumerate(queue.ticketsAt(rows.start, rows.stop), rows.start):
            content = queue.rowData(row)
            look = Look(chosen.isSelected(queue.index(row, 0)), row == current, row == self._hovered)
            rows_of.paint(painter, y, ticket_id, content, look, layout, moment)
            y += height
            if content is not None:
                lefts += self._changing(content, layout, now)
        self._arm(refresh_interval(lefts))
        self._looking.start()

    def _changing(self, row: QueueRow, layout: Layout, now: int) -> list[int | None]:
        """What is left of the texts of this row that change by themselves."""
        lefts = [left_of(row, now)] if row.group == Group.RUNNING else []
        if row.escalation_s is not None and layout.box(Column.ASKED) is not None:
            # It grows, as overdue time does.
            lefts.append((row.review_s or row.escalation_s) * SECOND - now)
        return lefts

    def _arm(self, interval: int | None) -> None:
        if interval is not None and (not self._tick.isActive() or interval < self._tick.remainingTime()):
            self._tick.start(interval)

    def _repaint_times(self) -> None:
        # Where nobody can see it, no paint event comes, and the next one begins anew.
        for column in TIME_COLUMNS:
            if not self.isColumnHidden(column):
                x, width = self.columnViewportPosition(column), self.columnWidth(column)
                self.viewport().update(x, 0, width, self.viewport().height())

    def _rows_between(self, top: int, bottom: int) -> range:
        height, offset = self.verticalHeader().defaultSectionSize(), self.verticalHeader().offset()
        count = self._queue.rowCount() if self._queue is not None else 0
        return range(min(count, (top + offset) // height), min(count, (bottom + offset) // height + 1))

    def _update_row(self, row: int) -> None:
        if row >= 0:
            height = self.verticalHeader().defaultSectionSize()
            y = row * height - self.verticalHeader().offset()
            self.viewport().update(QRect(0, y, self.viewport().width(), height))

    def _layout_now(self) -> Layout:
        ratio = self.devicePixelRatioF()
        if self._layout is None or self._layout_moved or self._layout.ratio != ratio:
            boxes = tuple(
                (column, self.columnViewportPosition(column), self.columnWidth(column))
                for column in Column
                if not self.isColumnHidden(column)
            )
            height = self.verticalHeader().defaultSectionSize()
            layout = Layout(self.viewport().width(), height, boxes, ratio)
            # Pixmaps belong to one layout: an equal one must not throw them away.
            self._layout = self._layout if layout == self._layout else layout
            self._layout_moved = False
        return self._layout

    def _renew_painter(self) -> None:
        self._number_width = 0
        if self._queue is not None:
            self._painter = RowPainter(self._theme, self.font(), self._queue.cells)
        self._lay_out()
        self.viewport().update()

    def _tell_what_is_visible(self) -> None:
        if self._queue is None or self._painter is None:
            return
        rows = self.visible_rows()
        # A page on each side, so that scrolling finds rows and not gaps.
        self._queue.setVisibleRows(rows.start - len(rows), rows.stop + len(rows))
        known = [content for row in rows if (content := self._queue.rowData(row)) is not None]
        widest = max((self._painter.number_width(content) for content in known), default=0)
        # It only grows: columns that come and go with the rows would be worse than a wide one.
        if widest > self._number_width:
            self._number_width = widest
            self._lay_out()

    def _has_strip(self) -> bool:
        return self._state is not ViewState.READY and bool(self._state_text)

    # Qt's events

    def updateGeometries(self) -> None:
        """Room to scroll the last row out from under the strip at the foot."""
        super().updateGeometries()
        if self._has_strip() and self._queue is not None:
            height = self._queue.rowCount() * self.verticalHeader().defaultSectionSize()
            self.verticalScrollBar().setMaximum(max(0, height + STRIP - self.viewport().height()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer is lit."""
        super().mouseMoveEvent(event)
        self._hover_at(event.position().toPoint())

    def viewportEvent(self, event: QEvent) -> bool:
        """A tool tip shows the text that was cut off, and of times all that is known."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        if event.type() is QEvent.Type.Leave:
            self._hover_at(QPoint(-1, -1))
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The row under the pointer is another one then."""
        super().scrollContentsBy(dx, dy)
        if self._hovered >= 0:
            self._hover_at(self.viewport().mapFromGlobal(QCursor.pos()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns give way or come back."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Another font is another painter."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._renew_painter()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The mark of the current row shows who has the keyboard."""
        super().focusInEvent(event)
        self._update_row(self.currentIndex().row())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """See `focusInEvent`."""
        super().focusOutEvent(event)
        self._update_row(self.currentIndex().row())

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing ticks where nobody looks."""
        super().hideEvent(event)
        self._tick.stop()
        self._looking.stop()

    def _hover_at(self, point: QPoint) -> None:
        inside = self.viewport().rect().contains(point)
        rows = self._rows_between(point.y(), point.y()) if inside else range(0)
        row = rows.start if len(rows) else -1
        if row != self._hovered:
            before, self._hovered = self._hovered, row
            self._update_row(before)
            self._update_row(row)

    def _show_tip(self, event: QHelpEvent) -> None:
        index = self.indexAt(event.pos())
        row = self._queue.rowData(index.row()) if self._queue is not None and index.isValid() else None
        shown = ""
        if self._queue is not None and self._painter is not None and row is not None:
            column, now = Column(index.column()), self._queue.now()
            cut = self._painter.text_is_cut(row, column, self.columnWidth(column), now)
            shown = tip(self._queue.cells, row, column, cut, now)
        QToolTip.showText(event.globalPos(), shown, self.viewport(), self.visualRect(index))
