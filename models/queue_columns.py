"""The columns of a queue, the roles of its cells, and the sort that a header stands for."""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType

from PySide6.QtCore import Qt

from models.selection import SortKey


class Column(IntEnum):
    """The columns from left to right.

    `LEFT` is wall time until the deadline, `WORK_LEFT` the working time in it. `ASKED` is how long an escalation waits,
    or what is left to decide it: of use in the queue 'to decide'.
    """

    SEVERITY = 0
    NUMBER = 1
    SUBJECT = 2
    CUSTOMER = 3
    PLAN = 4
    STATUS = 5
    CLOCK = 6
    LEFT = 7
    WORK_LEFT = 8
    DUE = 9
    OWNER = 10
    ASKED = 11


class QueueRole(IntEnum):
    """What the model gives besides Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1  # the QueueRow, none while it is being fetched
    TICKET_ID = Qt.ItemDataRole.UserRole + 2
    RISK = Qt.ItemDataRole.UserRole + 3  # models.time_text.Risk


# What only the content of a row can answer.
ROW_ROLES = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, QueueRole.ROW, QueueRole.RISK})

# Their text changes while time passes.
TIME_COLUMNS = (Column.LEFT, Column.WORK_LEFT, Column.ASKED)
# Numbers stand right, words left.
RIGHT = frozenset({Column.LEFT, Column.WORK_LEFT, Column.DUE, Column.ASKED})

SORT_BY = MappingProxyType(
    {
        Column.SEVERITY: SortKey.SEVERITY,
        Column.NUMBER: SortKey.NUMBER,
        Column.CUSTOMER: SortKey.CUSTOMER,
        Column.PLAN: SortKey.PLAN,
        Column.STATUS: SortKey.STATUS,
        Column.LEFT: SortKey.DEADLINE,
        Column.DUE: SortKey.DEADLINE,
        Column.OWNER: SortKey.OWNER,
        Column.ASKED: SortKey.ASKED,
    }
)


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Where the text of a column stands."""
    side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
