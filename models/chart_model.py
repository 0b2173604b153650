"""The bars of a chart as rows: each says its numbers in words, and has its parts for whoever paints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
LINE_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One bar: its name, its numbers in words, and the lengths of its parts with the code of each."""

    label: str
    said: str
    parts: tuple[tuple[str, int], ...]

    @property
    def length(self) -> int:
        """Of all parts together."""
        return sum(length for _, length in self.parts)


class ChartModel(QAbstractListModel):
    """Read-only; the text of a row is `label: said`, also for screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[ChartLine, ...] = ()

    @property
    def lines(self) -> tuple[ChartLine, ...]:
        """What is shown, from the top down."""
        return self._lines

    @property
    def longest(self) -> int:
        """The length of the longest bar."""
        return max((line.length for line in self._lines), default=0)

    def show_lines(self, lines: Sequence[ChartLine]) -> None:
        """Shows other bars."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, QAbstractListModel.CheckIndexOption.IndexIsValid):
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{line.label}: {line.said}"
        return None
