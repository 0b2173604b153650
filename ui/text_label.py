"""A label for words from outside: always plain text, wraps inside long words, ends in an ellipsis."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import Literal
from unicodedata import bidirectional

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.glyphs import drawable
from ui.theme import Theme, Type, font

Tone = Literal[
    "text", "muted", "accent", "overdue", "soon", "near", "calm", "paused", "ok", "accent_text",
    "severity1", "severity2", "severity3", "severity4",
]  # fmt: skip

# More than this is never seen within a few lines, and shaping costs time with every letter.
_SHAPED = 2_000
_PREFERRED_LETTERS = 44
_MINIMUM_LETTERS = 4
# Between a number and its unit, and between the two of `2 h 55 m`, no line breaks.
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=\w{1,2}\b)|(?<=\d \w) (?=\d{1,2} \w\b)")
_WIDTHS_KEPT = 6
_LINE_SEPARATOR = "\u2028"
# Invisible, and still part of how letters and emoji look. Overrides of direction are left out.
_JOINERS = "\u200c\u200d\u200e\u200f"


@dataclass(frozen=True)
class _Shape:
    """A text broken into lines. `last` replaces the last line where the text goes on behind it."""

    layout: QTextLayout
    height: float
    last: str | None
    last_top: float


class TextLabel(QLabel):
    """Shows a text as it is, in a tone and a size of the theme, in `max_lines` lines at most (0: all).

    A QLabel breaks lines between words only, so that one long word would widen the panel; and it
    guesses rich text unless told not to.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        tone: Tone = "text",
        size: Type = Type.BODY,
        bold: bool = False,
        max_lines: int = 0,
        right: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone: Tone = tone
        self._size = size
        self._bold = bold
        self._max_lines = max_lines
        self._right = right
        # What depends on text, font and look; forgotten with any of them.
        self._shapes: dict[float, _Shape] = {}
        self._hint: QSize | None = None
        self._drawn: QFont | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        # A label without it tells the layout again and again that its height does not depend on its width.
        self.setWordWrap(True)
        self.setText(text)

    @property
    def tone(self) -> str:
        """The name of the theme's colour that it is drawn with."""
        return self._tone

    def set_look(self, tone: Tone, *, size: Type | None = None, bold: bool | None = None) -> None:
        """Changes tone, size and weight; None keeps what is."""
        look = (tone, self._size if size is None else size, self._bold if bold is None else bold)
        if look != (self._tone, self._size, self._bold):
            self._tone, self._size, self._bold = look
            self._forget()
            self.updateGeometry()
            self.update()

    @property
    def cut(self) -> bool:
        """Whether some of the text is not shown at the present width."""
        return self._shape(float(max(1, self.width()))).last is not None

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self.update()

    def heightForWidth(self, width: int) -> int:
        return ceil(self._shape(float(max(1, width))).height)

    def setText(self, text: str) -> None:
        """Shows `text`."""
        if text != self.text():
            self._forget()
            super().setText(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._forget()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        if self._hint is None:
            self._hint = self._wanted()
        return self._hint

    def _wanted(self) -> QSize:
        metrics = QFontMetricsF(self._font())
        widest = max(metrics.horizontalAdvance(line) for line in self._clean().split(_LINE_SEPARATOR))
        width = ceil(min(widest, metrics.averageCharWidth() * _PREFERRED_LETTERS)) + 1
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font())
        narrow = ceil(metrics.averageCharWidth() * _MINIMUM_LETTERS)
        return QSize(min(self.sizeHint().width(), narrow), ceil(metrics.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        shape = self._shape(float(max(1, self.width())))
        painter = QPainter(self)
        colour = getattr(self._theme, self._tone)
        painter.setPen(colour if isinstance(colour, QColor) else self._theme.text)
        painter.setFont(self._font())
        number = shape.layout.lineCount() - (shape.last is not None)
        for each in range(number):
            shape.layout.lineAt(each).draw(painter, QPointF(0, 0))
        if shape.last is not None:
            place = QRectF(0, shape.last_top, self.width(), shape.height - shape.last_top)
            flags = self._alignment(shape.last) | Qt.TextFlag.TextSingleLine
            painter.drawText(place, int(flags), shape.last)
        painter.end()

    def _font(self) -> QFont:
        if self._drawn is None:
            self._drawn = font(self.font(), self._size, bold=self._bold, tabular=True)
        return self._drawn

    def _clean(self) -> str:
        text = self.text()[:_SHAPED] if self._max_lines else self.text()
        lines = text.splitlines() or [""]
        visible = ("".join(c if c.isprintable() or c in _JOINERS else " " for c in line) for line in lines)
        text = drawable(_LINE_SEPARATOR.join(visible), QFontMetricsF(self._font()))
        return _NUMBER_AND_UNIT.sub("\N{NO-BREAK SPACE}", text)

    def _alignment(self, text: str) -> Qt.AlignmentFlag:
        if self._right or _reads_from_right(text):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute

    def _shape(self, width: float) -> _Shape:
        # A layout asks for a few widths again and again: those of the hint, with and without a scroll bar.
        found = self._shapes.get(width)
        if found is None:
            if len(self._shapes) >= _WIDTHS_KEPT:
                self._shapes.clear()
            found = self._shapes[width] = self._broken(width)
        return found

    def _forget(self) -> None:
        self._shapes.clear()
        self._hint = None
        self._drawn = None

    def _broken(self, width: float) -> _Shape:
        text = self._clean()
        layout = QTextLayout(text, self._font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        if self._right:
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        layout.setTextOption(option)
        layout.beginLayout()
        top = last_top = 0.0
        ends = start = 0
        while not self._max_lines or layout.lineCount() < self._max_lines:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            last_top, top = top, top + line.height()
            start, ends = line.textStart(), line.textStart() + line.textLength()
        layout.endLayout()
        units = text.encode("utf-16-le")
        if 2 * ends >= len(units):
            return _Shape(layout, top, None, last_top)
        # Offsets of a layout count UTF-16 units, those of a text letters.
        rest = units[2 * start :].decode("utf-16-le", "ignore").split(_LINE_SEPARATOR)
        tail = rest[0] + ("…" if len(rest) > 1 else "")
        metrics = QFontMetricsF(self._font())
        return _Shape(layout, top, metrics.elidedText(tail, Qt.TextElideMode.ElideRight, width), last_top)


def _reads_from_right(text: str) -> bool:
    strong = (bidirectional(letter) for letter in text)
    return next((each for each in strong if each in ("L", "R", "AL")), "L") != "L"
