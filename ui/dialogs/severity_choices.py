"""The severities of a pack to choose from, each with its official definition."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from console.domain.policy import Pack
from ui.text_label import TextLabel
from ui.theme import GRID, Theme, Type
from ui.tr import tr
from ui.words.pack_words import pack_text
from ui.words.severity_words import severity_text


class SeverityChoices(QWidget):
    """`chosen` sends the severity when it changes. The present one is marked and cannot be chosen."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, pack: Pack, present: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Severity"))
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._toggled)
        self._names: dict[int, str] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        for row, severity in enumerate(sorted(pack.severities, key=lambda each: each.level)):
            button = QRadioButton()
            self._names[severity.level] = severity_text(severity.level, pack_text(severity.name))
            definition = pack_text(severity.definition)
            button.setAccessibleDescription(definition)
            self._group.addButton(button, severity.level)
            said = TextLabel(theme, definition, tone="muted", size=Type.SMALL)
            grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, row, 1)
        self.set_present(present)

    def set_present(self, present: int | None) -> None:
        """Marks the severity that the ticket has now; it cannot be chosen."""
        for level, name in self._names.items():
            button = self._group.button(level)
            now = level == present
            button.setText(tr("{name}, as now", name=name) if now else name)
            button.setEnabled(not now)

    def severity(self) -> int | None:
        """What is chosen."""
        chosen = self._group.checkedId()
        return None if chosen < 0 else chosen

    def choose(self, severity: int) -> bool:
        """Chooses a severity as if it was clicked; False where that is not possible."""
        button = self._group.button(severity)
        if button is None or not button.isEnabled() or not self.isEnabled():
            return False
        button.setChecked(True)
        return True

    def focus_first(self) -> None:
        """Puts the keyboard on the choice."""
        enabled = [each for each in self._group.buttons() if each.isEnabled()]
        checked = self._group.checkedButton()
        if checked or enabled:
            (checked or enabled[0]).setFocus()

    def _toggled(self, severity: int, checked: bool) -> None:
        if checked:
            self.chosen.emit(severity)
