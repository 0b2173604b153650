"""Undoing the last decision, or the decisions of a whole bulk, for ten minutes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.domain.decisions import Change
from console.domain.errors import UserError
from console.domain.undo import UNDO_WINDOW
from console.services.severities.severity_bulk import CHUNK, BulkResult, undo_many
from console.services.undo import UndoOffer
from ui.slots import Busy, Tasks, slot
from ui.ticket_acts.site import ActSite
from ui.tr import plural, tr
from ui.undo_line import UndoLine
from ui.when import clock_time

_NAMED = 5
_KEPT = 20


@dataclass(frozen=True)
class _Done:
    """What was decided: one decision by its uid, or none for those of a bulk, and how to take it back. `said` has the
    time before the words; `until` (microseconds UTC) is when it cannot be undone any more."""

    words: str
    said: str
    uid: str | None
    until: int
    undo: Callable[[], Coroutine[Any, Any, None]]


class UndoActs(QObject):
    """Says in the line what was decided and offers to undo it, or the newest decision before it that can be undone.
    `undone` comes after something was taken back."""

    undone = Signal()

    def __init__(self, site: ActSite, line: UndoLine) -> None:
        super().__init__(site)
        self._site = site
        self._line = line
        self._done: list[_Done] = []
        self._offered: _Done | None = None
        line.undoAsked.connect(self.undo)

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    def decided(self, words: str, change: Change) -> None:
        """One decision was recorded; `words` say which."""
        said = self._say(words)
        if change.decision_uid is not None:
            uid = change.decision_uid
            self._keep(words, said, uid, partial(self._undo_one, words, uid))
        self._offer(said)

    def decided_many(self, words: str, results: Sequence[BulkResult], more: str = "") -> None:
        """The decisions of a bulk were recorded; those of `results` that have one can be undone together."""
        said = self._say(words, more)
        done = [each for each in results if each.decision_uid is not None]
        if done:
            self._keep(words, said, None, partial(self._undo_many, words, done))
        self._offer(said)

    def tick(self) -> None:
        """Each second."""
        now = self._site.tools.time.now()
        self._done = [each for each in self._done if now < each.until]
        if self._offered is not None and now >= self._offered.until:
            self._offered = None
        self._line.show_left(now)

    @slot()
    async def undo(self) -> None:
        """Take back what is offered, or say that there is nothing."""
        done, self._offered = self._offered, None
        if done is None:
            self._line.say(tr("There is nothing to undo: decisions can be undone for ten minutes."))
            return
        self._line.say(tr("Undoing: {what}", what=done.words))
        try:
            await done.undo()
        except UserError as error:
            said = self._say(tr("Not undone: {what}. {why}", what=done.words, why=self._site.tools.say(error)))
        else:
            said = self._line.text()
        self._done = [each for each in self._done if each is not done]
        self._offer(said)
        self.undone.emit()

    def _keep(self, words: str, said: str, uid: str | None, undo: Callable[[], Coroutine[Any, Any, None]]) -> None:
        until = self._site.tools.time.now() + UNDO_WINDOW
        self._done = [*self._done[1 - _KEPT :], _Done(words, said, uid, until, undo)]

    @slot(busy=Busy.REPLACE)
    async def _offer(self, said: str) -> None:
        """Offer the newest that can be undone; `said` is what the line says. Each of a bulk is tried when it is undone:
        a bulk is always offered."""
        asked: dict[str, _Done] = {}
        bulk = None
        for each in reversed(self._done):
            if each.uid is None:
                bulk = each
                break
            asked[each.uid] = each
        found = UndoOffer(final=False)
        if asked:
            read = partial(self._site.desk.undo.offer, newest_first=tuple(asked), actor=self._site.actor)
            found = await self._site.desk.db.read(read)
        if found.final and (newest := self._done[-1]).said == said:
            said = tr("{what}. This is final.", what=said)
            self._line.say(said)
            # Said once: what is said after it is not about it.
            self._done.remove(newest)
        chosen = bulk if found.uid is None else asked[found.uid]
        if chosen is not None:
            self._offered = chosen
            older = "" if chosen.said == said else chosen.said
            self._line.offer(found.until or chosen.until, self._site.tools.time.now(), older=older, number=found.number)

    async def _undo_one(self, words: str, decision_uid: str) -> None:
        desk, actor = self._site.desk, self._site.actor
        await desk.db.write(partial(desk.undo.undo, decision_uid=decision_uid, actor=actor))
        self._say(tr("Undone: {what}", what=words))

    async def _undo_many(self, words: str, done: Sequence[BulkResult]) -> None:
        desk, actor = self._site.desk, self._site.actor
        results: list[BulkResult] = []
        for start in range(0, len(done), CHUNK):
            chunk = done[start : start + CHUNK]
            results += await desk.db.write(partial(undo_many, undo=desk.undo, done=chunk, actor=actor))
        stay = [each for each in results if each.refusal is not None]
        if not stay:
            self._say(tr("Undone: {what}", what=words))
            return
        taken = plural("Undone for {n} ticket", "Undone for {n} tickets", len(results) - len(stay))
        said = tr("{taken}. Not undone: {numbers}", taken=taken, numbers=numbers_of(stay))
        self._say(said, reasons_of(stay, self._site.tools.say))

    def _say(self, words: str, more: str = "") -> str:
        """The words with the time before them."""
        self._offered = None
        now = self._site.tools.time.now()
        said = f"{clock_time(now, self._site.tools.zone, now)}  {words}"
        self._line.say(said, more=more)
        return said


def numbers_of(results: Sequence[BulkResult]) -> str:
    """The first tickets by number, and how many more."""
    shown = ", ".join(each.number for each in results[:_NAMED])
    rest = len(results) - _NAMED
    return shown if rest <= 0 else tr("{numbers} and {n} more", numbers=shown, n=rest)


def reasons_of(results: Sequence[BulkResult], say: Callable[[UserError], str]) -> str:
    """A line for each ticket that was left, with why."""
    return "\n".join(f"{each.number}: {say(each.refusal)}" for each in results if each.refusal is not None)
