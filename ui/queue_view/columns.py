"""How wide the columns are, and which give way in a narrow window."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtGui import QFontMetrics

from models.queue_columns import Column

# Space on each side of a cell's text, and in front of the first column for the mark of the current row.
MARGIN = 8
SHAPE = 12
SUBJECT_AT_LEAST = 240

# The text that has to fit into a column. Subject takes the rest.
_WIDEST = MappingProxyType(
    {
        Column.SEVERITY: "4 Medium",
        Column.NUMBER: "INC0000000",
        Column.CUSTOMER: "Northwind Traders",
        Column.PLAN: "Diamond plus",
        Column.STATUS: "Waiting for us",
        Column.CLOCK: "Escalation review",
        Column.LEFT: "‖ −23 h 59 m",
        Column.DUE: "24 Nov 16:20",
        Column.OWNER: "Grace Hopper",
        Column.ASKED: "23 h 59 m",
    }
)
# Who goes first when there is no room for all.
_GIVES_WAY = (Column.OWNER, Column.CLOCK, Column.STATUS, Column.PLAN, Column.DUE, Column.CUSTOMER)


@dataclass(frozen=True, slots=True)
class Fit:
    """Widths in device-independent pixels of the columns that are shown; the others are hidden."""

    widths: dict[Column, int]

    def shows(self, column: Column) -> bool:
        """Whether the column is shown."""
        return column in self.widths


def preferred(metrics: QFontMetrics) -> dict[Column, int]:
    """The width of each column but the subject, by the font."""
    widths = {column: metrics.horizontalAdvance(text) + 2 * MARGIN + 2 for column, text in _WIDEST.items()}
    widths[Column.SEVERITY] += SHAPE + MARGIN
    return widths


def fit(room: int, widths: dict[Column, int], *, asked: bool) -> Fit:
    """Who is shown in `room` pixels. `widths` has all columns but the subject, which gets what is left.

    `asked` shows how long an escalation has waited.
    """
    shown = {column: width for column, width in widths.items() if asked or column is not Column.ASKED}
    for column in _GIVES_WAY:
        if sum(shown.values()) + SUBJECT_AT_LEAST <= room:
            break
        shown.pop(column, None)
    shown[Column.SUBJECT] = max(SUBJECT_AT_LEAST // 2, room - sum(shown.values()))
    return Fit({column: shown[column] for column in Column if column in shown})
