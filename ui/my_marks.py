"""The personal marks of whoever sits at the desk: read when it opens, kept in step with what is written here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from console.domain.decisions import Change
from console.services.acting.marks import Looked, Marks
from console.services.desk import Desk


class MyMarks(QObject):
    """`changed` comes when pins, reminders or what was looked at are others than before."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.marks = Marks()

    async def load(self) -> None:
        """Read them anew."""
        self.marks = await self._desk.db.read(partial(self._desk.marks.of, actor=self._desk.actor))
        self.changed.emit()

    async def toggle_pin(self, ticket_id: int) -> bool:
        """Pin a ticket, or take its pin off; whether it is pinned now."""
        pins = ticket_id not in self.marks.pinned
        act = self._desk.marks.pin if pins else self._desk.marks.unpin
        await self._desk.db.write(partial(act, ticket_id=ticket_id, actor=self._desk.actor))
        await self.load()
        return pins

    async def remind(self, ticket_id: int, at: int | None, words: str = "") -> Change:
        """Be reminded of a ticket at an instant (microseconds UTC), or not any more for none.

        Raises UserError remind_past.
        """
        marks, actor = self._desk.marks, self._desk.actor
        if at is None:
            await self._desk.db.write(partial(marks.forget, ticket_id=ticket_id, actor=actor))
        else:
            job = partial(marks.remind, ticket_id=ticket_id, actor=actor, at=at, words=words)
            await self._desk.db.write(job)
        await self.load()
        # Personal: no ticket changes by it.
        return Change(0, (), 0)

    async def looked(self, ticket_id: int, seen: Looked) -> None:
        """Note that a ticket was looked at."""
        job = partial(self._desk.marks.looked, ticket_id=ticket_id, actor=self._desk.actor, seen=seen)
        await self._desk.db.write(job)
        await self.load()
