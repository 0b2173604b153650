"""The lines of the sidebar as a Qt model."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.queue_names import NO_NAMES, Names, QueueEntry, entries
from ui.tr import grouped, tr

ENTRY_ROLE = Qt.ItemDataRole.UserRole
COUNT_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class SidebarModel(QAbstractListModel):
    """Queues and how many tickets are in each. ENTRY_ROLE is the QueueEntry, COUNT_ROLE its count or none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = {}
        self._names: Names = NO_NAMES
        self._entries = entries(())

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show these counts by queue code. Only lines that changed are drawn again; new groups rebuild the list."""
        before, self._counts = self._counts, dict(counts)
        if self._renew():
            return
        for row, entry in enumerate(self._entries):
            if entry.code is not None and before.get(entry.code) != self._counts.get(entry.code):
                where = self.index(row)
                self.dataChanged.emit(where, where, [COUNT_ROLE, Qt.ItemDataRole.AccessibleTextRole])

    def set_names(self, names: Names) -> None:
        """The names of plans, once they are known."""
        self._names = names
        self._renew()

    def _renew(self) -> bool:
        new = entries(self._counts, self._names)
        if new == self._entries:
            return False
        self.beginResetModel()
        self._entries = new
        self.endResetModel()
        return True

    def row_of(self, code: str) -> int | None:
        """The row of a queue, none when it has no line."""
        return next((row for row, entry in enumerate(self._entries) if entry.code == code), None)

    def entry(self, row: int) -> QueueEntry:
        """The line at `row`."""
        return self._entries[row]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Lines, headings included."""
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can be neither chosen nor reached by key."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._entries[index.row()].code is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title, the entry, the count, or all of it in words for a screen reader."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        count = None if entry.code is None else self._counts.get(entry.code, 0 if self._counts else None)
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.ToolTipRole and entry.code is not None:
            # Escaped and marked as rich text, or Qt would guess which of both it is.
            return f"<qt>{escape(entry.title)}</qt>"
        if role == COUNT_ROLE:
            return count
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.title if count is None else tr("{title}: {n} tickets", title=entry.title, n=grouped(count))
        return None
