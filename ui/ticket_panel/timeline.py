"""A clock as a line of time: counted solid, closed striped, a holiday chequered, paused hatched; marks for changes of
severity or plan, for breach, due and now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.facts import FactKind
from ui.text_label import Tone
from ui.theme import GRID, Theme

if TYPE_CHECKING:
    from console.domain.explain import ClockStory

_HEIGHT = 5 * GRID
_BAR = 3 * GRID
_TICK = 3
_RETARGETS = (FactKind.SEVERITY_SET, FactKind.PLAN_SET)
_PATTERNS = {
    "counted": Qt.BrushStyle.SolidPattern,
    "closed": Qt.BrushStyle.VerPattern,
    "holiday": Qt.BrushStyle.DiagCrossPattern,
    "paused": Qt.BrushStyle.BDiagPattern,
}


class ClockTimeline(QWidget):
    """From the clock's start to its due or to now, whichever is later, in wall time."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._story: ClockStory | None = None
        self._tone: Tone = "calm"
        self._now = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(40 * GRID, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(10 * GRID, _HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self.update()

    def show_story(self, story: ClockStory, tone: Tone, now: int) -> None:
        """Draws another story; the instant `now` in microseconds UTC."""
        self._story, self._tone, self._now = story, tone, now
        self.update()

    def tick(self, tone: Tone, now: int) -> None:
        """Moves the mark of now."""
        # A thin line of hours does not change within a second: only a new pixel is worth a repaint.
        before = self._place(self._now) if self._story else 0
        self._now = now
        if tone != self._tone or (self._story and int(self._place(now)) != int(before)):
            self._tone = tone
            self.update()

    def span(self) -> tuple[int, int]:
        """The first and the last instant of the drawing, microseconds UTC."""
        story = self._story
        if story is None:
            return 0, 1
        clock = story.clock
        end = clock.stopped_at if clock.stopped_at is not None else self._now
        last = max(end, clock.due_at or 0, clock.breached_at or 0, clock.started_at + 1)
        return clock.started_at, last

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._story is None:
            return
        painter = QPainter(self)
        self._draw_segments(painter, self._story)
        self._draw_changes(painter)
        self._draw_marks(painter, self._story)
        painter.end()

    def changes(self) -> list[int]:
        """When severity or plan changed while the clock was there, microseconds UTC; not what it began with."""
        segments = self._story.segments[1:] if self._story is not None else ()
        return [each.from_at for each in segments if each.cause.fact and each.cause.fact.kind in _RETARGETS]

    def _place(self, instant: int) -> float:
        first, last = self.span()
        share = (instant - first) / (last - first)
        return 1 + min(1.0, max(0.0, share)) * (self.width() - 3)

    def _draw_segments(self, painter: QPainter, story: ClockStory) -> None:
        top = (_HEIGHT - _BAR) / 2
        painter.setPen(QPen(self._theme.line, 1))
        painter.drawRect(QRectF(0.5, top - 0.5, self.width() - 1, _BAR))
        colour: QColor = getattr(self._theme, self._tone)
        running_to = story.clock.stopped_at if story.clock.stopped_at is not None else self._now
        for number, segment in enumerate(story.segments):
            # The last segment goes on while nothing happens.
            last = number == len(story.segments) - 1
            left = self._place(segment.from_at)
            right = self._place(max(segment.to_at, running_to) if last else segment.to_at)
            kind = str(segment.kind)
            solid = kind == "counted"
            brush = QBrush(colour if solid else self._theme.muted, _PATTERNS.get(kind, Qt.BrushStyle.Dense6Pattern))
            painter.fillRect(QRectF(left, top, max(1.0, right - left), _BAR), brush)

    def _draw_changes(self, painter: QPainter) -> None:
        """A tick from above, with a point that is seen on every pattern."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.accent)
        for instant in self.changes():
            x = self._place(instant)
            painter.fillRect(QRectF(x - 1, 0, 2, _HEIGHT - 2), self._theme.accent)
            painter.drawPolygon(QPolygonF([QPointF(x - _TICK, 0), QPointF(x + _TICK, 0), QPointF(x, _TICK + 1)]))

    def _draw_marks(self, painter: QPainter, story: ClockStory) -> None:
        clock = story.clock
        if clock.breached_at is not None:
            x = self._place(clock.breached_at)
            painter.fillRect(QRectF(x - 1, 0, 3, _HEIGHT), self._theme.overdue)
        elif clock.due_at is not None:
            x = self._place(clock.due_at)
            painter.fillRect(QRectF(x - 1, 1, 2, _HEIGHT - 2), self._theme.text)
        if clock.stopped_at is None:
            x = self._place(self._now)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.text)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawEllipse(QRectF(x - 3, _HEIGHT / 2 - 3, 6, 6))
