"""A plan as a table: a row for each severity, a column for each clock, the ticket's cell marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from console.domain.entitlements import PlanTable
from console.domain.policy_values import Text

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

# Whether the ticket counts by this cell; whether the row is that of the ticket's severity.
MARKED = Qt.ItemDataRole.UserRole + 1
CURRENT = Qt.ItemDataRole.UserRole + 2
MARK = "▸"

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class PlanWords:
    """How codes and numbers are shown; `duration` takes microseconds. All plain text."""

    text: Callable[[Text], str]
    duration: Callable[[int], str]
    severity: Callable[[int, str], str]
    severity_header: str
    nothing: str
    this_ticket: str


class PlanModel(QAbstractTableModel):
    """Read-only. Column 0 is the severity, the others are the clocks that the plan promises."""

    def __init__(self, words: PlanWords) -> None:
        super().__init__()
        self._words = words
        self._table: PlanTable | None = None

    def show_table(self, table: PlanTable | None) -> None:
        """Shows another plan; none: nothing."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self._table is None else len(self._table.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self._table is None else 1 + len(self._table.clocks)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or self._table is None:
            return None
        if not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section else _LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._words.severity_header if section == 0 else self._words.text(self._table.clocks[section - 1][1])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._table is None or not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        row, column = self._table.rows[index.row()], index.column()
        marked = column > 0 and row.cells[column - 1].marked
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{MARK} {self._text(index.row(), column)}" if marked else self._text(index.row(), column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = [self.headerData(column, Qt.Orientation.Horizontal), self._text(index.row(), column)]
            return ", ".join([*said, self._words.this_ticket] if marked else said)
        if role == Qt.ItemDataRole.FontRole and (marked or (row.current and column == 0)):
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column else _LEFT
        return {MARKED: marked, CURRENT: row.current}.get(role)

    def _text(self, row: int, column: int) -> str:
        if self._table is None:
            return ""
        found = self._table.rows[row]
        if column == 0:
            return self._words.severity(found.severity, self._words.text(found.name))
        target = found.cells[column - 1].target
        return self._words.nothing if target is None else self._words.duration(target)
