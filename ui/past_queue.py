"""The queue as it was at an instant: every ticket folded at that instant, nothing moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import QObject, Signal

from console.domain.instants import SECOND
from console.domain.queues import QUEUES, belongs
from console.domain.rows import QueueRow
from console.domain.state import Group, RowState
from console.services.desk import Desk
from models.queue_model import QueueModel
from ui.queue_names import GROUP, PLAN, queue_selection
from ui.queue_page import QueuePage
from ui.slots import Tasks
from ui.strip import outlook


class PastQueue(QObject):
    """Between the desk's past and the queue page. `instant` is microseconds UTC."""

    findEnded = Signal()  # a queue was chosen instead

    def __init__(
        self,
        desk: Desk,
        instant: int,
        model: QueueModel,
        page: QueuePage,
        tasks: Tasks,
        zone: tzinfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self._desk = desk
        self._instant = instant
        self._model = model
        self._page = page
        self._zone = zone
        self._pairs: list[tuple[RowState, QueueRow]] = []
        self._words = ""
        page.queueChosen.connect(self.choose)

    async def open(self) -> None:
        """Fold and show. Raises what the store raises."""
        past = await self._desk.db.read(partial(self._desk.queues.as_of, instant=self._instant))
        self._pairs = list(zip(past.states, past.rows, strict=True))
        self._model.cells.work_left_of = await self._desk.db.read(self._desk.queues.work_left)
        self._page.show_counts(self._counts())
        self._page.strip.show_outlook(outlook(self._due_before, self._instant // SECOND, self._zone))
        self._show()

    def choose(self, code: str) -> None:
        """Show another queue; that ends a search."""
        self._words = ""
        self._page.show_found(None)
        self._show()
        self.findEnded.emit()

    def find(self, words: str) -> None:
        """Show the rows that have all these words in number, subject or customer."""
        self._words = words
        self._show()
        self._page.show_found(words, self._model.rowCount())

    def clear_find(self) -> None:
        """Show the whole queue again."""
        self._words = ""
        self._page.show_found(None)
        self._show()

    def _show(self) -> None:
        code = self._page.sidebar.code
        wanted = self._words.casefold().split()
        rows = [
            row
            for state, row in self._pairs
            if belongs(code, state, self._instant // SECOND, row.support_group) and _has(row, wanted)
        ]
        self._model.select(queue_selection(code, self._model.selection))
        self._model.setFirstRows(rows)
        self._page.go_to_first()

    def _counts(self) -> dict[str, int]:
        counts: Counter[str] = Counter()
        now_s = self._instant // SECOND
        for state, row in self._pairs:
            if state.open:
                if row.support_group:
                    counts[f"{GROUP}{row.support_group}"] += 1
                if row.plan:
                    counts[f"{PLAN}{row.pack}/{row.plan}"] += 1
                counts.update(code for code in QUEUES if belongs(code, state, now_s))
        return dict(counts)

    def _due_before(self, seconds: Sequence[int]) -> list[int]:
        dues = [state.due_s for state, _ in self._pairs if state.open and state.group is Group.RUNNING]
        return [sum(due < second for due in dues) for second in seconds]


def _has(row: QueueRow, words: Sequence[str]) -> bool:
    text = f"{row.number} {row.subject} {row.customer}".casefold()
    return all(word in text for word in words)
