"""The ticket under the cursor: its card, the decisions about it, its plan, its own system."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.domain.decisions import Change
from console.domain.errors import UserError
from console.services.desk import Desk
from console.services.tickets import TicketCard
from ui.dialogs.decision_dialog import DecisionDialog, DialogTools
from ui.dialogs.escalation_dialog import EscalationDialog
from ui.dialogs.escalation_form import ACCEPT, EscalationActs, EscalationSubject
from ui.dialogs.severity_dialog import SeverityDialog
from ui.dialogs.severity_form import SeverityActs, SeveritySubject
from ui.plan_page.page import PlanPage
from ui.slots import Busy, Tasks, slot
from ui.theme import Theme
from ui.ticket_panel.panel import TicketPanel
from ui.tr import tr
from ui.when import clock_time

# A key held down passes many tickets; the card of each would be read for nothing.
REST_SECONDS = 0.04
# A card that comes sooner than this replaces the one before without a word.
PATIENCE_SECONDS = 0.25


class TicketDesk(QObject):
    """Shows the chosen ticket in the panel and opens the dialogs of its decisions.

    `tools` are what dialogs work with; its tasks are this object's as well. `open_url` opens an address outside.
    `decided` comes with the ticket's id and a sentence after a decision was recorded; `planShown` when the page of
    plans shows a customer.
    """

    decided = Signal(int, str)
    planShown = Signal()

    def __init__(
        self,
        desk: Desk,
        panel: TicketPanel,
        plans: PlanPage,
        tools: DialogTools,
        open_url: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.tools = tools
        self._window = parent
        self._desk = desk
        self._panel = panel
        self._plans = plans
        self._ticket_id = 0
        panel.severityRequested.connect(self.change_severity)
        panel.escalationRequested.connect(self.decide_escalation)
        panel.planRequested.connect(self.show_plan)
        panel.openRequested.connect(open_url)

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self.tools.tasks

    def set_theme(self, theme: Theme) -> None:
        """Dress the dialogs that open from now on."""
        self.tools = replace(self.tools, theme=theme)

    def show_ticket(self, ticket_id: int, number: str = "") -> None:
        """Show a ticket, or none for 0. The latest call wins."""
        if ticket_id == self._ticket_id:
            return
        self._ticket_id = ticket_id
        self._read_card(ticket_id, number)

    def tickets_changed(self, ids: set[int]) -> None:
        """These tickets have changed: read the card again if it is of one of them."""
        if self._ticket_id in ids:
            self._read_card(self._ticket_id, "")

    @slot(busy=Busy.REPLACE)
    async def _read_card(self, ticket_id: int, number: str) -> None:
        if not ticket_id:
            self._panel.clear()
            return
        if self._panel.ticket_id not in (None, ticket_id):
            await asyncio.sleep(REST_SECONDS)
        waiting = asyncio.get_running_loop().call_later(PATIENCE_SECONDS, self._show_loading, ticket_id, number)
        try:
            card = await self._card(ticket_id)
        finally:
            waiting.cancel()
        if ticket_id == self._ticket_id:
            self._panel.show_card(card)

    def _show_loading(self, ticket_id: int, number: str) -> None:
        if self._panel.ticket_id != ticket_id:
            self._panel.show_loading(number)

    async def _card(self, ticket_id: int) -> TicketCard:
        return await self._desk.db.read(partial(self._desk.tickets.card, ticket_id=ticket_id))

    def change_severity(self, ticket_id: int) -> None:
        """Open the dialog for the ticket on show."""
        card = self._panel.card
        if card is None or card.identity.ticket_id != ticket_id:
            return
        actor = self._desk.actor
        subject = SeveritySubject(
            ticket_id=ticket_id,
            number=card.identity.number,
            subject=card.identity.subject,
            severity=card.state.severity,
            pack=card.pack,
            base_revision=card.base_revision,
            role=actor.role,
        )
        severity = self._desk.severity

        async def commit(to: int, base_revision: int, reason_code: str | None, words: str) -> Change:
            return await self._desk.db.write(
                lambda conn: severity.change(
                    conn, ticket_id, to, actor, base_revision=base_revision, reason_code=reason_code, words=words
                )
            )

        acts = SeverityActs(
            preview=lambda to: self._desk.db.read(
                partial(severity.preview, ticket_id=ticket_id, to=to, actor=actor),
            ),
            commit=commit,
        )
        dialog = SeverityDialog(subject, acts, self.tools, self._window)
        self._open(dialog, lambda: severity_said(subject, dialog.severity_form.choices.severity()))

    @slot()
    async def decide_escalation(self, ticket_id: int) -> None:
        """Read the request that waits and open the dialog for it."""
        escalations = self._desk.escalations
        actor = self._desk.actor
        read = partial(escalations.of_ticket, ticket_id=ticket_id)
        try:
            request = await self._desk.db.read(read)
        except UserError:
            # Somebody decided it meanwhile: the panel shows that as soon as it has read the card again.
            self._read_card(ticket_id, "")
            raise

        async def accept(base: int, plan: str, next_update_at: int, reason_code: str | None) -> Change:
            return await self._desk.db.write(
                lambda conn: escalations.accept(
                    conn,
                    ticket_id,
                    actor,
                    base_revision=base,
                    plan_of_action=plan,
                    next_update_at=next_update_at,
                    reason_code=reason_code,
                )
            )

        async def reject(base_revision: int, reason_code: str | None, words: str) -> Change:
            return await self._desk.db.write(
                lambda conn: escalations.reject(
                    conn, ticket_id, actor, base_revision=base_revision, reason_code=reason_code, words=words
                )
            )

        card = await self._card(ticket_id)
        subject = EscalationSubject(request=request, pack=card.pack, owner=card.owner)
        acts = EscalationActs(accept=accept, reject=reject, reload=lambda: self._desk.db.read(read))
        dialog = EscalationDialog(subject, acts, self.tools, self._window)
        self._open(dialog, lambda: self._escalation_said(dialog))

    @slot(busy=Busy.REPLACE)
    async def show_plan(self, ticket_id: int) -> None:
        """Show what the ticket's customer is entitled to."""
        read = partial(self._desk.entitlements.of_ticket, ticket_id=ticket_id)
        found = await self._desk.db.read(read)
        self._plans.show_entitlements(found)
        self.planShown.emit()

    def _open(self, dialog: DecisionDialog, said: Callable[[], str]) -> None:
        dialog.decided.connect(lambda: self.decided.emit(dialog.ticket_id, said()))
        dialog.open_beside(self._panel)

    def _escalation_said(self, dialog: EscalationDialog) -> str:
        form, number = dialog.escalation_form, dialog.number
        if form.chosen() != ACCEPT:
            return tr("{number}: escalation rejected", number=number)
        at = clock_time(form.next_update.instant(), self.tools.zone, self.tools.time.now())
        return tr("{number}: escalation accepted, next update {at}", number=number, at=at)


def severity_said(subject: SeveritySubject, to: int | None) -> str:
    """What was decided, in a sentence."""
    number, before = subject.number, subject.severity
    if to is not None and (before is None or to < before):
        return tr("{number} raised to severity {to}", number=number, to=to)
    return tr("{number} reduced to severity {to}", number=number, to=to)
