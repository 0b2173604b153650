"""What belongs to whoever sits at a desk: their marks, what is new to them, their reminders, who is on duty."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from console.domain.decisions import Change
from models.selection import PINNED, REMINDERS
from ui.duty import Duty
from ui.live_queue import LiveQueue
from ui.looking import Looking
from ui.reminding import Reminding
from ui.ticket_acts.site import ActSite
from ui.window import Window


class PersonalDesk(QObject):
    """Made for a live desk; `go_to` shows a ticket in the queue."""

    def __init__(
        self, site: ActSite, window: Window, queue: LiveQueue, duty: Duty, go_to: Callable[[int], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._queue = queue
        self._marks = site.my_marks
        desk, tasks = site.desk, site.tasks
        self.duty = duty
        self.looking = Looking(desk, site.panel, self._marks, tasks, self)
        self.reminding = Reminding(desk, self._marks, window.reminder_banner, site.tools.time, tasks, go_to, self)
        self._panel = site.panel
        self._marks.changed.connect(self._marked)
        self._panel.cardShown.connect(lambda _: self._show_pin())
        site.said.connect(window.queue_page.say)
        site.decided.connect(self._decided)
        window.ticked.connect(self.reminding.tick)
        window.ticked.connect(self.duty.tick)

    async def open(self) -> None:
        """Read the marks."""
        await self._marks.load()

    def stop(self) -> None:
        """Note nothing any more."""
        self.looking.stop()

    def _decided(self, ticket_id: int, _words: str, _change: Change) -> None:
        self.looking.decided(ticket_id)

    def _show_pin(self) -> None:
        self._panel.header.show_pinned(self._panel.ticket_id in self._marks.marks.pinned)

    def _marked(self) -> None:
        self._show_pin()
        marks = self._marks.marks
        reminders = tuple(each.ticket_id for each in marks.reminders)
        page = self._window.queue_page
        page.view.show_looked({ticket_id: seen.revision for ticket_id, seen in (marks.looked or {}).items()})
        self._queue.set_marked({PINNED: tuple(sorted(marks.pinned)), REMINDERS: reminders})
