"""Several tickets and what a decision about all of them would do, or has done, to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class BulkColumn(IntEnum):
    """The columns in their order."""

    NUMBER = 0
    SUBJECT = 1
    CHANGE = 2
    NOTE = 3


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One ticket in words, all plain text; `tone` names the colour of its note."""

    ticket_id: int
    number: str
    subject: str
    change: str
    note: str = ""
    tone: str = "text"


class BulkModel(QAbstractTableModel):
    """Read-only. `tones` are the colours of notes by name; a note of another tone has that of the text."""

    def __init__(self, headers: tuple[str, str, str, str], tones: Mapping[str, QColor]) -> None:
        super().__init__()
        self._headers = headers
        self._tones = tones
        self._rows: list[BulkRow] = []
        self._places: dict[int, int] = {}

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._rows, self._places = [], {}
        self.endResetModel()

    def add_rows(self, rows: Sequence[BulkRow]) -> None:
        """Show more tickets below those that are there."""
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows += rows
        self._places |= {row.ticket_id: place for place, row in enumerate(rows, start=first)}
        self.endInsertRows()

    def replace_rows(self, rows: Sequence[BulkRow]) -> None:
        """Show these tickets anew, in the places that they have; others are left out."""
        places = []
        for row in rows:
            place = self._places.get(row.ticket_id)
            if place is not None:
                self._rows[place] = row
                places.append(place)
        if places:
            last = len(BulkColumn) - 1
            self.dataChanged.emit(self.index(min(places), 0), self.index(max(places), last))

    def row(self, place: int) -> BulkRow:
        """The ticket in this place."""
        return self._rows[place]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(BulkColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(BulkColumn):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._headers[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        row, column = self._rows[index.row()], BulkColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (row.number, row.subject, row.change, row.note)[column]
        if role == Qt.ItemDataRole.ForegroundRole and column is BulkColumn.NOTE:
            return self._tones.get(row.tone)
        return None
