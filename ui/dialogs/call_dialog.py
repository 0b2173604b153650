"""Whom to call tonight for a ticket: the people of its level and of those above, and how each is reached now."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from console.domain.on_call import OnCall
from ui.text_label import TextLabel
from ui.theme import GRID, Theme, Type
from ui.tr import tr
from ui.words.call_words import means_words, reach_words, role_of
from ui.words.pack_words import pack_text

if TYPE_CHECKING:
    from console.services.acting.people import CallLevel, CallList

_LETTERS = 96
_MEANS = 8
_LOWEST = 60 * GRID


class CallDialog(QDialog):
    """Nothing is decided in it: Esc or Enter leaves. Addresses can be marked and copied."""

    def __init__(self, number: str, found: CallList, theme: Theme, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Whom to call"))
        self._theme = theme
        self._zone = zone
        self._found = found
        self.lines: list[str] = []
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        column.setSpacing(3 * GRID)
        for level in found.levels:
            column.addWidget(self._level(level))
        if not any(level.roles for level in found.levels):
            column.addWidget(TextLabel(theme, tr("The policy names nobody to call."), tone="muted"))
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        self._content = content
        self.leave = QPushButton(tr("Leave  Esc"))
        self.leave.setAccessibleName(tr("Leave"))
        self.leave.setDefault(True)
        self.leave.clicked.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 4 * GRID, 0, 4 * GRID)
        top = QVBoxLayout()
        top.setContentsMargins(4 * GRID, 0, 4 * GRID, GRID)
        top.addWidget(TextLabel(theme, tr("Whom to call for {number}", number=number), size=Type.TITLE, bold=True))
        outer.addLayout(top)
        outer.addWidget(area, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(4 * GRID, 0, 4 * GRID, 0)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        outer.addLayout(buttons)
        self.setMinimumWidth(84 * GRID)
        self.resize(max(84 * GRID, self.fontMetrics().averageCharWidth() * _LETTERS), _LOWEST)

    def open_beside(self, panel: QWidget) -> None:
        """Opens to the left of `panel` and returns at once."""
        corner = panel.mapToGlobal(QPoint(0, 0))
        screen = panel.screen().availableGeometry()
        layout = self._content.layout()
        wanted = layout.totalHeightForWidth(self.width()) if layout is not None else _LOWEST
        self.resize(self.width(), min(max(_LOWEST, wanted + 30 * GRID), screen.height() - 12 * GRID))
        left = max(screen.left() + GRID, corner.x() - self.width() - 3 * GRID)
        top = max(screen.top() + GRID, min(corner.y(), screen.bottom() - self.height() - 8 * GRID))
        self.move(left, top)
        self.leave.setFocus()
        self.open()

    def _level(self, level: CallLevel) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID)
        for place, stretch in enumerate((4, 1, 6, 5)):
            grid.setColumnStretch(place, stretch)
        grid.setColumnMinimumWidth(1, self.fontMetrics().averageCharWidth() * _MEANS)
        title = self._title(level)
        box.setAccessibleName(title)
        grid.addWidget(TextLabel(self._theme, title, bold=True), 0, 0, 1, 4)
        row = 1
        for role in level.roles:
            grid.addWidget(TextLabel(self._theme, role_of(self._found.pack, role.role), tone="muted"), row, 0, 1, 4)
            row += 1
            for way in role.ways:
                self._way(grid, row, way)
                row += 1
            if not role.ways:
                grid.addWidget(TextLabel(self._theme, tr("The policy has no way to reach them.")), row, 0, 1, 4)
                row += 1
        return box

    def _way(self, grid: QGridLayout, row: int, way: OnCall) -> None:
        said = reach_words(way, self._zone, self._found.as_of)
        sign = "✓" if way.reachable else "✗"
        address = TextLabel(self._theme, way.address, bold=True)
        address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        cells = (
            TextLabel(self._theme, way.name),
            TextLabel(self._theme, means_words(way.by), tone="muted"),
            address,
            TextLabel(self._theme, f"{sign} {said}", tone="ok" if way.reachable else "muted"),
        )
        for place, cell in enumerate(cells):
            grid.addWidget(cell, row, place)
        self.lines.append(f"{way.name} {means_words(way.by)} {way.address} {said}")

    def _title(self, level: CallLevel) -> str:
        if level.name is None:
            return tr("The policy has no escalation path for this ticket: everybody it names")
        said = tr("Level {level}: {name}", level=level.level, name=pack_text(level.name))
        return tr("{level} (this ticket)", level=said) if level.current else said
