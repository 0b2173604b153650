"""Whom to call for the ticket on show."""

from __future__ import annotations

from functools import partial

from ui.dialogs.call_dialog import CallDialog
from ui.slots import Tasks, slot
from ui.ticket_acts.site import ActSite


class WhomToCall:
    """Reads the pack's contacts of this hour and shows them."""

    def __init__(self, site: ActSite) -> None:
        self._site = site

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    def open(self, ticket_id: int) -> None:
        """For the ticket on show; nothing for another one."""
        self._open(ticket_id)

    @slot()
    async def _open(self, ticket_id: int) -> None:
        site, card = self._site, self._site.card(ticket_id)
        if card is None:
            return
        found = await site.desk.db.read(partial(site.desk.people.call_list, ticket_id=ticket_id))
        tools = site.tools
        CallDialog(card.identity.number, found, tools.theme, tools.zone, site.window).open_beside(site.panel)
