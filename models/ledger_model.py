"""The ledger behind a balance: what was used and given back, newest first, with what was left after each entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from console.domain.decisions import LedgerEntry
from console.domain.entitlements import INCIDENT

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class LedgerColumn(IntEnum):
    """The columns in their order."""

    DATE = 0
    TICKET = 1
    AMOUNT = 2
    LEFT = 3
    RULE = 4


_RIGHT = (LedgerColumn.AMOUNT, LedgerColumn.LEFT)


@dataclass(frozen=True, slots=True)
class LedgerWords:
    """How entries are shown: instants in microseconds UTC, amounts by kind, rules by their code. All plain text."""

    headers: tuple[str, str, str, str, str]
    date: Callable[[int], str]
    amount: Callable[[str, int], str]
    rule: Callable[[str], str]


class LedgerModel(QAbstractTableModel):
    """Read-only. `LEFT` is blank where incidents are unlimited and for entries of another kind."""

    def __init__(self, words: LedgerWords) -> None:
        super().__init__()
        self._words = words
        self._entries: list[tuple[LedgerEntry, int | None]] = []

    def show_entries(self, entries: Sequence[LedgerEntry], granted: int | None) -> None:
        """Shows another ledger, given oldest first; `granted` are the plan's incidents, none: unlimited."""
        left = granted
        found: list[tuple[LedgerEntry, int | None]] = []
        for entry in entries:
            counts = left is not None and entry.kind == INCIDENT
            if left is not None and counts:
                left += entry.amount
            found.append((entry, left if counts else None))
        self.beginResetModel()
        self._entries = found[::-1]
        self.endResetModel()

    def entry(self, row: int) -> LedgerEntry | None:
        """The entry at a row, none where there is no such row."""
        return self._entries[row][0] if 0 <= row < len(self._entries) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(LedgerColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(LedgerColumn):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(LedgerColumn(section))
        return self._words.headers[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        column = LedgerColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(*self._entries[index.row()], column)
        return _alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _text(self, entry: LedgerEntry, left: int | None, column: LedgerColumn) -> str:
        match column:
            case LedgerColumn.DATE:
                return self._words.date(entry.at)
            case LedgerColumn.TICKET:
                return entry.ticket_number or ""
            case LedgerColumn.AMOUNT:
                return self._words.amount(entry.kind, entry.amount)
            case LedgerColumn.LEFT:
                return "" if left is None else str(left).replace("-", "−")
            case LedgerColumn.RULE:
                return self._words.rule(entry.rule)


def _alignment(column: LedgerColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
