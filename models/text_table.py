"""A table of ready texts: for lists that are read once and looked at. No widget and no query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

# The name of a colour of the theme, for whoever paints; what belongs to a row, for whoever acts on it.
TONE = Qt.ItemDataRole.UserRole + 1
KEY = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its words, and whether numbers stand in it."""

    words: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A text as people wrote it: shown as plain text. `tone` names a colour of the theme, `spoken` what a screen reader
    says where that is more."""

    text: str
    bold: bool = False
    tone: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row and what it stands for."""

    cells: tuple[Cell, ...]
    key: str = ""


class TextTable(QAbstractTableModel):
    """Read-only. Every line has as many cells as there are heads; cells that are missing are blank."""

    def __init__(self, heads: Sequence[Head] = ()) -> None:
        super().__init__()
        self._heads = tuple(heads)
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line], heads: Sequence[Head] | None = None) -> None:
        """Show other lines, perhaps under other heads."""
        self.beginResetModel()
        self._lines = tuple(lines)
        if heads is not None:
            self._heads = tuple(heads)
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """The line at a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def lines(self) -> tuple[Line, ...]:
        """All lines from the top down."""
        return self._lines

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._heads):
            return None
        head = self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if head.right else _LEFT
        return head.words if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        line, column = self._lines[index.row()], index.column()
        if role == KEY:
            return line.key
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._heads[column].right else _LEFT
        if column >= len(line.cells):
            return None
        return _of_cell(line.cells[column], role, self._heads[column].words)


def _of_cell(cell: Cell, role: int, head: str) -> Any:
    if role == Qt.ItemDataRole.DisplayRole:
        return cell.text
    if role == Qt.ItemDataRole.AccessibleTextRole:
        said = cell.spoken or cell.text
        return f"{head}, {said}" if head and said else said
    if role == Qt.ItemDataRole.FontRole and cell.bold:
        font = QFont()
        font.setBold(True)
        return font
    return cell.tone if role == TONE else None
