"""Withdrawing or closing the escalation that is open."""

from __future__ import annotations

from functools import partial

from console.domain.decisions import Change
from console.domain.errors import UserError
from ui.dialogs.ending_dialog import EndingDialog
from ui.dialogs.ending_form import EndingActs
from ui.slots import Tasks, slot
from ui.ticket_acts.site import ActSite
from ui.tr import tr


class EndEscalation:
    """Reads what is open and opens the dialog for its end."""

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
        site, db, escalations = self._site, self._site.desk.db, self._site.desk.escalations
        read = partial(escalations.open_one, ticket_id=ticket_id)
        try:
            request = await db.read(read)
        except UserError:
            # Somebody ended it meanwhile: the panel shows that as soon as it has read the card again.
            site.stale.emit(ticket_id)
            raise
        card = await site.read_card(ticket_id)

        async def withdraw(base: int, reason_code: str | None, words: str) -> Change:
            return await db.write(
                lambda conn: escalations.withdraw(
                    conn, ticket_id, site.actor, base_revision=base, words=words, reason_code=reason_code
                )
            )

        async def close(base: int, outcome: str | None, words: str) -> Change:
            return await db.write(
                lambda conn: escalations.close(
                    conn, ticket_id, site.actor, base_revision=base, outcome=outcome, words=words
                )
            )

        acts = EndingActs(withdraw=withdraw, close=close, reload=lambda: db.read(read))
        dialog = EndingDialog(request, card.pack, acts, site.tools, site.window)
        withdraws, number = dialog.ending_form.withdraws, request.row.number
        said = tr("{number}: request withdrawn") if withdraws else tr("{number}: escalation closed")
        site.open(dialog, lambda: said.format(number=number))
