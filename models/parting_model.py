"""Decisions that are alike and went different ways, as rows of two short lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
PARTING_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class PartingLine:
    """Two short lines; `spoken` is all of it in words."""

    shared: str
    went: str
    spoken: str


class PartingModel(QAbstractListModel):
    """Read-only."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[PartingLine, ...] = ()

    def show_lines(self, lines: Sequence[PartingLine]) -> None:
        """Shows other lines."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, QAbstractListModel.CheckIndexOption.IndexIsValid):
            return None
        line = self._lines[index.row()]
        if role == PARTING_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.shared}\n{line.went}"
        return line.spoken if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole) else None
