"""Withdrawing a request for an escalation, or closing the escalation with an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.domain.policy import Pack
from ui.dialogs.decision_dialog import DecisionDialog, DialogTools
from ui.dialogs.ending_form import NAME, EndingActs, EndingForm
from ui.tr import tr

if TYPE_CHECKING:
    from console.services.escalating.escalations import EscalationRequest


class EndingDialog(DecisionDialog):
    """Ctrl+Enter ends it; Esc leaves, and what was typed stays."""

    def __init__(
        self,
        request: EscalationRequest,
        pack: Pack,
        acts: EndingActs,
        tools: DialogTools,
        parent: QWidget | None = None,
    ) -> None:
        ticket_id = request.row.ticket_id
        self.number = request.row.number
        self.ending_form = EndingForm(request, pack, acts, tools, tools.drafts.load(NAME, ticket_id))
        super().__init__(NAME, ticket_id, self.ending_form, tools, parent)
        self.setWindowTitle(tr("End the escalation"))
        said = (
            tr("Withdraw the request of {number}")
            if self.ending_form.withdraws
            else tr("Close the escalation of {number}")
        )
        self.headline.setText(said.format(number=request.row.number))
        self.subject.setText(request.row.subject)
        self.ending_form.changed.connect(self.refresh)
        self.ending_form.focus_first()

    def done(self, result: int) -> None:
        self.ending_form.end()
        super().done(result)
