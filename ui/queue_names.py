"""The queues of the sidebar by code: their words, the shape and tone of their risk, their order and their key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from ui.tr import tr


class Shape(Enum):
    """What stands before the word, so that colour is never alone."""

    NONE = "none"
    QUESTION = "question"
    FULL = "full"  # overdue: the disk is full
    THREE_QUARTERS = "three_quarters"
    HALF = "half"
    QUARTER = "quarter"
    RING = "ring"
    BARS = "bars"  # paused


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One line of the sidebar. `code` is none for a heading; `tone` names a colour of the theme."""

    code: str | None
    title: str
    shape: Shape = Shape.NONE
    tone: str = "muted"
    key: str | None = None


OPEN = "open"
FIXED = ("decide", "overdue", "under_15m", "under_1h", "under_4h", "later", "paused", "no_clock", OPEN)
GROUP = "group:"
PLAN = "plan:"


def fixed_entries() -> tuple[QueueEntry, ...]:
    """The queues that every desk has, in the order of the sidebar; their keys are 1 to 9."""
    looks = {
        "decide": (tr("To decide"), Shape.QUESTION, "accent"),
        "overdue": (tr("Overdue"), Shape.FULL, "overdue"),
        "under_15m": (tr("< 15 min"), Shape.THREE_QUARTERS, "soon"),
        "under_1h": (tr("< 1 h"), Shape.HALF, "near"),
        "under_4h": (tr("< 4 h"), Shape.QUARTER, "calm"),
        "later": (tr("Later"), Shape.RING, "calm"),
        "paused": (tr("Paused"), Shape.BARS, "paused"),
        "no_clock": (tr("No clock"), Shape.NONE, "muted"),
        OPEN: (tr("All open"), Shape.NONE, "muted"),
    }
    return tuple(QueueEntry(code, *looks[code], key=str(number)) for number, code in enumerate(FIXED, 1))


def entries(codes: Iterable[str]) -> tuple[QueueEntry, ...]:
    """All lines of the sidebar when these codes have counts: fixed ones, groups by name, plans as they come."""
    known = list(codes)
    groups = sorted((code for code in known if code.startswith(GROUP)), key=str.casefold)
    plans = [code for code in known if code.startswith(PLAN)]
    lines = list(fixed_entries())
    for heading, part in ((tr("by group"), groups), (tr("by plan"), plans)):
        if part:
            lines.append(QueueEntry(None, heading))
            lines.extend(QueueEntry(code, queue_title(code)) for code in part)
    return tuple(lines)


def queue_title(code: str) -> str:
    """A queue's name on screen. Group names are people's words; a plan is shown by its code until the pack is known."""
    for entry in fixed_entries():
        if entry.code == code:
            return entry.title
    name = code.partition(":")[2]
    if code.startswith(PLAN):
        name = name.partition("/")[2].replace("_", " ")
        return name[:1].upper() + name[1:]
    return name
