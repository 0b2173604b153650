"""One value of a case beside ours, and in which known way the two differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.domain.axis import Axis
from console.domain.instants import MINUTE, SECOND, format_instant

Plain = str | int | float | bool | None | list[list[str]]


class Theirs(StrEnum):
    """What the other product answers where it differs. A decision accepts one of these, not any answer."""

    ZERO = "zero"  # 0 where ours is not
    ROUNDED = "rounded"  # ours to a whole second or minute
    NEXT_OPENING = "next_opening"  # ours falls on a closing, theirs on the opening after it
    UNCHANGED = "unchanged"  # what was given
    PREVIOUS_CLOSING = "previous_closing"  # counted back, ours falls on an opening, theirs on the closing before it
    OPEN_AT_CLOSING = "open_at_closing"  # the given closing itself is open
    OTHER_OFFSET = "other_offset"  # the other reading of a wall time that was skipped or came twice
    WALL_HOURS = "wall_hours"  # ours, if the clock were never changed
    SHORT_DAY = "short_day"  # ours, if days ended at 23:59 or 23:59:59
    NIGHT_BY_DATE = "night_by_date"  # ours, if both parts of a night belonged to the date it is written for
    HOLIDAY_BY_SHIFT = "holiday_by_shift"  # ours, if holidays closed shifts and not dates, or the other way round
    TOUCHING = "touching"  # the first midnight, or meeting of two windows, at which ours works on
    ONE_WINDOW = "one_window"  # ours, if of windows that overlap only the first or the last counted
    REFUSED = "refused"  # no answer where ours is one
    KEPT = "kept"  # the due of a clock that has none: met, stopped or paused
    LISTED = "listed"  # other engines or defensible alternatives give ours
    ANYTHING = "anything"  # whatever it is; for what one product does alone


@dataclass(frozen=True, slots=True)
class Compared:
    """`what` names the value; `expected` and `ours` are as JSON gives them."""

    what: str
    expected: Plain
    ours: Plain
    agrees: bool
    theirs: frozenset[Theirs] = frozenset()


def seconds(micros: int) -> int | float:
    """Seconds for JSON."""
    return micros // SECOND if micros % SECOND == 0 else micros / SECOND


def instant(at: int | None) -> str | None:
    """An instant for JSON."""
    return None if at is None else format_instant(at)


def compare_plain(what: str, expected: Plain, ours: Plain) -> Compared:
    """Two values that are equal or not."""
    return Compared(what, expected, ours, expected == ours)


def compare_durations(what: str, expected: int, ours: int) -> Compared:
    """Two durations in microseconds."""
    ways = set()
    if expected == 0:
        ways.add(Theirs.ZERO)
    if _rounded(expected, ours):
        ways.add(Theirs.ROUNDED)
    return Compared(what, seconds(expected), seconds(ours), expected == ours, frozenset(ways))


def compare_instants(
    what: str,
    expected: int | None,
    ours: int | None,
    *,
    axis: Axis | None = None,
    given: int | None = None,
    backwards: bool = False,
) -> Compared:
    """Two instants, or none for no answer. `axis` tells whether theirs is the opening after ours, or the closing
    before it when time was counted `backwards`; `given` is what the case gave."""
    ways = set()
    if expected is None and ours is not None:
        ways.add(Theirs.REFUSED)
    if expected is not None and ours is not None and expected != ours:
        if _rounded(expected, ours):
            ways.add(Theirs.ROUNDED)
        if expected == given:
            ways.add(Theirs.UNCHANGED)
        if axis is not None and axis.next_open(ours) == expected:
            ways.add(Theirs.NEXT_OPENING)
        if backwards and axis is not None and expected < ours and axis.prev_open(ours) == expected:
            ways.add(Theirs.PREVIOUS_CLOSING)
    return Compared(what, instant(expected), instant(ours), expected == ours, frozenset(ways))


def _rounded(expected: int, ours: int) -> bool:
    return any(expected % unit == 0 and abs(expected - ours) < unit for unit in (SECOND, MINUTE))
