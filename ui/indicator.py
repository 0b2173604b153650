"""Whether what is on screen is live, and what time it is: the upper right corner."""

from __future__ import annotations

from datetime import tzinfo
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.instants import from_micros
from ui.theme import GRID, Theme, Type, font
from ui.tr import tr


class Health(Enum):
    """How fresh the rows are; the value names the colour of the theme."""

    OPENING = "muted"
    LIVE = "ok"
    STALE = "overdue"
    PAST = "near"
    CLOSING = "calm"


class Indicator(QWidget):
    """Paints sign, word and clock."""

    def __init__(self, theme: Theme, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._zone = zone
        self._health = Health.OPENING
        self._now: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setObjectName("indicator")
        self._describe()

    @property
    def health(self) -> Health:
        """What is shown."""
        return self._health

    def sizeHint(self) -> QSize:
        """Wide enough for any second of the day, so that nothing beside it moves."""
        metrics = QFontMetrics(font(self.font(), Type.BODY, bold=True, tabular=True))
        return QSize(metrics.horizontalAdvance(self._words() + " 88:88:88") + 7 * GRID, 9 * GRID)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours from now on."""
        self._theme = theme
        self.update()

    def show_health(self, health: Health) -> None:
        """Say this of the rows from now on."""
        if health is not self._health:
            self._health = health
            self._describe()
            self.updateGeometry()
            self.update()

    def show_time(self, now: int) -> None:
        """Show this instant, microseconds UTC, as local time."""
        self._now = now
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sign and word in the tone, the clock in tabular digits."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = getattr(self._theme, self._health.value)
        middle = self.height() / 2
        sign = QRectF(GRID, middle - 4, 8, 8)
        painter.setPen(QPen(colour, 1.5))
        if self._health in (Health.LIVE, Health.STALE):
            painter.setBrush(colour)
        if self._health is Health.STALE:
            painter.drawRect(sign)
        else:
            painter.drawEllipse(sign)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        words = self.rect().adjusted(5 * GRID, 0, 0, 0)
        painter.setPen(colour)
        painter.drawText(words, left, self._words())
        if self._now is not None:
            painter.setFont(font(self.font(), Type.BODY, bold=True, tabular=True))
            painter.setPen(self._theme.text)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(self.rect().adjusted(0, 0, -GRID, 0), right, self._clock())
        painter.end()

    def _clock(self) -> str:
        moment = from_micros(self._now or 0).astimezone(self._zone)
        return moment.strftime("%H:%M:%S")

    def _words(self) -> str:
        return {
            Health.OPENING: tr("opening"),
            Health.LIVE: tr("live"),
            Health.STALE: tr("not live"),
            Health.PAST: tr("as it was"),
            Health.CLOSING: tr("closing"),
        }[self._health]

    def _describe(self) -> None:
        self.setAccessibleName(self._words())
        tips = {
            Health.OPENING: tr("The rest of the program is being loaded"),
            Health.LIVE: tr("Changes of every desk on this database arrive by themselves"),
            Health.STALE: tr("Changes do not arrive. F5 reads the queue again"),
            Health.PAST: tr("The queue as it was at an instant. Nothing can be changed"),
            Health.CLOSING: tr("What was decided is being written"),
        }
        self.setToolTip(tips[self._health])
