"""Deciding an escalation: accept it with a plan of action and a next update, or reject it with a reason (OD-9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.dialogs.decision_dialog import DecisionDialog, DialogTools
from ui.dialogs.escalation_acts import EscalationActs, EscalationSubject
from ui.dialogs.escalation_form import TWO_COLUMNS, EscalationForm
from ui.theme import GRID
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.escalating.escalations import EscalationRequest

NAME = "escalation"
# What is left is shown in seconds once it is short.
_TICK_MS = 1_000
_WIDEST = 232 * GRID


class EscalationDialog(DecisionDialog):
    """A accepts and R rejects outside of text fields, Alt+A and Alt+J everywhere; Ctrl+Enter decides; Esc leaves."""

    def __init__(
        self, subject: EscalationSubject, acts: EscalationActs, tools: DialogTools, parent: QWidget | None = None
    ) -> None:
        request: EscalationRequest = subject.request
        ticket_id = request.row.ticket_id
        self.number = request.row.number
        self.escalation_form = EscalationForm(subject, acts, tools, tools.drafts.load(NAME, ticket_id))
        super().__init__(NAME, ticket_id, self.escalation_form, tools, parent)
        self.setWindowTitle(tr("Decide escalation"))
        self.headline.setText(tr("Decide the escalation of {number}", number=request.row.number))
        self.subject.setText(request.row.subject)
        self.escalation_form.changed.connect(self.refresh)
        self.escalation_form.failed.connect(self.show_error)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.escalation_form.focus_first()

    def open_beside(self, panel: QWidget) -> None:
        """As wide as two columns where that leaves the ticket in sight."""
        screen = panel.screen().availableGeometry()
        room = min(panel.mapToGlobal(QPoint(0, 0)).x() - screen.left(), screen.width()) - 6 * GRID
        if room >= TWO_COLUMNS:
            self.resize(min(room, _WIDEST), self.height())
        self.escalation_form.arrange(self.width())
        super().open_beside(panel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        form = self.escalation_form
        choice = {Qt.Key.Key_A: form.accept_choice, Qt.Key.Key_R: form.reject_choice}.get(Qt.Key(event.key()))
        if choice is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier and choice.isEnabled():
            choice.setChecked(True)
            choice.setFocus()
            return
        super().keyPressEvent(event)

    def done(self, result: int) -> None:
        self._timer.stop()
        self.escalation_form.end()
        super().done(result)

    def _tick(self) -> None:
        self.escalation_form.tick(self.tools.time.now())
        if not self.busy:
            # A promise that time has overtaken, and a rule that turned, change what may be decided.
            self.refresh()
