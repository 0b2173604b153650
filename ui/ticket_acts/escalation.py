"""Deciding the escalation that waits."""

from __future__ import annotations

from functools import partial

from console.domain.decisions import Change
from console.domain.errors import UserError
from ui.dialogs.escalation_dialog import EscalationDialog
from ui.dialogs.escalation_form import ACCEPT, EscalationActs, EscalationSubject
from ui.slots import Tasks, slot
from ui.ticket_acts.site import ActSite
from ui.tr import tr
from ui.when import clock_time


class DecideEscalation:
    """Reads the request that waits and opens the dialog for it."""

    def __init__(self, site: ActSite) -> None:
        self._site = site

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    def open(self, ticket_id: int) -> None:
        """For the ticket with this id."""
        self._open(ticket_id)

    @slot()
    async def _open(self, ticket_id: int) -> None:
        site, actor = self._site, self._site.actor
        escalations = site.desk.escalations
        read = partial(escalations.of_ticket, ticket_id=ticket_id)
        try:
            request = await site.desk.db.read(read)
        except UserError:
            # Somebody decided it meanwhile: the panel shows that as soon as it has read the card again.
            site.stale.emit(ticket_id)
            raise

        async def accept(base: int, plan: str, next_update_at: int, reason_code: str | None) -> Change:
            return await site.desk.db.write(
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
            return await site.desk.db.write(
                lambda conn: escalations.reject(
                    conn, ticket_id, actor, base_revision=base_revision, reason_code=reason_code, words=words
                )
            )

        card = await site.read_card(ticket_id)
        subject = EscalationSubject(request=request, pack=card.pack, owner=card.owner)
        acts = EscalationActs(accept=accept, reject=reject, reload=lambda: site.desk.db.read(read))
        dialog = EscalationDialog(subject, acts, site.tools, site.window)
        site.open(dialog, lambda: self._said(dialog))

    def _said(self, dialog: EscalationDialog) -> str:
        form, number, tools = dialog.escalation_form, dialog.number, self._site.tools
        if form.chosen() != ACCEPT:
            return tr("{number}: escalation rejected", number=number)
        at = clock_time(form.next_update.instant(), tools.zone, tools.time.now())
        return tr("{number}: escalation accepted, next update {at}", number=number, at=at)
