"""By which channel somebody asks, with the verdict of the rules beside each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from console.domain.eligibility import Verdict
from console.domain.policy import Pack
from ui.text_label import TextLabel
from ui.theme import GRID, Theme
from ui.ticket_panel.verdict_words import channel_name, channel_words, is_available
from ui.tr import tr


class ChannelChoices(QWidget):
    """None is chosen until somebody chooses, but where there is only one. `chosen` carries the code."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, zone: tzinfo, pack: Pack, codes: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Channel"))
        self._zone = zone
        self._codes = tuple(codes)
        self._verdict: Verdict | None = None
        self._group = QButtonGroup(self)
        self.buttons: list[QRadioButton] = []
        self.verdicts: list[TextLabel] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for place, code in enumerate(self._codes):
            button = QRadioButton(channel_name(pack, code).replace("&", "&&"))
            said = TextLabel(theme, right=True)
            self._group.addButton(button, place)
            self.buttons.append(button)
            self.verdicts.append(said)
            grid.addWidget(button, place, 0)
            grid.addWidget(said, place, 1, Qt.AlignmentFlag.AlignVCenter)
        if len(self.buttons) == 1:
            self.buttons[0].setChecked(True)
        self._group.idToggled.connect(self._toggled)

    def show_verdict(self, verdict: Verdict, now: int) -> None:
        """Shows how the rules stand for each."""
        self._verdict = verdict
        self.tick(now)

    def tick(self, now: int) -> None:
        """Moves what is left on. `now` in microseconds UTC."""
        for code, button, label in zip(self._codes, self.buttons, self.verdicts, strict=True):
            found = self._verdict.channel(code) if self._verdict is not None else None
            text = tr("no rules for it") if found is None else channel_words(found, self._zone, now)
            label.setText(text)
            label.set_look("ok" if found is not None and is_available(found, now) else "muted")
            button.setAccessibleDescription(text)

    def code(self) -> str | None:
        """What is chosen."""
        place = self._group.checkedId()
        return self._codes[place] if place >= 0 else None

    def choose(self, code: str | None) -> None:
        """Chooses a channel; nothing where it is not offered."""
        if code in self._codes:
            self.buttons[self._codes.index(code)].setChecked(True)

    def focus_first(self) -> None:
        """Puts the keyboard on the choice."""
        place = max(0, self._group.checkedId())
        if self.buttons:
            self.buttons[place].setFocus()

    def _toggled(self, place: int, checked: bool) -> None:
        if checked:
            self.chosen.emit(self._codes[place])
