"""People with what they carry as a table: to choose one, or to tick those who work on a shift."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from console.domain.people import PersonLoad

Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
PERSON_ROLE = Qt.ItemDataRole.UserRole


class PeopleColumn(IntEnum):
    """What is told of each."""

    NAME = 0
    SHIFT = 1
    OPEN = 2
    OVERDUE = 3
    NEXT_DUE = 4


@dataclass(frozen=True)
class PeopleWords:
    """`due` says an instant in seconds UTC; `spoken` says a person for a screen reader."""

    headers: tuple[str, ...]
    on_shift: str
    due: Callable[[int], str]
    spoken: Callable[[PersonLoad], str]


class PeopleModel(QAbstractTableModel):
    """PERSON_ROLE is the person's id. With `checkable` the names can be ticked; `ticked` says that one was."""

    ticked = Signal()

    def __init__(self, words: PeopleWords, *, checkable: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._checkable = checkable
        self._all: tuple[PersonLoad, ...] = ()
        self._shown: list[PersonLoad] = []
        self._ticked: set[int] = set()
        self._filter = ""

    def show_people(self, people: Sequence[PersonLoad], ticked: Collection[int] = ()) -> None:
        """Show these people in their order, with the ticks of those ids."""
        self.beginResetModel()
        self._all = tuple(people)
        self._ticked = set(ticked)
        self._shown = self._fitting()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Show only those whose name has this text, whatever its case. Ticks stay."""
        if text.strip().casefold() == self._filter:
            return
        self.beginResetModel()
        self._filter = text.strip().casefold()
        self._shown = self._fitting()
        self.endResetModel()

    def ticked_ids(self) -> tuple[int, ...]:
        """Who is ticked, in the order of all people, those who are not shown now too."""
        return tuple(person.person_id for person in self._all if person.person_id in self._ticked)

    def person(self, row: int) -> PersonLoad | None:
        """Who stands in a row; none where there is no such row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, person_id: int) -> int:
        """The row of a person, -1 where they are not shown."""
        return next((row for row, each in enumerate(self._shown) if each.person_id == person_id), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Those who are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """See `PeopleColumn`."""
        return 0 if parent.isValid() else len(PeopleColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heads of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(PeopleColumn):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words.headers[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names can be ticked where this is asked for."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self._checkable and index.column() == PeopleColumn.NAME:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; see `PeopleColumn`."""
        person = self.person(index.row()) if index.isValid() else None
        if person is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(person, index.column())
        if role == PERSON_ROLE:
            return person.person_id
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == PeopleColumn.NAME:
            return self._words.spoken(person)
        if role == Qt.ItemDataRole.CheckStateRole and self._checkable and index.column() == PeopleColumn.NAME:
            on = person.person_id in self._ticked
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a name, or take its tick away."""
        person = self.person(index.row()) if index.isValid() else None
        if person is None or role != Qt.ItemDataRole.CheckStateRole or not self._checkable:
            return False
        if index.column() != PeopleColumn.NAME:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._ticked.add(person.person_id)
        else:
            self._ticked.discard(person.person_id)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()
        return True

    def _fitting(self) -> list[PersonLoad]:
        return [person for person in self._all if self._filter in person.name.casefold()]

    def _text(self, person: PersonLoad, column: int) -> str:
        load = person.load
        match column:
            case PeopleColumn.NAME:
                return person.name
            case PeopleColumn.SHIFT:
                return self._words.on_shift if person.on_shift else ""
            case PeopleColumn.OPEN:
                return str(load.open)
            case PeopleColumn.OVERDUE:
                return str(load.overdue) if load.overdue else ""
        return "" if load.next_due_s is None else self._words.due(load.next_due_s)


def _alignment(column: int) -> Qt.AlignmentFlag:
    return _LEFT if column in (PeopleColumn.NAME, PeopleColumn.SHIFT) else _RIGHT
