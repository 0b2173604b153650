"""Keeps the top bar saying who is on duty, whoever took over at whatever desk."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from console.domain.instants import SECOND
from console.domain.roles import Act, may
from console.services.shifts import Shift
from ui.slots import Busy, Tasks, slot
from ui.ticket_acts.site import ActSite
from ui.top_bar import TopBar
from ui.words.shift_words import on_duty_words

# A shift that another desk took is seen within this time.
_EVERY_S = 15


class Duty(QObject):
    """`changed` carries the latest shift: the one that runs, or the one that ended last."""

    changed = Signal(object)

    def __init__(self, site: ActSite, top_bar: TopBar, parent: QObject | None) -> None:
        super().__init__(parent)
        self._site = site
        self._top_bar = top_bar
        self.latest: Shift | None = None
        site.actorChanged.connect(self._say)
        site.shiftChanged.connect(self.look)

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    def tick(self) -> None:
        """Each second."""
        if self._site.tools.time.now() // SECOND % _EVERY_S == 0:
            self.look()

    @slot(busy=Busy.REPLACE)
    async def look(self) -> None:
        """Read who is on duty."""
        desk = self._site.desk
        before = self.latest
        self.latest = await desk.db.read(desk.shifts.latest)
        self._say()
        if before != self.latest:
            self.changed.emit(self.latest)

    def _say(self) -> None:
        tools = self._site.tools
        words = on_duty_words(self.latest, self._site.actor.name, tools.zone, tools.time.now())
        free = self.latest is None or self.latest.until is not None
        past = self._site.desk.shifts.as_of is not None
        take = free and not past and may(self._site.actor.role, Act.TAKE_SHIFT)
        self._top_bar.duty.show_shift(words, take=take)
