"""The severities side by side, for several tickets; below them the official definition of the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from console.domain.policy import Pack
from ui.text_label import TextLabel
from ui.theme import GRID, Theme, Type
from ui.tr import tr
from ui.words.pack_words import pack_text, severity_name
from ui.words.severity_words import severity_text


class SeverityRow(QWidget):
    """`chosen` sends the severity when it changes. Where the tickets are of several packs, names that differ and all
    definitions are left out."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, packs: Sequence[Pack], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Severity"))
        self._packs = packs
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._toggled)
        self.definition = TextLabel(theme, tone="muted", size=Type.SMALL, max_lines=2)
        self.definition.hide()
        row = QHBoxLayout()
        row.setSpacing(4 * GRID)
        for level in sorted({each.level for pack in packs for each in pack.severities}):
            names = {severity_name(pack, level) for pack in packs}
            button = QRadioButton(severity_text(level, names.pop() if len(names) == 1 else None))
            self._group.addButton(button, level)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self.definition)

    @property
    def last(self) -> int:
        """The highest number that can be chosen."""
        return max((self._group.id(each) for each in self._group.buttons()), default=0)

    def severity(self) -> int | None:
        """What is chosen."""
        chosen = self._group.checkedId()
        return None if chosen < 0 else chosen

    def choose(self, severity: int) -> bool:
        """Chooses a severity as if it was clicked; False where that is not possible."""
        button = self._group.button(severity)
        if button is None or not self.isEnabled():
            return False
        button.setChecked(True)
        return True

    def focus_first(self) -> None:
        """Puts the keyboard on the choice."""
        chosen = self._group.checkedButton() or next(iter(self._group.buttons()), None)
        if chosen is not None:
            chosen.setFocus()

    def _toggled(self, severity: int, checked: bool) -> None:
        if not checked:
            return
        known = self._packs[0].severity(severity) if len(self._packs) == 1 else None
        self.definition.setText("" if known is None else pack_text(known.definition))
        self.definition.setVisible(known is not None)
        self.chosen.emit(severity)
