"""Says that the time of a reminder has come: one line across the window, until it is shown or put away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from console.domain.instants import TimeSource
from console.services.acting.marks import Reminder
from console.services.desk import Desk
from ui.banner import Banner, Notice, Tone
from ui.my_marks import MyMarks
from ui.slots import Tasks, slot
from ui.tr import plural, tr


class Reminding(QObject):
    """`go_to` shows a ticket. A reminder that was shown is done; one that was put away stays in its queue."""

    def __init__(
        self,
        desk: Desk,
        marks: MyMarks,
        banner: Banner,
        time: TimeSource,
        tasks: Tasks,
        go_to: Callable[[int], None],
        parent: QObject | None,
    ) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self._desk = desk
        self._marks = marks
        self._banner = banner
        self._time = time
        self._go_to = go_to
        self._said: Reminder | None = None
        self._away: set[tuple[int, int]] = set()
        banner.closed.connect(self._put_away)
        marks.changed.connect(self._forget_moved)

    def tick(self) -> None:
        """Each second: whether another one has come."""
        if self._said is not None or self._banner.notice is not None:
            return
        due = self._waiting()
        if due:
            self._said = due[0]
            self._say(due[0], len(due) - 1)

    def _waiting(self) -> list[Reminder]:
        due = self._marks.marks.due(self._time.now())
        return [each for each in due if (each.ticket_id, each.at) not in self._away]

    @slot()
    async def _say(self, reminder: Reminder, more: int) -> None:
        (row,) = await self._desk.db.read(partial(self._desk.queues.rows, ids=[reminder.ticket_id])) or (None,)
        number = "" if row is None else row.number
        what = reminder.words or ("" if row is None else row.subject)
        text = tr("Reminder for {number}: {what}", number=number, what=" ".join(what.split()))
        if more:
            text = f"{text}  ({plural('{n} more', '{n} more', more)})"
        if self._said == reminder:
            self._banner.say(Notice(text, Tone.NOTE, tr("Show the ticket"), lambda: self._show(reminder)))

    def _show(self, reminder: Reminder) -> None:
        self._go_to(reminder.ticket_id)
        self._done(reminder.ticket_id)

    @slot()
    async def _done(self, ticket_id: int) -> None:
        await self._marks.remind(ticket_id, None)

    def _put_away(self) -> None:
        if self._said is not None:
            self._away.add((self._said.ticket_id, self._said.at))
            self._said = None

    def _forget_moved(self) -> None:
        said = self._said
        if said is not None and said not in self._marks.marks.reminders:
            self._said = None
            self._banner.say(None)
