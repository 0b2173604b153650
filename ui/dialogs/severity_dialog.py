"""Changing a severity: choose, see every clock before and after, say why (OD-2)."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.dialogs.decision_dialog import DecisionDialog, DialogTools
from ui.dialogs.severity_form import SeverityActs, SeverityForm, SeveritySubject
from ui.tr import tr
from ui.words.pack_words import severity_name
from ui.words.severity_words import severity_text

NAME = "severity"
# A clock that would begin with the change moves with the present instant.
_LOOK_AGAIN_MS = 15_000


class SeverityDialog(DecisionDialog):
    """Keys 1 to 9 choose outside of text fields, Alt with them everywhere; Ctrl+Enter decides; Esc leaves."""

    def __init__(
        self, subject: SeveritySubject, acts: SeverityActs, tools: DialogTools, parent: QWidget | None = None
    ) -> None:
        self.severity_form = SeverityForm(subject, acts, tools, tools.drafts.load(NAME, subject.ticket_id))
        super().__init__(NAME, subject.ticket_id, self.severity_form, tools, parent)
        self.setWindowTitle(tr("Change severity"))
        self.headline.setText(tr("Change the severity of {number}", number=subject.number))
        present = severity_text(subject.severity, severity_name(subject.pack, subject.severity))
        self.subject.setText(f"{present} · {subject.subject}")
        self.severity_form.changed.connect(self.refresh)
        for severity in subject.pack.severities:
            shortcut = QShortcut(QKeySequence(f"Alt+{severity.level}"), self)
            shortcut.activated.connect(lambda level=severity.level: self.severity_form.choices.choose(level))
        self._timer = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self._look_again)
        self._timer.start()
        self.severity_form.choices.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and digit.isdecimal() and self.severity_form.choices.choose(int(digit)):
            self.severity_form.choices.focus_first()
            return
        super().keyPressEvent(event)

    def done(self, result: int) -> None:
        self._timer.stop()
        self.severity_form.end()
        super().done(result)

    def _look_again(self) -> None:
        if not self.busy:
            self.severity_form.look_again()
