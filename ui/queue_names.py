"""The queues of the sidebar by code: their words, the shape and tone of their risk, their order and their key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from models.selection import PERSONAL, PINNED, REMINDERS, Selection, SortKey
from ui.tr import plural, tr


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
    FRAMED = "framed"  # parked: bars behind a frame


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One line of the sidebar. `code` is none for a heading; `tone` names a colour of the theme."""

    code: str | None
    title: str
    shape: Shape = Shape.NONE
    tone: str = "muted"
    key: str | None = None


# (pack, 'plan' | 'status' | 'severity', code) -> name
Names = Mapping[tuple[str, str, str], str]
NO_NAMES: Names = MappingProxyType({})
NO_MARKS: Mapping[str, Sequence[int]] = MappingProxyType({})

OPEN = "open"
DECIDE = "decide"
FIXED = ("decide", "overdue", "under_15m", "under_1h", "under_4h", "later", "paused", "parked", "no_clock", OPEN)
# The digit of each, in the order of `FIXED`.
_KEYS = "1234567089"
GROUP = "group:"
PLAN = "plan:"


def fixed_entries() -> tuple[QueueEntry, ...]:
    """The queues that every desk has, in the order of the sidebar; their keys are the digits."""
    looks = {
        "decide": (tr("To decide"), Shape.QUESTION, "accent"),
        "overdue": (tr("Overdue"), Shape.FULL, "overdue"),
        "under_15m": (tr("< 15 min"), Shape.THREE_QUARTERS, "soon"),
        "under_1h": (tr("< 1 h"), Shape.HALF, "near"),
        "under_4h": (tr("< 4 h"), Shape.QUARTER, "calm"),
        "later": (tr("Later"), Shape.RING, "calm"),
        "paused": (tr("Paused"), Shape.BARS, "paused"),
        "parked": (tr("Parked"), Shape.FRAMED, "near"),
        "no_clock": (tr("No clock"), Shape.NONE, "muted"),
        OPEN: (tr("All open"), Shape.NONE, "muted"),
    }
    return tuple(QueueEntry(code, *looks[code], key=key) for key, code in zip(_KEYS, FIXED, strict=True))


def personal_entries() -> tuple[QueueEntry, ...]:
    """The queues of whoever sits at the desk."""
    return QueueEntry(PINNED, tr("Pinned")), QueueEntry(REMINDERS, tr("Reminders"))


def queue_selection(code: str, before: Selection, marked: Mapping[str, Sequence[int]] = NO_MARKS) -> Selection:
    """A queue as it is opened: requests by their age, the oldest first; other queues as they were sorted before.

    `marked` are the tickets of personal queues by code.
    """
    within = tuple(marked.get(code, ())) if code in PERSONAL else None
    if code == DECIDE:
        return Selection(code, sort=SortKey.ASKED)
    if before.sort is SortKey.ASKED:
        return Selection(code, within)
    return Selection(code, within, sort=before.sort, descending=before.descending)


def entries(codes: Iterable[str], names: Names = NO_NAMES) -> tuple[QueueEntry, ...]:
    """All lines of the sidebar when these codes have counts: fixed ones, groups and plans by name."""
    known = list(codes)
    groups = sorted((code for code in known if code.startswith(GROUP)), key=str.casefold)
    plans = sorted((code for code in known if code.startswith(PLAN)), key=lambda code: queue_title(code, names))
    lines = list(fixed_entries())
    if any(code in known for code in PERSONAL):
        lines += [QueueEntry(None, tr("mine")), *personal_entries()]
    for heading, part in ((tr("by group"), groups), (tr("by plan"), plans)):
        if part:
            lines.append(QueueEntry(None, heading))
            lines.extend(QueueEntry(code, queue_title(code, names)) for code in part)
    return tuple(lines)


def queue_title(code: str, names: Names = NO_NAMES) -> str:
    """A queue's name on screen. Names of groups are people's words; a plan that `names` lacks is shown by its code."""
    for entry in (*fixed_entries(), *personal_entries()):
        if entry.code == code:
            return entry.title
    name = code.partition(":")[2]
    if code.startswith(PLAN):
        pack, _, plan = name.partition("/")
        readable = plan.replace("_", " ")
        return names.get((pack, "plan", plan), readable[:1].upper() + readable[1:])
    return name


def empty_words(code: str, db: str | None = None, closed: int = 0) -> tuple[str, str]:
    """What stands where a queue has no ticket: a title and a hint.

    `db` is the URL of the desk, none for the demo desk; `closed` is how many closed tickets it has.
    """
    chosen = "" if db is None else f"--db {db} "
    titles = {
        "decide": tr("No escalation waits for a decision"),
        "overdue": tr("Nothing is overdue"),
        "under_15m": tr("Nothing is due within 15 minutes"),
        "under_1h": tr("Nothing is due between 15 minutes and 1 hour"),
        "under_4h": tr("Nothing is due between 1 and 4 hours"),
        "later": tr("Nothing is due after 4 hours"),
        "paused": tr("No clock is paused"),
        "parked": tr("No ticket that waits is forgotten"),
        "no_clock": tr("Every open ticket has a clock"),
        PINNED: tr("You have pinned no open ticket"),
        REMINDERS: tr("You wait for no reminder"),
        OPEN: tr("No ticket is open"),
    }
    first = (
        tr("Import tickets: main.py {chosen}import FILE --mapping NAME", chosen=chosen),
        tr("To look around: main.py {chosen}generate --tickets 200", chosen=chosen),
    )
    if code == OPEN and closed:
        found = tr("Ctrl+F finds closed tickets too")
        return plural("{n} ticket, closed", "{n} tickets, all closed", closed), found
    how = {PINNED: tr("I pins the ticket on show"), REMINDERS: tr("R reminds you of the ticket on show")}
    hint = "\n".join(first) if code == OPEN else how.get(code, tr("9 shows all open tickets"))
    return titles.get(code, tr("No ticket is in this queue")), hint
