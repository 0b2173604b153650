"""The facts of a ticket as a list from which one is chosen. What cannot be chosen is there, and says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.domain.fact_line import FactLine, VoidableFact

Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class FactColumn(IntEnum):
    """What is told of each."""

    WHEN = 0
    WHAT = 1
    WHO = 2


@dataclass(frozen=True)
class FactListWords:
    """How facts are said; `refused` says the code of why one cannot be chosen."""

    headers: tuple[str, ...]
    when: Callable[[int], str]
    what: Callable[[FactLine], str]
    who: Callable[[FactLine], str]
    refused: Callable[[str], str]


class FactModel(QAbstractTableModel):
    """Facts in the order in which they are given. Those with a refusal are greyed and cannot be chosen."""

    def __init__(self, words: FactListWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._facts: tuple[VoidableFact, ...] = ()

    def show_facts(self, facts: Sequence[VoidableFact]) -> None:
        """Show these."""
        self.beginResetModel()
        self._facts = tuple(facts)
        self.endResetModel()

    def fact(self, row: int) -> VoidableFact | None:
        """The fact in a row; none where there is no such row."""
        return self._facts[row] if 0 <= row < len(self._facts) else None

    def row_of(self, uid: str) -> int:
        """The row of a fact, -1 where it is not in the list."""
        return next((row for row, each in enumerate(self._facts) if each.line.uid == uid), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """All facts."""
        return 0 if parent.isValid() else len(self._facts)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """See `FactColumn`."""
        return 0 if parent.isValid() else len(FactColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heads of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(FactColumn):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words.headers[section]
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What cannot be chosen can be read."""
        fact = self.fact(index.row()) if index.isValid() else None
        if fact is None:
            return Qt.ItemFlag.NoItemFlags
        if fact.refusal is not None:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; in the tip the whole of it, and why it cannot be chosen."""
        fact = self.fact(index.row()) if index.isValid() else None
        if fact is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(fact.line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            said = self._words.what(fact.line)
            lines = [said] if fact.refusal is None else [said, self._words.refused(fact.refusal)]
            # Escaped and marked as rich text, or Qt would guess which of both it is.
            return f"<qt>{'<br>'.join(escape(line) for line in lines)}</qt>"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self._text(fact.line, index.column())
            return said if fact.refusal is None else f"{said}. {self._words.refused(fact.refusal)}"
        return None

    def _text(self, line: FactLine, column: int) -> str:
        match column:
            case FactColumn.WHEN:
                return self._words.when(line.at)
            case FactColumn.WHO:
                return self._words.who(line)
        return self._words.what(line)
