"""The shapes of severities, drawn and not written: no font has to have them. Form before colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF


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
