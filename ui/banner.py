"""One sentence across the window that says what is the matter and what to do; never in the way of work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.theme import GRID, Theme
from ui.tr import tr


class Tone(Enum):
    """How much it concerns the reader; the value names the colour of the theme."""

    NOTE = "accent"
    WARNING = "soon"
    ERROR = "overdue"


@dataclass(frozen=True)
class Notice:
    """What a banner says. `act` is offered as a button with the words `act_words`; a lasting one cannot be closed."""

    text: str
    tone: Tone = Tone.NOTE
    act_words: str | None = None
    act: Callable[[], None] | None = None
    lasting: bool = False


class Banner(QWidget):
    """Shows one notice at a time, or nothing at all. `closed` when the reader put it away."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notice: Notice | None = None
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._act = QPushButton(self)
        self._act.clicked.connect(self._acted)
        self._close = QPushButton(tr("Close"), self)
        self._close.clicked.connect(self._put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(10 * GRID, GRID, 3 * GRID, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self._text, 1)
        row.addWidget(self._act)
        row.addWidget(self._close)
        self.setMinimumHeight(8 * GRID)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What is shown now."""
        return self._notice

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours from now on."""
        self._theme = theme
        self.update()

    def say(self, notice: Notice | None) -> None:
        """Show this notice instead of the one before; none hides the banner."""
        self._notice = notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._text.setText(notice.text)
        self.setAccessibleName(notice.text)
        self._act.setVisible(notice.act is not None)
        self._act.setText(notice.act_words or "")
        self._close.setVisible(not notice.lasting)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A quiet ground with a bar and a sign in the tone of the notice."""
        tone = self._notice.tone if self._notice is not None else Tone.NOTE
        colour = getattr(self._theme, tone.value)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.hover)
        painter.fillRect(0, 0, GRID, self.height(), colour)
        side = 4 * GRID
        place = QRectF(4 * GRID, (self.height() - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(place)
        letter = self.font()
        letter.setBold(True)
        painter.setFont(letter)
        painter.setPen(self._theme.surface)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "i" if tone is Tone.NOTE else "!")
        painter.end()

    def _acted(self) -> None:
        act = self._notice.act if self._notice is not None else None
        self._put_away()
        if act is not None:
            act()

    def _put_away(self) -> None:
        self.say(None)
        self.closed.emit()
