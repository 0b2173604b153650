"""What a case would answer under a decision that is known and not ours: how another product's answer is recognised.

Each way changes the question so that our own clock answers it as the others do; the way holds where that is exactly
what they expect. So a decision covers the answer of that one misreading and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta, tzinfo
from functools import partial
from types import MappingProxyType

from console.domain.instants import format_instant, from_micros, parse_instant
from console.domain.zones import zone
from console.services.clock_check.answers import Answers, Question
from console.services.clock_check.calendars import Calendars
from console.services.clock_check.case import Case, NotApplicable
from console.services.clock_check.compared import Compared, Theirs
from console.services.clock_check.fields import BadCase, Fields

_MIDNIGHT = frozenset({"24:00", "00:00", "24:00:00", "00:00:00"})
_NO_INSTANTS = frozenset({"date", "time", "due_date", "wall", "wall_tz"})


class Variants:
    """Finds the ways in which other answers differ, by asking `answer` what it says to the changed case."""

    def __init__(self, answer: Callable[[Question], Answers]) -> None:
        self._answer = answer
        self._mended, self._literal = Calendars(), Calendars(literal=True)

    def named(self, case: Case, differing: Sequence[Compared]) -> tuple[Compared, ...]:
        """The same values, each with the further ways in which it differs."""
        if case.calendar is None:
            return tuple(differing)
        ways: dict[str, set[Theirs]] = {}
        for theirs, changed in _WAYS.items():
            calendars = self._literal if theirs is Theirs.SHORT_DAY else self._mended
            for other in _changed(case, changed):
                for what in self._agreeing(Question(other, calendars)):
                    ways.setdefault(what, set()).add(theirs)
        return tuple(replace(each, theirs=each.theirs | ways.get(each.what, set())) for each in differing)

    def _agreeing(self, question: Question) -> list[str]:
        try:
            return [each.what for each in self._answer(question) if each.agrees]
        except (BadCase, NotApplicable, OverflowError):
            return []  # the case cannot be put that way


def _changed(case: Case, change: Callable[[Case, Fields], Iterator[Case]]) -> Iterator[Case]:
    try:
        if case.calendar is not None:
            yield from change(case, case.calendar)
    except (ValueError, OverflowError):
        return  # a zone or a time that is none: the case itself was reported for it


def _on_the_wall(case: Case, calendar: Fields) -> Iterator[Case]:
    """All instants as the wall shows them, on a calendar that knows no zone."""
    tz = zone(calendar.text("tz", "UTC"))
    offsets: set[timedelta | None] = set()
    given = _shifted(case.given.values, tz, offsets)
    expected = [_shifted(table.values, tz, offsets) for table in case.expected]
    if len(offsets) > 1:
        yield replace(
            case,
            calendar=Fields(calendar.name, {**calendar.values, "tz": "UTC"}),
            given=Fields(case.given.name, given),
            expected=tuple(Fields(old.name, new) for old, new in zip(case.expected, expected, strict=True)),
        )


def _shifted(value: object, tz: tzinfo, offsets: set[timedelta | None]) -> object:
    if isinstance(value, Mapping):
        return {key: each if key in _NO_INSTANTS else _shifted(each, tz, offsets) for key, each in value.items()}
    if isinstance(value, list):
        return [_shifted(each, tz, offsets) for each in value]
    if not isinstance(value, str):
        return value
    try:
        at = parse_instant(value)
    except ValueError:
        return value  # a status, a target
    offset = from_micros(at).astimezone(tz).utcoffset() or timedelta()
    offsets.add(offset)
    return format_instant(at + offset // timedelta(microseconds=1))


def _short_days(case: Case, calendar: Fields) -> Iterator[Case]:
    """23:59 is what it says, and midnight as an end is a minute or a second early."""
    yield case
    for end in ("23:59", "23:59:59"):
        yield _with_windows(case, calendar, partial(_ending, end))


def _ending(last: str, start: str, end: str) -> list[list[str]]:
    return [[start, last if end in _MIDNIGHT else end]]


def _nights_by_date(case: Case, calendar: Fields) -> Iterator[Case]:
    """Both parts of a night belong to the date on whose line it stands."""
    yield _with_windows(
        case,
        calendar,
        lambda start, end: [[start, end]] if start <= end or end in _MIDNIGHT else [["00:00", end], [start, "24:00"]],
    )


def _with_windows(case: Case, calendar: Fields, change: Callable[[str, str], list[list[str]]]) -> Case:
    values = dict(calendar.values)
    for key in ("week", "shifts"):
        days = values.get(key)
        if isinstance(days, Mapping):
            values[key] = {day: _windows(windows, change) for day, windows in days.items()}
    return replace(case, calendar=Fields(calendar.name, values))


def _windows(windows: object, change: Callable[[str, str], list[list[str]]]) -> object:
    if not isinstance(windows, list):
        return windows
    return [
        new
        for window in windows
        if isinstance(window, list) and len(window) == 2 and all(isinstance(time, str) for time in window)
        for new in change(*window)
    ]


def _one_of_overlapping(case: Case, calendar: Fields) -> Iterator[Case]:
    """Of windows of a day that overlap, the first counts alone, or the last."""
    for last in (False, True):
        values, changed = dict(calendar.values), False
        for key in ("week", "shifts"):
            days = values.get(key)
            if isinstance(days, Mapping):
                values[key] = kept = {day: _apart(windows, last) for day, windows in days.items()}
                changed = changed or kept != days
        if changed:
            yield replace(case, calendar=Fields(calendar.name, values))


def _apart(windows: object, last: bool) -> object:
    """The windows of a day without those that overlap one before (or after) them; times compare as they are written."""
    if not isinstance(windows, list):
        return windows
    kept: list[list[str]] = []
    for window in reversed(windows) if last else windows:
        if not (isinstance(window, list) and len(window) == 2 and all(isinstance(time, str) for time in window)):
            return windows
        if all(window[0] >= end or window[1] <= start for start, end in kept):
            kept.append(window)
    return kept[::-1] if last else kept


def _other_holidays(case: Case, calendar: Fields) -> Iterator[Case]:
    """Holidays close shifts where they close dates with us, and the other way round."""
    cancels = calendar.values.get("holiday_cancels_shift") is not True
    yield replace(case, calendar=Fields(calendar.name, {**calendar.values, "holiday_cancels_shift": cancels}))


_WAYS: Mapping[Theirs, Callable[[Case, Fields], Iterator[Case]]] = MappingProxyType(
    {
        Theirs.WALL_HOURS: _on_the_wall,
        Theirs.SHORT_DAY: _short_days,
        Theirs.NIGHT_BY_DATE: _nights_by_date,
        Theirs.HOLIDAY_BY_SHIFT: _other_holidays,
        Theirs.ONE_WINDOW: _one_of_overlapping,
    }
)
