"""What an act would do: clocks and ways to escalate, before and after, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from console.domain.policy import Pack
from ui.dialogs.change_words import ChangeLine
from ui.text_label import TextLabel
from ui.theme import GRID, Theme
from ui.ticket_panel.verdict_words import channel_name
from ui.tr import tr
from ui.when import clock_time

if TYPE_CHECKING:
    from console.services.severities.channel_changes import ChannelChange, ChannelSide


class EffectView(QWidget):
    """A title and lines; lines that stay are muted."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = TextLabel(theme, bold=True)
        self.shown: list[tuple[TextLabel, TextLabel]] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self._grid.setVerticalSpacing(GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.title)
        column.addLayout(self._grid)

    def say(self, title: str, lines: Sequence[ChangeLine] = ()) -> None:
        """Show these lines under a title."""
        self.title.setText(title)
        self.setAccessibleName(title)
        for name, change in self.shown:
            for label in (name, change):
                self._grid.removeWidget(label)
                label.hide()
                label.deleteLater()
        self.shown = []
        for row, line in enumerate(lines):
            name = TextLabel(self._theme, line.name)
            change = TextLabel(self._theme, line.change, tone=line.tone, bold=line.tone != "muted")
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(change, row, 1)
            self.shown.append((name, change))


def channel_lines(changes: Sequence[ChannelChange], pack: Pack, zone: tzinfo, now: int) -> list[ChangeLine]:
    """`Escalation by Button`, `from 16:00 → from 18:30`. Instants in microseconds UTC."""
    return [_channel(each, pack, zone, now) for each in changes]


def _channel(change: ChannelChange, pack: Pack, zone: tzinfo, now: int) -> ChangeLine:
    name = tr("Escalation by {channel}", channel=channel_name(pack, change.channel).lower())
    before, after = _side(change.before, zone, now), _side(change.after, zone, now)
    if not change.changes or before == after:
        return ChangeLine(name, tr("{side}, stays", side=before), "muted")
    return ChangeLine(name, f"{before} → {after}", "text")


def _side(side: ChannelSide, zone: tzinfo, now: int) -> str:
    if side.available:
        return tr("available")
    if side.available_at is None:
        return tr("not available")
    return tr("from {at}", at=clock_time(side.available_at, zone, now))
