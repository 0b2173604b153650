"""Contracts as a line of time: running solid, ended hatched, ahead outlined; a mark for now and ticks for years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.instants import DAY, from_micros, to_micros
from console.domain.rows import ContractRow
from ui.theme import GRID, Theme, Type, font
from ui.tr import tr

_BAR = 3 * GRID
_GAP = GRID
_SCALE = 5 * GRID
_MOST_LANES = 4
_ROOM = 60 * DAY
# A contract without an end is drawn as far as this beyond now.
_OPEN = 365 * DAY


class ContractLine(QWidget):
    """Contracts that overlap stand in lanes below each other; the chosen one has a frame."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._contracts: tuple[ContractRow, ...] = ()
        self._lanes: tuple[int, ...] = ()
        self._chosen = ""
        self._now = 0
        self.setAccessibleName(tr("Contracts over time"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self.update()

    def show_contracts(self, contracts: Sequence[ContractRow], chosen: str, now: int) -> None:
        """Draws these, the one with the uid `chosen` framed; `now` in microseconds UTC."""
        self._contracts, self._chosen, self._now = tuple(contracts), chosen, now
        self._lanes = lanes(self._contracts, now)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        count = min(_MOST_LANES, max(self._lanes, default=0) + 1)
        return QSize(60 * GRID, count * (_BAR + _GAP) + _SCALE)

    def minimumSizeHint(self) -> QSize:
        return QSize(20 * GRID, self.sizeHint().height())

    def span(self) -> tuple[int, int]:
        """The first and the last instant of the drawing."""
        starts = [each.start_at for each in self._contracts]
        ends = [_end(each, self._now) for each in self._contracts]
        return min([self._now, *starts]) - _ROOM, max([self._now, *ends]) + _ROOM

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._contracts:
            return
        painter = QPainter(self)
        self._draw_years(painter)
        for contract, lane in zip(self._contracts, self._lanes, strict=True):
            if lane < _MOST_LANES:
                self._draw(painter, contract, lane)
        x = self._place(self._now)
        painter.fillRect(QRectF(x - 1, 0, 2, self.height() - _SCALE + GRID), self._theme.text)
        painter.end()

    def _draw(self, painter: QPainter, contract: ContractRow, lane: int) -> None:
        left, right = self._place(contract.start_at), self._place(_end(contract, self._now))
        bar = QRectF(left, lane * (_BAR + _GAP) + 1, max(2.0, right - left - 1), _BAR - 2)
        ended = contract.end_at is not None and contract.end_at <= self._now
        if ended:
            painter.fillRect(bar, QBrush(self._theme.muted, Qt.BrushStyle.BDiagPattern))
        elif contract.start_at <= self._now:
            painter.fillRect(bar, self._theme.calm)
        chosen = contract.uid == self._chosen
        painter.setPen(QPen(self._theme.accent if chosen else self._theme.muted, 2 if chosen else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)

    def _draw_years(self, painter: QPainter) -> None:
        painter.setFont(font(self.font(), Type.SMALL))
        first, last = self.span()
        base = self.height() - _SCALE
        painter.fillRect(QRectF(0, base, self.width(), 1), self._theme.line)
        metrics = painter.fontMetrics()
        free = 0.0
        for year in range(from_micros(first).year + 1, from_micros(last).year + 1):
            x = self._place(to_micros(datetime(year, 1, 1, tzinfo=UTC)))
            painter.fillRect(QRectF(x, base, 1, GRID), self._theme.muted)
            width = metrics.horizontalAdvance(str(year))
            if x >= free and x + width < self.width():
                painter.setPen(self._theme.muted)
                painter.drawText(QRectF(x + 3, base + 1, width + 2, _SCALE - 1), 0, str(year))
                free = x + width + 4 * GRID

    def _place(self, instant: int) -> float:
        first, last = self.span()
        return 1 + (instant - first) / (last - first) * (self.width() - 2)


def lanes(contracts: Sequence[ContractRow], now: int) -> tuple[int, ...]:
    """For each contract, given in order of time, the first lane that is free when it begins."""
    free: list[int] = []
    found = []
    for contract in contracts:
        lane = next((place for place, until in enumerate(free) if until <= contract.start_at), len(free))
        if lane == len(free):
            free.append(0)
        free[lane] = _end(contract, now)
        found.append(lane)
    return tuple(found)


def _end(contract: ContractRow, now: int) -> int:
    return contract.end_at if contract.end_at is not None else max(now, contract.start_at) + _OPEN
