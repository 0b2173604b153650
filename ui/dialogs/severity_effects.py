"""The effect of a severity, line by line: every clock, the ways to escalate, the place in the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from console.domain.policy import Pack
from ui.dialogs.change_words import change_lines
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.effect_words import effect_lines
from ui.text_label import TextLabel
from ui.theme import GRID
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.severities.severity_preview import SeverityPreview

# What needs a second look; the rest is read in passing.
_LOUD = ("overdue", "soon")


class SeverityEffects(QWidget):
    """Hidden until something is asked. `shown` are the labels of each line: its name and what changes."""

    def __init__(self, tools: DialogTools, pack: Pack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._pack = pack
        self.title = TextLabel(tools.theme, bold=True)
        self.shown: list[tuple[TextLabel, TextLabel]] = []
        self._lines = QGridLayout()
        self._lines.setColumnStretch(0, 2)
        self._lines.setColumnStretch(1, 3)
        self._lines.setVerticalSpacing(GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.title)
        column.addLayout(self._lines)
        self.hide()

    def say(self, words: str) -> None:
        """Only this sentence."""
        self.title.setText(words)
        self._clear()
        self.show()

    def wait(self) -> None:
        """It is being worked out."""
        self.say(tr("Working out what it does to the clocks"))

    def show_preview(self, preview: SeverityPreview, refused: str | None) -> None:
        """Every line of a preview, under why it would be refused if it would."""
        self._clear()
        now, zone = self._tools.time.now(), self._tools.zone
        clocks = change_lines(preview.lines, self._pack, zone, now)
        title = tr("What it does") if clocks else tr("No clock counts before or after.")
        self.title.setText(refused or title)
        for row, line in enumerate([*clocks, *effect_lines(preview, self._pack, zone, now)]):
            name = TextLabel(self._tools.theme, line.name)
            change = TextLabel(self._tools.theme, line.change, tone=line.tone, bold=line.tone in _LOUD)
            self._lines.addWidget(name, row, 0)
            self._lines.addWidget(change, row, 1)
            self.shown.append((name, change))
        self.show()

    def _clear(self) -> None:
        for each in self.shown:
            for label in each:
                self._lines.removeWidget(label)
                label.hide()
                label.deleteLater()
        self.shown = []
