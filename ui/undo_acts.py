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
from console.services.severity_bulk import CHUNK, BulkResult, undo_many
from ui.slots import Busy, Tasks, slot
from ui.ticket_acts.site import ActSite
from ui.tr import plural, tr
from ui.undo_line import UndoLine
from ui.when import clock_time

_NAMED = 5


@dataclass(frozen=True)
class _Offer:
    """What was decided and how to take it back."""

    words: str
    until: int
    undo: Callable[[], Coroutine[Any, Any, None]]


class UndoActs(QObject):
    """Says in the line what was decided and offers to undo it. `undone` comes after something was taken back."""

    undone = Signal()

    def __init__(self, site: ActSite, line: UndoLine) -> None:
        super().__init__(site)
        self._site = site
        self._line = line
        self._offer: _Offer | None = None
        line.undoAsked.connect(self.undo)

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    def decided(self, words: str, change: Change) -> None:
        """One decision was recorded; `words` say which."""
        self._say(words)
        if change.decision_uid is not None:
            self._offer_one(words, change.decision_uid)

    def decided_many(self, words: str, results: Sequence[BulkResult], more: str = "") -> None:
        """The decisions of a bulk were recorded; those of `results` that have one can be undone together."""
        self._say(words, more)
        done = [each for each in results if each.decision_uid is not None]
        if done:
            until = self._site.tools.time.now() + UNDO_WINDOW
            self._make(_Offer(words, until, partial(self._undo_many, words, done)))

    def tick(self) -> None:
        """Each second."""
        now = self._site.tools.time.now()
        if self._offer is not None and now >= self._offer.until:
            self._offer = None
        self._line.show_left(now)

    @slot()
    async def undo(self) -> None:
        """Take the last decision back, or say that there is none."""
        offer, self._offer = self._offer, None
        if offer is None:
            self._line.say(tr("There is nothing to undo: decisions can be undone for ten minutes."))
            return
        self._line.say(tr("Undoing: {what}", what=offer.words))
        try:
            await offer.undo()
        except UserError as error:
            self._say(tr("Not undone: {what}. {why}", what=offer.words, why=self._site.tools.say(error)))
        self.undone.emit()

    @slot(busy=Busy.REPLACE)
    async def _offer_one(self, words: str, decision_uid: str) -> None:
        read = partial(self._site.desk.undo.preview, decision_uid=decision_uid, actor=self._site.actor)
        try:
            found = await self._site.desk.db.read(read)
        except UserError:
            # Not every decision can be undone: then it is only said.
            return
        if found.refusal is None:
            self._make(_Offer(words, found.until, partial(self._undo_one, words, decision_uid)))

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

    def _make(self, offer: _Offer) -> None:
        self._offer = offer
        self._line.offer(offer.until, self._site.tools.time.now())

    def _say(self, words: str, more: str = "") -> None:
        self._offer = None
        now = self._site.tools.time.now()
        self._line.say(f"{clock_time(now, self._site.tools.zone, now)}  {words}", more=more)


def numbers_of(results: Sequence[BulkResult]) -> str:
    """The first tickets by number, and how many more."""
    shown = ", ".join(each.number for each in results[:_NAMED])
    rest = len(results) - _NAMED
    return shown if rest <= 0 else tr("{numbers} and {n} more", numbers=shown, n=rest)


def reasons_of(results: Sequence[BulkResult], say: Callable[[UserError], str]) -> str:
    """A line for each ticket that was left, with why."""
    return "\n".join(f"{each.number}: {say(each.refusal)}" for each in results if each.refusal is not None)
