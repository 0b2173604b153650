"""Keeps the queue on screen live: reads the index, follows the database, fetches rows, counts, finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from functools import partial
from itertools import count

from PySide6.QtCore import QObject, Signal

from console.domain.errors import EnvironmentFault
from console.domain.index_columns import RowChanges
from console.domain.instants import SECOND
from console.services.desk import Desk
from models.following import Batch, Following
from models.live_index import LiveIndex
from models.queue_model import QueueModel
from models.selection import Selection, SortKey
from ui.indicator import Health
from ui.queue_names import NO_MARKS, OPEN, queue_selection
from ui.queue_page import QueuePage
from ui.slots import Busy, Tasks, slot
from ui.strip import outlook

# Counts and the strip follow a burst of changes at this pace.
COUNT_MS = 250
# What time alone changes in a row (auto-close, the end of a review) is folded again this often.
REFOLD_S = 60
FOUND_AT_MOST = 500
FIND = "find"


class LiveQueue(QObject):
    """Between the desk's queue service and the queue page.

    `healthChanged` says whether changes arrive; `ticketsChanged` carries the ids of what did (a set).
    """

    healthChanged = Signal(Health)
    ticketsChanged = Signal(object)
    findEnded = Signal()  # a queue was chosen instead

    def __init__(
        self,
        desk: Desk,
        model: QueueModel,
        page: QueuePage,
        tasks: Tasks,
        zone: tzinfo,
        report: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self._desk = desk
        self._model = model
        self._page = page
        self._zone = zone
        self._report = report
        self._since = 0
        self._news = False
        self._refold_at = 0
        self._questions = count(1)
        self._words: str | None = None
        self._finding = False
        self._asked_at = -1
        self._queue_before = OPEN
        self._marked: Mapping[str, Sequence[int]] = NO_MARKS
        self._batch = Batch(parent=self)
        self._counting = Batch(COUNT_MS, self)
        self._following = Following(desk.path, desk.data_version, self) if desk.path is not None else None
        self._connect()

    async def open(self) -> None:
        """Read the index and follow from now on. Raises what the store raises."""
        if self._following is not None:
            # Before the index is read: what is committed in between is then news.
            self._following.start()
        await self._read_index()
        self.healthChanged.emit(Health.LIVE)

    def stop(self) -> None:
        """Follow no more."""
        if self._following is not None:
            self._following.stop()
        self._batch.stop()
        self._counting.stop()

    def tick(self) -> None:
        """Each second: what time alone changes."""
        self._model.advance()
        second = self._model.now() // SECOND
        if second % 15 == 0:
            self._counting.request()
        if second >= self._refold_at:
            self._refold_at = second + REFOLD_S
            self._refold()

    @slot(busy=Busy.REPLACE)
    async def refresh(self) -> None:
        """Read everything anew."""
        await self._read_index()
        self.healthChanged.emit(Health.LIVE)

    def news(self) -> None:
        """Something was committed: read what changed."""
        self._news = True
        self._catch_up()

    def set_marked(self, marked: Mapping[str, Sequence[int]]) -> None:
        """The tickets of personal queues by code, as they are from now on."""
        self._marked = marked
        self._count()
        shown = self._model.selection
        if shown.queue in marked and shown.within != tuple(marked[shown.queue]):
            self._model.select(queue_selection(shown.queue, shown, marked))

    def choose(self, code: str) -> None:
        """Show another queue; that ends a search."""
        if self._finding:
            return
        self.tasks.cancel(FIND)
        self._words = None
        self._page.show_found(None)
        self._model.select(queue_selection(code, self._model.selection, self._marked))
        self.findEnded.emit()
        self._page.go_to_first()

    @slot(busy=Busy.REPLACE, key=FIND)
    async def find(self, words: str) -> None:
        """Filter by what is found among open tickets; where there is none, list closed ones that fit."""
        found = await self._desk.db.read(partial(self._desk.queues.search, words=words, limit=FOUND_AT_MOST))
        if self._words is None:
            self._queue_before = self._page.sidebar.code
        self._words = words
        self._finding = True
        self._page.sidebar.choose(OPEN)
        self._finding = False
        self._model.select(Selection(OPEN, within=tuple(found)))
        if found and not self._model.rowCount():
            self._model.setFirstRows(await self._desk.db.read(partial(self._desk.queues.rows, ids=found)))
        self._page.show_found(words, self._model.rowCount())
        self._page.go_to_first()

    def clear_find(self) -> None:
        """Show the whole queue again, the one from before."""
        self.tasks.cancel(FIND)
        if self._words is not None:
            self._page.sidebar.choose(self._queue_before)
            self.choose(self._queue_before)

    def _connect(self) -> None:
        self._model.rowsWanted.connect(self._fetch)
        self._model.collected.connect(self._batch.request)
        self._batch.due.connect(self._model.flush)
        self._model.applied.connect(self._counting.request)
        self._model.applied.connect(self._rank)
        self._model.queueChanged.connect(self._rank)
        self._counting.due.connect(self._count)
        self._page.queueChosen.connect(self.choose)
        if self._following is not None:
            self._following.changed.connect(self.news)
            self._following.lost.connect(self._lost)
            self._following.found.connect(self._found)

    async def _read_index(self) -> None:
        queues = self._desk.queues
        # In a reading thread, for sorting a million tickets takes longer than a frame.
        index = await self._desk.db.read(lambda conn: LiveIndex(*queues.index(conn)))
        # Read again, the index has what the card on show does not have yet: that is news all the same.
        self._since = self._since or index.revision
        self._model.cells.work_left_of = await self._desk.db.read(queues.work_left)
        self._model.setIndex(index)
        self._count()
        self.news()

    @slot()
    async def _catch_up(self) -> None:
        while self._news and self._model.live is not None:
            self._news = False
            since = self._since
            changes: RowChanges = await self._desk.db.read(partial(self._desk.queues.changes, since_revision=since))
            self._since = max(since, changes.columns.revision)
            touched = {*changes.columns.ticket_id.tolist(), *changes.closed.tolist()}
            if touched:
                self._model.apply(changes)
                self.ticketsChanged.emit(touched)

    @slot()
    async def _refold(self) -> None:
        change = await self._desk.db.write(self._desk.queues.refold_due)
        if change.ticket_ids:
            self.news()

    def _rank(self) -> None:
        live, key = self._model.live, self._model.selection.sort
        # A ticket that asks again has another place than before.
        if live is not None and (live.lacks_ranks(key) or (key is SortKey.ASKED and self._asked_at != live.revision)):
            self._asked_at = live.revision
            self.tasks.start("ranks", self._read_ranks(key), key=f"ranks {key}")

    async def _read_ranks(self, key: SortKey) -> None:
        ranks = await self._desk.db.read(partial(self._desk.queues.ranks, by=key.value))
        self._model.setRanks(key, ranks)

    def _fetch(self, ids: Sequence[int]) -> None:
        # Each question has its own task: two stretches of rows do not exclude each other.
        if not self.tasks.start("rows", self._answer(ids), key=f"rows {next(self._questions)}"):
            self._model.rowsFailed(ids)

    async def _answer(self, ids: Sequence[int]) -> None:
        try:
            rows = await self._desk.db.read(partial(self._desk.queues.rows, ids=ids))
        except EnvironmentFault:
            self._model.rowsFailed(ids)
            raise
        self._model.setRows(rows, asked=ids)

    def _count(self) -> None:
        live = self._model.live
        if live is not None:
            now_s = self._model.now() // SECOND
            marked = {code: live.count_among(ids) for code, ids in self._marked.items()}
            self._page.show_counts(live.counts(now_s) | marked)
            self._page.strip.show_outlook(outlook(live.due_before, now_s, self._zone))

    def _lost(self, fault: EnvironmentFault) -> None:
        self.healthChanged.emit(Health.STALE)
        self._report(fault)

    def _found(self) -> None:
        self.healthChanged.emit(Health.LIVE)
        self.news()
