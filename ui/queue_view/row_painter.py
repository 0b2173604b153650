"""Draws a row of the queue: what stands still once into a pixmap, the time columns anew each time."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap

from console.domain.instants import SECOND
from console.domain.rows import QueueRow
from console.domain.state import Group
from models.queue_cells import QueueCells
from models.queue_columns import RIGHT, TIME_COLUMNS, Column
from models.time_text import Risk, left_of, risk_of
from ui.glyphs import drawable
from ui.queue_view.columns import MARGIN, SHAPE, SHAPE_GAP
from ui.shapes import draw_severity
from ui.theme import Theme, Type, font

# What the pixmaps of rows may take together.
MOST_BYTES = 48 * 1024 * 1024
BAR = 2
MARK = 3
# The dot before the number of a ticket that has changed since one looked at it.
NEW = 4.5
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_ON_THE_LEFT = int(Qt.AlignmentFlag.AlignLeft | _LINE)
_ON_THE_RIGHT = int(Qt.AlignmentFlag.AlignRight | _LINE)
# Read first; the rest stands back.
_STRONG = frozenset({Column.NUMBER, Column.SUBJECT})
# Painted anew each time like what is left, but never louder than it.
_QUIET_TIMES = (Column.WORK_LEFT, Column.ASKED)


class Look(NamedTuple):
    """How a row stands out."""

    selected: bool = False
    current: bool = False
    hovered: bool = False


@dataclass(frozen=True)
class Layout:
    """Where the cells of a row are, in device-independent pixels of the viewport; `ratio` is device pixels to one."""

    width: int
    height: int
    boxes: tuple[tuple[Column, int, int], ...]  # column, x, width
    ratio: float

    def box(self, column: Column) -> tuple[int, int] | None:
        """Where a column begins and how wide it is, none where it is hidden."""
        return next(((x, width) for each, x, width in self.boxes if each is column), None)


class Moment(NamedTuple):
    """The instant of a repaint, microseconds, and the local day it falls on."""

    now: int
    day: int


class _Drawn(NamedTuple):
    row: QueueRow | None
    layout: Layout
    day: int
    pixmap: QPixmap


class RowPainter:
    """Paints rows in one theme and font. A row that did not change is one pixmap and its times."""

    def __init__(self, theme: Theme, base: QFont, cells: QueueCells) -> None:
        self._theme = theme
        self._cells = cells
        self._font = font(base, Type.BODY)
        self._digits = font(base, Type.BODY, tabular=True)
        self._loud = font(base, Type.BODY, bold=True, tabular=True)
        self._metrics = QFontMetrics(self._font)
        self._drawn: OrderedDict[tuple[int, Look], _Drawn] = OrderedDict()

    def text_is_cut(self, row: QueueRow, column: Column, width: int, now: int) -> str:
        """The whole text of a cell that is too narrow for it, blank where it fits."""
        text = self._cells.text(row, column, now)
        room = width - 2 * MARGIN - (SHAPE + SHAPE_GAP if column is Column.SEVERITY else 0)
        return text if self._metrics.horizontalAdvance(text) > room else ""

    def number_width(self, row: QueueRow) -> int:
        """How wide the column of ticket numbers has to be for this one: a number is never cut."""
        return QFontMetrics(self._digits).horizontalAdvance(row.number) + 2 * MARGIN + 2

    def paint(
        self,
        painter: QPainter,
        y: int,
        ticket_id: int,
        row: QueueRow | None,
        look: Look,
        layout: Layout,
        moment: Moment,
    ) -> None:
        """Paint one row at `y`; none for one that is still being fetched."""
        painter.drawPixmap(QPoint(0, y), self._pixmap(ticket_id, row, look, layout, moment))
        place = layout.box(Column.NUMBER)
        if row is not None and place is not None and self._cells.new(row):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.accent)
            painter.drawEllipse(QRectF(place[0], y + (layout.height - NEW) / 2, NEW, NEW))
        if row is not None:
            self._paint_left(painter, y, row, layout, moment.now)
            for column in _QUIET_TIMES:
                self._paint_quiet_time(painter, y, row, column, look, layout, moment.now)

    def _pixmap(self, ticket_id: int, row: QueueRow | None, look: Look, layout: Layout, moment: Moment) -> QPixmap:
        key = (ticket_id, look)
        drawn = self._drawn.get(key)
        # By day, because a deadline of another day than today shows its date.
        if drawn is not None and drawn.row is row and drawn.layout is layout and drawn.day == moment.day:
            self._drawn.move_to_end(key)
            return drawn.pixmap
        pixmap = self._draw(row, look, layout, moment.now)
        self._drawn[key] = _Drawn(row, layout, moment.day, pixmap)
        self._drawn.move_to_end(key)
        room = max(64, int(MOST_BYTES / (4 * max(1, layout.width) * layout.height * layout.ratio**2)))
        while len(self._drawn) > room:
            self._drawn.popitem(last=False)
        return pixmap

    def _draw(self, row: QueueRow | None, look: Look, layout: Layout, now: int) -> QPixmap:
        ratio = layout.ratio
        pixmap = QPixmap(max(1, round(layout.width * ratio)), max(1, round(layout.height * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(self.ground(look))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if look.current:
            painter.fillRect(0, 0, MARK, layout.height, self._theme.accent)
        for column, x, width in layout.boxes:
            if row is None:
                self._draw_waiting(painter, column, x, width, layout.height)
            elif column not in TIME_COLUMNS:
                self._draw_cell(painter, row, column, QRect(x, 0, width, layout.height), look, now)
        painter.end()
        return pixmap

    def _draw_cell(self, painter: QPainter, row: QueueRow, column: Column, box: QRect, look: Look, now: int) -> None:
        text = drawable(self._cells.text(row, column, now), self._metrics)
        box = box.adjusted(MARGIN, 0, -MARGIN, 0)
        colour = self._theme.text if column in _STRONG else self._theme.muted
        if column is Column.SEVERITY:
            colour = self._theme.severity(row.severity)
            shape = QRectF(box.left(), (box.height() - SHAPE) / 2, SHAPE, SHAPE)
            draw_severity(painter, shape, row.severity, colour)
            box.adjust(SHAPE + SHAPE_GAP, 0, 0, 0)
        elif look.selected:
            colour = self._theme.selection_text
        if column is not Column.NUMBER:
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(self._digits if column in RIGHT or column is Column.NUMBER else self._font)
        painter.setPen(colour)
        painter.drawText(box, _flags(column), text)

    def _draw_waiting(self, painter: QPainter, column: Column, x: int, width: int, height: int) -> None:
        if column in (Column.NUMBER, Column.SUBJECT, Column.CUSTOMER):
            bar = QRectF(x + MARGIN, height / 2 - 3, max(0, (width - 2 * MARGIN) * 0.6), 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.line)
            painter.drawRoundedRect(bar, 3, 3)

    def _paint_left(self, painter: QPainter, y: int, row: QueueRow, layout: Layout, now: int) -> None:
        place = layout.box(Column.LEFT)
        text = self._cells.text(row, Column.LEFT, now)
        if place is None or not text:
            return
        x, width = place
        risk = risk_of(row, now)
        colour = self._risk_colour(risk)
        painter.setFont(self._loud if risk in (Risk.OVERDUE, Risk.SOON) else self._digits)
        painter.setPen(colour)
        box = QRect(x + MARGIN, y, width - 2 * MARGIN, layout.height)
        painter.drawText(box, _flags(Column.LEFT), text)
        share = share_used(row, now)
        if share is not None:
            bar = QRect(box.left(), y + layout.height - BAR - 2, box.width(), BAR)
            painter.fillRect(bar, self._theme.line)
            bar.setWidth(round(bar.width() * share))
            painter.fillRect(bar, colour)

    def _paint_quiet_time(
        self, painter: QPainter, y: int, row: QueueRow, column: Column, look: Look, layout: Layout, now: int
    ) -> None:
        place = layout.box(column)
        text = self._cells.text(row, column, now) if place is not None else ""
        if place is None or not text:
            return
        x, width = place
        painter.setFont(self._digits)
        painter.setPen(self._theme.selection_text if look.selected else self._theme.muted)
        painter.drawText(QRect(x + MARGIN, y, width - 2 * MARGIN, layout.height), _flags(column), text)

    def ground(self, look: Look) -> QColor:
        """What a row stands on."""
        if look.selected:
            return self._theme.selection
        return self._theme.hover if look.hovered else self._theme.surface

    def _risk_colour(self, risk: Risk) -> QColor:
        theme = self._theme
        match risk:
            case Risk.OVERDUE:
                return theme.overdue
            case Risk.SOON:
                return theme.soon
            case Risk.NEAR:
                return theme.near
            case Risk.PAUSED:
                return theme.paused
        return theme.calm


def share_used(row: QueueRow, now: int) -> float | None:
    """How much of the promise is used, 0 to 1: of wall time for a running row, of working time for a paused one."""
    if row.group == Group.PAUSED and row.target_work:
        left = left_of(row, now) or 0
        return min(1.0, max(0.0, 1 - left / row.target_work))
    if row.group != Group.RUNNING or row.clock_started_s is None:
        return None
    span = row.due_s - row.clock_started_s
    return 1.0 if span <= 0 else min(1.0, max(0.0, (now / SECOND - row.clock_started_s) / span))


def _flags(column: Column) -> int:
    return _ON_THE_RIGHT if column in RIGHT else _ON_THE_LEFT
