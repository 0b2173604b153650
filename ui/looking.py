"""Notices that a ticket was looked at, and says what is new on it since the last time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from console.services.acting.marks import Looked
from console.services.desk import Desk
from console.services.tickets import TicketCard
from ui.my_marks import MyMarks
from ui.slots import Busy, Tasks, slot
from ui.ticket_panel.panel import TicketPanel

# Shorter it was passed by, not looked at.
LOOK_MS = 2_000


class Looking(QObject):
    """Follows what the panel shows. What was new when a ticket was opened stays marked while it is on show."""

    def __init__(self, desk: Desk, panel: TicketPanel, marks: MyMarks, tasks: Tasks, parent: QObject | None) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self._desk = desk
        self._panel = panel
        self._marks = marks
        self._ticket_id = 0
        self._before: Looked | None = None
        self._timer = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._timer.timeout.connect(self._note)
        panel.cardShown.connect(self._shown)

    def stop(self) -> None:
        """Note nothing any more."""
        self._timer.stop()
        self._panel.cardShown.disconnect(self._shown)

    def decided(self, ticket_id: int) -> None:
        """What was decided here is no news: from now on it is the last look."""
        if ticket_id == self._ticket_id:
            self._before = None

    def _shown(self, card: TicketCard | None) -> None:
        self._timer.stop()
        if card is None:
            self._ticket_id = 0
            return
        ticket_id = card.identity.ticket_id
        if ticket_id != self._ticket_id:
            self._ticket_id = ticket_id
            self._before = (self._marks.marks.looked or {}).get(ticket_id)
        if self._before is None:
            self._panel.show_since(None)
        else:
            self._compare(card, self._before)
        self._timer.start()

    @slot(busy=Busy.REPLACE)
    async def _compare(self, card: TicketCard, before: Looked) -> None:
        compare = partial(self._desk.marks.since, card=card, actor=self._desk.actor, looked=before)
        found = await self._desk.db.read(compare)
        if self._panel.card is card:
            self._panel.show_since(found)

    def _note(self) -> None:
        card = self._panel.card
        if card is not None and self._panel.isVisible():
            self._keep(card)

    @slot(busy=Busy.REPLACE)
    async def _keep(self, card: TicketCard) -> None:
        seen = Looked(card.state.as_of, card.base_revision)
        if self._before is None:
            self._before = seen
        await self._marks.looked(card.identity.ticket_id, seen)
