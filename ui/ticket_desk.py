"""The ticket under the cursor: its card, what may be done with it, its own system."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ui.slots import Busy, Tasks, slot
from ui.ticket_acts.acts import many_tickets_acts, ticket_acts
from ui.ticket_acts.allowed import refusal
from ui.ticket_acts.site import ActSite
from ui.ticket_panel.actions import web_address
from ui.tr import tr

# A key held down passes many tickets; the card of each would be read for nothing.
REST_SECONDS = 0.04
# A card that comes sooner than this replaces the one before without a word.
PATIENCE_SECONDS = 0.25

# In the order of the menu; none is a line between them.
MENU: tuple[str | None, ...] = (
    *("severity", "escalation", "request", "withdraw", None),
    *("eta", "owner", "note", "pin", "remind", None),
    *("credit", "quota", None),
    *("void", "call", "plan", "open"),
)


class TicketDesk(QObject):
    """Shows the chosen ticket in the panel and begins what a key or a button asks for.

    `selected` gives the ids of all rows that are chosen. `refused` carries the sentence for an act that cannot be done.
    """

    refused = Signal(str)

    def __init__(
        self,
        site: ActSite,
        selected: Callable[[], Sequence[int]],
        open_url: Callable[[str], None],
        menu_action: Callable[[str], QAction],
    ) -> None:
        """`menu_action` is the window's action behind a code."""
        super().__init__(site.window)
        self.site = site
        self._panel = site.panel
        self._selected = selected
        self._menu_action = menu_action
        self._ticket_id = 0
        self._acts = ticket_acts(site)
        self._many = many_tickets_acts(site)
        site.stale.connect(lambda ticket_id: self._read_card(ticket_id, ""))
        panel = site.panel
        panel.severityRequested.connect(lambda _: self.act("severity"))
        panel.escalationRequested.connect(lambda _: self.act("escalation"))
        panel.planRequested.connect(lambda _: self.act("plan"))
        panel.openRequested.connect(open_url)
        panel.moreRequested.connect(self.show_more)

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self.site.tasks

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the acts."""
        return frozenset(self._acts)

    def act(self, code: str) -> None:
        """Begin an act with the ticket on show, or with all that are chosen where it can take several. A ticket behind
        another page is not acted on: nobody sees it."""
        if not self._panel.isVisible():
            return
        chosen = self._selected()
        if code in self._many and len(chosen) > 1:
            self._many[code].open_many(chosen)
            return
        card = self._panel.card
        if code not in self._acts or card is None:
            return
        reason = self._refusal(code)
        if reason is not None:
            self.refused.emit(reason)
        else:
            self._acts[code].open(card.identity.ticket_id)

    def show_more(self) -> None:
        """The menu of all acts, beside its button."""
        button = self._panel.actions_bar.more
        self.show_menu(button.mapToGlobal(QPoint(0, 0)), above=True)

    def show_menu(self, where: QPoint, *, above: bool = False) -> QMenu | None:
        """The menu of all acts at a point of the screen; none where no ticket is on show."""
        if self._panel.card is None:
            return None
        menu = QMenu(self.site.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for code in MENU:
            if code is None:
                menu.addSeparator()
            elif code in self._acts or code == "open":
                menu.addAction(self._entry(menu, code))
        if above:
            where = where - QPoint(0, menu.sizeHint().height())
        menu.popup(where)
        return menu

    def _entry(self, menu: QMenu, code: str) -> QAction:
        """An entry of its own: greying the window's action would silence its key, which says why."""
        of_window = self._menu_action(code)
        entry = QAction(of_window.text(), menu)
        entry.setShortcuts(of_window.shortcuts())
        reason = self._refusal(code)
        entry.setEnabled(of_window.isEnabled() and reason is None)
        entry.setToolTip(reason or of_window.toolTip())
        entry.triggered.connect(of_window.trigger)
        return entry

    def _refusal(self, code: str) -> str | None:
        card = self._panel.card
        if card is not None and code == "open" and web_address(card.identity.source_url) is None:
            return tr("The ticket came without a web address.")
        return None if card is None else refusal(code, card, self.site.actor)

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
            card = await self.site.read_card(ticket_id)
        finally:
            waiting.cancel()
        if ticket_id == self._ticket_id:
            self._panel.show_card(card)

    def _show_loading(self, ticket_id: int, number: str) -> None:
        if self._panel.ticket_id != ticket_id:
            self._panel.show_loading(number)
