"""The reasons that the policy pack offers for a decision."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from console.domain.policy import Reason
from ui.pack_words import pack_text
from ui.theme import GRID
from ui.tr import tr


class ReasonBox(QComboBox):
    """None is chosen until somebody chooses, but where there is only one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Reason"))
        self.setPlaceholderText(tr("Choose a reason"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet leaves no arrow; this one has the colour of the text in any theme."""
        super().paintEvent(event)
        middle = QPointF(self.width() - 3.5 * GRID, self.height() / 2 + 1)
        arrow = [middle + QPointF(x, y) for x, y in ((-GRID, -GRID / 2), (0, GRID / 2), (GRID, -GRID / 2))]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().text().color(), 1.6))
        painter.drawPolyline(arrow)
        painter.end()

    def offer(self, reasons: Sequence[Reason]) -> None:
        """Offers `reasons`; the one that was chosen stays where it is among them."""
        keep = self.code()
        self.clear()
        for reason in reasons:
            self.addItem(pack_text(reason.name), reason.code)
        codes = [reason.code for reason in reasons]
        self.setCurrentIndex(codes.index(keep) if keep in codes else 0 if len(codes) == 1 else -1)
        self.setVisible(bool(codes))

    def choose(self, code: str | None) -> None:
        """Chooses the reason with this code; nothing where it is not offered."""
        place = self.findData(code) if code else -1
        if place >= 0:
            self.setCurrentIndex(place)

    def code(self) -> str | None:
        """The code of the reason that is chosen."""
        found = self.currentData()
        return found if isinstance(found, str) else None
