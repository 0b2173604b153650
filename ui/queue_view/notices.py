"""What a queue says about itself when it has no rows, or rows that may be out of date."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter

from ui.theme import GRID, Theme, Type, font

STRIP = 7 * GRID


class ViewState(StrEnum):
    """How far the rows can be trusted."""

    LOADING = "loading"
    READY = "ready"
    STALE = "stale"


def paint_in_the_middle(painter: QPainter, room: QRect, theme: Theme, base: QFont, title: str, hint: str) -> None:
    """A sentence and what to do, where rows would be. Plain text."""
    painter.setFont(font(base, Type.TITLE))
    painter.setPen(theme.text)
    middle = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    box = room.adjusted(6 * GRID, room.height() // 3, -6 * GRID, 0)
    used = painter.boundingRect(box, int(middle), title)
    painter.drawText(box, int(middle), title)
    painter.setFont(font(base, Type.BODY))
    painter.setPen(theme.muted)
    painter.drawText(box.adjusted(0, used.height() + 2 * GRID, 0, 0), int(middle), hint)


def paint_strip(painter: QPainter, room: QRect, theme: Theme, base: QFont, text: str) -> None:
    """One line at the foot of the rows, over them."""
    box = QRect(room.left(), room.bottom() - STRIP + 1, room.width(), STRIP)
    painter.fillRect(box, theme.background)
    painter.fillRect(box.left(), box.top(), box.width(), 1, theme.line)
    painter.setFont(font(base, Type.SMALL))
    painter.setPen(theme.near)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(box.adjusted(2 * GRID, 0, -2 * GRID, 0), int(flags), text)
