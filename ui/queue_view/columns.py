"""How wide the columns are, which give way in a narrow window, and which somebody chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtGui import QFontMetrics

from models.queue_columns import Column

# Space on each side of a cell's text, and in front of the first column for the mark of the current row.
MARGIN = 6
SHAPE = 12
SHAPE_GAP = 6
SUBJECT_AT_LEAST = 190
# In the queue of requests how long one waits is read before the subject.
_SUBJECT_BESIDE_ASKED = 130

# What has to fit into a column when there is room, and what is enough when there is little. Subject takes the rest.
_TEXTS = MappingProxyType(
    {
        Column.SEVERITY: ("3 Normal", "3 Normal"),
        Column.NUMBER: ("00000", "00000"),
        Column.CUSTOMER: ("Northwind Web Services", "Northwind Tra"),
        Column.PLAN: ("Per-incident support", "Platinum"),
        Column.STATUS: ("Waiting for others", "Waiting f"),
        Column.CLOCK: ("Escalation review", "First response"),
        Column.LEFT: ("‖ −23 h 59 m", "−23 h 59 m"),
        Column.WORK_LEFT: ("‖ −23 h 59 m", "−23 h 59 m"),
        Column.DUE: ("24 Nov 16:20", "24 Nov 16:20"),
        Column.OWNER: ("Alexandra Hopper", "Grace Hop"),
        Column.ASKED: ("◐ due −23 h 59 m", "◐ due 2 d 23 h"),
    }
)
# Who goes first when there is no room for all.
_GIVES_WAY = (Column.OWNER, Column.STATUS, Column.CLOCK, Column.DUE, Column.PLAN, Column.CUSTOMER)
# Without them a row says nothing: nobody can put them away.
ALWAYS = frozenset({Column.SEVERITY, Column.NUMBER, Column.SUBJECT, Column.LEFT})
# Shown to who asks for them.
_ON_REQUEST = frozenset({Column.WORK_LEFT})

Widths = Mapping[Column, int]


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What somebody chose: columns that stay whatever the width, and columns that never show. The rest give way."""

    shown: frozenset[Column] = frozenset()
    hidden: frozenset[Column] = frozenset()

    @classmethod
    def read(cls, text: str) -> ColumnChoice:
        """From `as_text`. What it does not know, it leaves out: the file may be of another version."""
        names = {column.name.lower(): column for column in Column if column not in ALWAYS}
        words = text.split()
        shown = frozenset(names[word[1:]] for word in words if word[0] == "+" and word[1:] in names)
        hidden = frozenset(names[word[1:]] for word in words if word[0] == "-" and word[1:] in names)
        return cls(shown, hidden - shown)

    def as_text(self) -> str:
        """`+work_left -owner`, blank when nothing was chosen."""
        words = [f"+{column.name.lower()}" for column in sorted(self.shown)]
        return " ".join(words + [f"-{column.name.lower()}" for column in sorted(self.hidden)])

    def with_column(self, column: Column, *, shown: bool) -> ColumnChoice:
        """The same with this column kept or put away."""
        rest = frozenset({column})
        if shown:
            return ColumnChoice(self.shown | rest, self.hidden - rest)
        return ColumnChoice(self.shown - rest, self.hidden | rest)


NOTHING_CHOSEN = ColumnChoice()


@dataclass(frozen=True, slots=True)
class Fit:
    """Widths in device-independent pixels of the columns that are shown; the others are hidden."""

    widths: dict[Column, int]

    def shows(self, column: Column) -> bool:
        """Whether the column is shown."""
        return column in self.widths


def preferred(metrics: QFontMetrics) -> dict[Column, int]:
    """The width of each column but the subject when there is room, by the font."""
    return {column: _width(metrics, column, texts[0]) for column, texts in _TEXTS.items()}


def enough(metrics: QFontMetrics) -> dict[Column, int]:
    """The width of each column but the subject when there is little room."""
    return {column: _width(metrics, column, texts[1]) for column, texts in _TEXTS.items()}


def _width(metrics: QFontMetrics, column: Column, text: str) -> int:
    extra = SHAPE + SHAPE_GAP if column is Column.SEVERITY else 0
    return metrics.horizontalAdvance(text) + 2 * MARGIN + 2 + extra


def fit(room: int, wide: Widths, narrow: Widths, *, asked: bool, choice: ColumnChoice = NOTHING_CHOSEN) -> Fit:
    """Who is shown in `room` pixels. `wide` and `narrow` have all columns but the subject, which gets what is left.

    `asked` shows how long an escalation has waited. Chosen columns stay: the sum may then be more than the room.
    """
    usual = set(wide) - _ON_REQUEST - (set() if asked else {Column.ASKED})
    shown = (usual | choice.shown) - choice.hidden
    for column in _GIVES_WAY:
        if sum(narrow[each] for each in shown) + SUBJECT_AT_LEAST <= room:
            break
        if column not in choice.shown:
            shown.discard(column)
    widths = {column: narrow[column] for column in shown}
    # Half of what is over is the subject's.
    spare = max(0, room - sum(widths.values()) - SUBJECT_AT_LEAST) // 2
    wish = sum(max(0, wide[column] - narrow[column]) for column in shown)
    for column in shown:
        widths[column] += max(0, wide[column] - narrow[column]) * min(spare, wish) // max(1, wish)
    least = _SUBJECT_BESIDE_ASKED if asked else SUBJECT_AT_LEAST
    widths[Column.SUBJECT] = max(least, room - sum(widths.values()))
    return Fit({column: widths[column] for column in Column if column in widths})
