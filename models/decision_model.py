"""Decisions as rows, read by the page: only what is in sight is fetched, so that a journal of years opens at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from console.domain.reviews import DecisionRow

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_PAGE = 100


class DecisionColumn(IntEnum):
    """The columns in their order."""

    WHEN = 0
    TICKET = 1
    DECISION = 2
    MANAGER = 3
    REVIEW = 4


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """How decisions are shown, all plain text; `when` takes microseconds UTC. `reading` stands where a row is on its
    way."""

    headers: tuple[str, str, str, str, str]
    when: Callable[[int], str]
    decision: Callable[[DecisionRow], str]
    manager: Callable[[DecisionRow], str]
    review: Callable[[DecisionRow], str]
    reading: str


class DecisionModel(QAbstractTableModel):
    """Read-only. It knows the numbers of all decisions; rows are asked for by `want` and brought by `put`."""

    def __init__(self, words: DecisionWords) -> None:
        super().__init__()
        self._words = words
        self._numbers: tuple[int, ...] = ()
        self._places: dict[int, int] = {}
        self._rows: dict[int, DecisionRow] = {}
        self._asked: set[int] = set()

    def show_numbers(self, numbers: Sequence[int]) -> None:
        """Shows other decisions, in this order; rows that are known are read again when somebody looks."""
        self.beginResetModel()
        self._numbers = tuple(numbers)
        self._places = {number: place for place, number in enumerate(self._numbers)}
        self._rows = {}
        self._asked = set()
        self.endResetModel()

    def show_rows(self, rows: Sequence[DecisionRow]) -> None:
        """Shows these decisions, with nothing left to fetch."""
        self.show_numbers([row.seq for row in rows])
        self.put(rows)

    def want(self, first: int, last: int) -> list[int]:
        """The numbers to fetch so that the rows from `first` to `last` can be shown, by whole pages; none twice."""
        begin = max(0, first) // _PAGE * _PAGE
        wanted = [
            number
            for number in self._numbers[begin : (max(first, last) // _PAGE + 1) * _PAGE]
            if number not in self._rows and number not in self._asked
        ]
        self._asked.update(wanted)
        return wanted

    def put(self, rows: Sequence[DecisionRow]) -> None:
        """Rows that were fetched; those that are not in the list any more are left out."""
        places = [self._places[row.seq] for row in rows if row.seq in self._places]
        self._rows |= {row.seq: row for row in rows if row.seq in self._places}
        self._asked.difference_update(row.seq for row in rows)
        if places:
            top, bottom = self.index(min(places), 0), self.index(max(places), len(DecisionColumn) - 1)
            self.dataChanged.emit(top, bottom)

    def number(self, row: int) -> int | None:
        """The number of the decision in a row; none where there is no such row."""
        return self._numbers[row] if 0 <= row < len(self._numbers) else None

    def place(self, number: int) -> int:
        """The row of a decision, -1 where it is not in the list."""
        return self._places.get(number, -1)

    def row(self, number: int) -> DecisionRow | None:
        """A decision, none while it is on its way."""
        return self._rows.get(number)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(DecisionColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(DecisionColumn):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._words.headers[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        # A tip has what the cell may be too narrow for, and nothing that is hidden.
        column, row = DecisionColumn(index.column()), self._rows.get(self._numbers[index.row()])
        if row is None:
            return self._words.reading if column is DecisionColumn.WHEN else ""
        return self._text(row, column)

    def _text(self, row: DecisionRow, column: DecisionColumn) -> str:
        match column:
            case DecisionColumn.WHEN:
                return self._words.when(row.at)
            case DecisionColumn.TICKET:
                return row.number
            case DecisionColumn.DECISION:
                return self._words.decision(row)
            case DecisionColumn.MANAGER:
                return self._words.manager(row)
            case DecisionColumn.REVIEW:
                return self._words.review(row)
