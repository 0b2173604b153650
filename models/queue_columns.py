"""The columns of a queue, the roles of its cells, and the sort that a header stands for."""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType

from PySide6.QtCore import Qt

from models.selection import SortKey


class Column(IntEnum):
    """The columns from left to right. `ASKED` is how long an escalation waits: of use in the queue 'to decide'."""

    SEVERITY = 0
    NUMBER = 1
    SUBJECT = 2
    CUSTOMER = 3
    PLAN = 4
    STATUS = 5
    CLOCK = 6
    LEFT = 7
    DUE = 8
    OWNER = 9
    ASKED = 10


class QueueRole(IntEnum):
    """What the model gives besides Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1  # the QueueRow, none while it is being fetched
    TICKET_ID = Qt.ItemDataRole.UserRole + 2
    RISK = Qt.ItemDataRole.UserRole + 3  # models.time_text.Risk


# Their text changes while time passes.
TIME_COLUMNS = (Column.LEFT, Column.ASKED)
# Numbers stand right, words left.
RIGHT = frozenset({Column.LEFT, Column.DUE, Column.ASKED})

SORT_BY = MappingProxyType(
    {
        Column.SEVERITY: SortKey.SEVERITY,
        Column.PLAN: SortKey.PLAN,
        Column.STATUS: SortKey.STATUS,
        Column.LEFT: SortKey.DEADLINE,
        Column.DUE: SortKey.DEADLINE,
        Column.OWNER: SortKey.OWNER,
    }
)
