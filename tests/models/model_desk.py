"""A queue model with the store's part played in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC

from PySide6.QtCore import Qt

from console.domain.rows import QueueRow
from models.queue_columns import Column
from models.queue_model import QueueModel
from tests.models.desk import StillTime, Words, changes_of, index_of, ticket


class Desk:
    """A model, and the store that answers it at once or later."""

    def __init__(self, rows: Iterable[QueueRow] = (), *, answers: bool = True) -> None:
        self.time = StillTime()
        self.model = QueueModel(self.time, UTC, Words())
        self.rows = {row.ticket_id: row for row in rows}
        self.wanted: list[list[int]] = []
        self.revision = 1
        self.model.rowsWanted.connect(self.answer if answers else self.wanted.append)

    def answer(self, ids: list[int]) -> None:
        self.wanted.append(ids)
        self.model.setRows([self.rows[each] for each in ids if each in self.rows], ids)

    def open(self) -> QueueModel:
        self.model.setIndex(index_of(self.rows.values()))
        self.model.setVisibleRows(0, 50)
        return self.model

    def change(self, *rows: QueueRow, closed: tuple[int, ...] = (), flush: bool = True) -> None:
        self.revision += 1
        changes = changes_of(rows, closed, self.revision)
        for row in rows:
            self.rows[row.ticket_id] = replace(row, revision=self.revision)
        for ticket_id in closed:
            self.rows.pop(ticket_id, None)
        self.model.apply(changes)
        if flush:
            self.model.flush()

    @property
    def ids(self) -> list[int]:
        return self.model.ticketsAt(0, self.model.rowCount())

    def text(self, ticket_id: int, column: Column, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self.model.data(self.model.index(self.model.rowOf(ticket_id), column), role)


def five() -> list[QueueRow]:
    return [ticket(each, each * 1000) for each in (1, 2, 3, 4, 5)]


def record(model: QueueModel) -> list[str]:
    """What a model tells its views from now on."""
    told: list[str] = []
    model.modelReset.connect(lambda: told.append("reset"))
    model.layoutChanged.connect(lambda: told.append("layout"))
    model.rowsInserted.connect(lambda _, first, last: told.append(f"insert {first}-{last}"))
    model.rowsRemoved.connect(lambda _, first, last: told.append(f"remove {first}-{last}"))
    model.dataChanged.connect(lambda first, last: told.append(f"data {first.row()}-{last.row()}"))
    return told
