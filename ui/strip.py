"""The strip above the queue: what falls due in the next twelve hours, and how much of it soon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import GRID, Theme, Type, font
from ui.tr import plural, tr

HOURS = 12
BAR_S = 15 * 60
BARS = HOURS * 3600 // BAR_S
HEIGHT = 10 * GRID

_SOON_BARS = 1
_NEAR_BARS = 4


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is due: `bars[i]` tickets between `from_s + i * BAR_S` and the next; `before` of them before `before_s`.

    Whole seconds UTC.
    """

    from_s: int
    bars: tuple[int, ...]
    before_s: int
    before: int


def outlook(due_before: Callable[[Sequence[int]], Sequence[int]], now_s: int, zone: tzinfo) -> Outlook:
    """The outlook at `now_s`. `due_before` says how many running tickets are due before each of some seconds UTC; those
    that are overdue at `now_s` are left out."""
    before_s = warning_s(now_s, zone)
    # What is due at this very second is overdue.
    edges = [now_s + 1 + number * BAR_S for number in range(BARS + 1)]
    *counts, before = due_before([*edges, before_s])
    bars = tuple(after - count for count, after in pairwise(counts))
    return Outlook(now_s, bars, before_s, before - counts[0])


def warning_s(now_s: int, zone: tzinfo) -> int:
    """The full local hour that the warning names: the first that is at least half an hour away."""
    offset = datetime.fromtimestamp(now_s, UTC).astimezone(zone).utcoffset()
    shift = 0 if offset is None else int(offset.total_seconds())
    local = now_s + shift + 1800
    return local + -local % 3600 - shift


class Strip(QWidget):
    """Paints an outlook; hovering a bar says its time and number."""

    def __init__(self, theme: Theme, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._zone = zone
        self._outlook: Outlook | None = None
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("strip")

    def sizeHint(self) -> QSize:
        """As wide as there is room, one line high."""
        return QSize(120 * GRID, HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours from now on."""
        self._theme = theme
        self.update()

    def show_outlook(self, found: Outlook | None) -> None:
        """Show this outlook, or nothing yet."""
        if found != self._outlook:
            self._outlook = found
            self.setAccessibleName(self.sentence())
            self.update()

    def sentence(self) -> str:
        """What the strip says in words."""
        if self._outlook is None:
            return ""
        when = self._clock(self._outlook.before_s)
        if not self._outlook.before:
            return tr("Nothing breaches before {when}", when=when)
        return plural("{n} will breach before {when}", "{n} will breach before {when}", self._outlook.before, when=when)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words, bars from the left of now, the sentence at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.surface)
        painter.setPen(self._theme.line)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if self._outlook is None:
            painter.end()
            return
        inner = self.rect().adjusted(3 * GRID, 0, -3 * GRID, -1)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setFont(font(self.font(), Type.SMALL))
        painter.setPen(self._theme.muted)
        painter.drawText(inner, left, tr("next {n} h", n=HOURS))
        painter.setFont(font(self.font(), Type.BODY, bold=bool(self._outlook.before), tabular=True))
        painter.setPen(self._theme.soon if self._outlook.before else self._theme.muted)
        painter.drawText(inner, right, self.sentence())
        self._paint_bars(painter, self._outlook)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """A tool tip for each bar."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._tip(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def _bars_place(self) -> QRectF:
        small = font(self.font(), Type.SMALL)
        bold = font(self.font(), Type.BODY, bold=True, tabular=True)
        words = QFontMetrics(small).horizontalAdvance(tr("next {n} h", n=HOURS))
        said = QFontMetrics(bold).horizontalAdvance(self.sentence())
        left = 3 * GRID + words + 3 * GRID
        width = self.width() - left - said - 6 * GRID
        return QRectF(left, 2 * GRID, max(0.0, min(width, BARS * 3.0 * GRID)), self.height() - 4 * GRID)

    def _paint_bars(self, painter: QPainter, found: Outlook) -> None:
        place = self._bars_place()
        if place.width() < BARS:
            return
        step = place.width() / BARS
        most = max(4, *found.bars)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, count in enumerate(found.bars):
            colour = self._theme.near if number < _NEAR_BARS else self._theme.calm
            colour = self._theme.soon if number < _SOON_BARS else colour
            left = place.left() + number * step
            painter.fillRect(QRectF(left, place.bottom() - 1, step - 1, 1), self._theme.line)
            if count:
                height = max(2.0, place.height() * count / most)
                painter.fillRect(QRectF(left, place.bottom() - height, step - 1, height), colour)

    def _tip(self, where: QPoint, on_screen: QPoint) -> None:
        place = self._bars_place()
        if self._outlook is None or place.width() < BARS or not place.left() <= where.x() < place.right():
            QToolTip.hideText()
            return
        number = min(BARS - 1, int((where.x() - place.left()) * BARS / place.width()))
        start = self._outlook.from_s + number * BAR_S
        due = plural("{n} due", "{n} due", self._outlook.bars[number])
        span = tr("{start}-{end}", start=self._clock(start), end=self._clock(start + BAR_S))
        QToolTip.showText(on_screen, f"{span}  {due}", self)

    def _clock(self, second: int) -> str:
        return datetime.fromtimestamp(second, UTC).astimezone(self._zone).strftime("%H:%M")
