"""Recording a request for an escalation that came by phone, chat or another way (OD-9, LI-8)."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui.dialogs.decision_dialog import DecisionDialog, DialogTools
from ui.dialogs.request_acts import RequestActs, RequestSubject
from ui.dialogs.request_form import NAME, RequestForm
from ui.tr import tr

_TICK_MS = 1_000


class RequestDialog(DecisionDialog):
    """Ctrl+Enter records; Esc leaves, and what was typed stays."""

    def __init__(
        self, subject: RequestSubject, acts: RequestActs, tools: DialogTools, parent: QWidget | None = None
    ) -> None:
        identity = subject.card.identity
        self.number = identity.number
        self.request_form = RequestForm(subject, acts, tools, tools.drafts.load(NAME, identity.ticket_id))
        super().__init__(NAME, identity.ticket_id, self.request_form, tools, parent)
        self.setWindowTitle(tr("Record a request for escalation"))
        self.headline.setText(tr("{number}: the customer asks for an escalation", number=identity.number))
        self.subject.setText(identity.subject)
        self.request_form.changed.connect(self.refresh)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(lambda: self.request_form.tick(tools.time.now()))
        self._timer.start()
        self.request_form.channels.focus_first()

    def done(self, result: int) -> None:
        self._timer.stop()
        self.request_form.end()
        super().done(result)
