"""The shapes of risk and of severities, drawn and not written: no font has to have them. Form before colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from ui.queue_names import Shape

_FULL_TURN = 360 * 16
_TOP = 90 * 16
_SHARE = {Shape.FULL: 1.0, Shape.THREE_QUARTERS: 0.75, Shape.HALF: 0.5, Shape.QUARTER: 0.25, Shape.RING: 0.0}


def draw_shape(painter: QPainter, shape: Shape, place: QRectF, colour: QColor) -> None:
    """Draw `shape` in the square `place`. The painter's state is as before afterwards."""
    if shape is Shape.NONE:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if shape is Shape.BARS:
        _bars(painter, place, colour)
    elif shape is Shape.FRAMED:
        _framed(painter, place, colour)
    elif shape is Shape.QUESTION:
        _question(painter, place, colour)
    else:
        _disk(painter, place, colour, _SHARE[shape])
    painter.restore()


def _disk(painter: QPainter, place: QRectF, colour: QColor, share: float) -> None:
    ring = place.adjusted(0.75, 0.75, -0.75, -0.75)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    if share:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(ring, _TOP, -int(_FULL_TURN * share))


def _bars(painter: QPainter, place: QRectF, colour: QColor) -> None:
    width = place.width() * 0.24
    for share in (0.18, 0.58):
        left = place.left() + place.width() * share
        painter.fillRect(QRectF(left, place.top() + 1, width, place.height() - 2), colour)


def _framed(painter: QPainter, place: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place.adjusted(0.75, 0.75, -0.75, -0.75))
    inside = place.width() * 0.28
    _bars(painter, place.adjusted(inside, inside - 1, -inside, -inside + 1), colour)


def _question(painter: QPainter, place: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(place, 3, 3)
    letter = QFont(painter.font())
    letter.setPixelSize(max(7, round(place.height() * 0.86)))
    letter.setBold(True)
    painter.setFont(letter)
    light = colour.lightnessF() > 0.5
    painter.setPen(QColor(Qt.GlobalColor.black) if light else QColor(Qt.GlobalColor.white))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "?")


def draw_severity(painter: QPainter, box: QRectF, severity: int | None, colour: QColor) -> None:
    """◆ 1, ▲ 2, ● 3, ○ 4 and above; a short line where it is unknown. `painter` is smooth and gets its pen back."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    centre = box.center()
    if severity is None:
        painter.drawRect(QRectF(box.left() + 2, centre.y() - 1, box.width() - 4, 2))
    elif severity <= 1:
        corners = (
            (centre.x(), box.top()),
            (box.right(), centre.y()),
            (centre.x(), box.bottom()),
            (box.left(), centre.y()),
        )
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    elif severity == 2:
        foot = box.bottom() - 0.5
        top = QPointF(centre.x(), box.top() + 0.5)
        painter.drawPolygon(QPolygonF([top, QPointF(box.right(), foot), QPointF(box.left(), foot)]))
    elif severity == 3:
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.6))
        painter.drawEllipse(box.adjusted(1.8, 1.8, -1.8, -1.8))
    painter.restore()
