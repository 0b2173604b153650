"""The messages of the desk as rows, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from console.domain.records import OutboxMessage

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class OutboxColumn(IntEnum):
    """The columns in their order."""

    LEAVES = 0
    TO = 1
    CHANNEL = 2
    TICKET = 3
    SUBJECT = 4


@dataclass(frozen=True, slots=True)
class OutboxWords:
    """How messages are shown. `leaves` gets the present as well, microseconds UTC. All plain text."""

    headers: tuple[str, str, str, str, str]
    leaves: Callable[[OutboxMessage, int], str]
    to: Callable[[OutboxMessage], str]
    channel: Callable[[str], str]
    subject: Callable[[str | None], str]


class OutboxModel(QAbstractTableModel):
    """Read-only. Messages that are read again keep their rows; new ones come in on top."""

    def __init__(self, words: OutboxWords) -> None:
        super().__init__()
        self._words = words
        self._messages: list[OutboxMessage] = []
        self._now = 0

    def show_messages(self, messages: Sequence[OutboxMessage], now: int) -> None:
        """Shows other messages, the newest first, at `now` (microseconds UTC)."""
        self._now = now
        found = list(messages)
        new = len(found) - len(self._messages)
        kept = [each.uid for each in found[max(0, new) :]]
        if new >= 0 and self._messages and kept == [each.uid for each in self._messages]:
            if new:
                self.beginInsertRows(_NOWHERE, 0, new - 1)
                self._messages = found
                self.endInsertRows()
            self._messages = found
            self._changed(new, len(found) - 1)
            return
        self.beginResetModel()
        self._messages = found
        self.endResetModel()

    def tick(self, now: int) -> None:
        """Time has passed: what has come to its instant says so."""
        before, self._now = self._now, now
        for row, each in enumerate(self._messages):
            if before < each.not_before <= now:
                self._changed(row, row)

    def message(self, row: int) -> OutboxMessage | None:
        """The message of a row; none where there is no such row."""
        return self._messages[row] if 0 <= row < len(self._messages) else None

    def row_of(self, uid: str) -> int:
        """The row of a message, -1 where it is not shown."""
        return next((row for row, each in enumerate(self._messages) if each.uid == uid), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._messages)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(OutboxColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(OutboxColumn):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._words.headers[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(self._messages[index.row()], OutboxColumn(index.column()))
        return None

    def _text(self, message: OutboxMessage, column: OutboxColumn) -> str:
        match column:
            case OutboxColumn.LEAVES:
                return self._words.leaves(message, self._now)
            case OutboxColumn.TO:
                return self._words.to(message)
            case OutboxColumn.CHANNEL:
                return self._words.channel(message.channel)
            case OutboxColumn.TICKET:
                return message.number or ""
            case OutboxColumn.SUBJECT:
                return self._words.subject(message.text)

    def _changed(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(OutboxColumn) - 1))
