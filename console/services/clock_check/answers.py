"""What our calendar answers to each operation but the scenario, beside what is expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from types import MappingProxyType

from console.domain.axis import Axis
from console.domain.calendar import WEEKDAYS
from console.domain.instants import DAY, from_micros
from console.domain.spans import FIRST_YEAR, LAST_YEAR, year_start
from console.domain.windows import read_windows
from console.domain.zones import wall_to_utc, zone
from console.services.clock_check.calendars import Calendars
from console.services.clock_check.case import Case, NotApplicable
from console.services.clock_check.compared import (
    Compared,
    Theirs,
    compare_durations,
    compare_instants,
    compare_plain,
    instant,
)
from console.services.clock_check.fields import BadCase, Fields, read_instant
from console.services.clock_check.touching import first_within_days, midnights, seams

MOST_PERIODS = 10_000
_MOST_CUT = MOST_PERIODS * DAY
_NEAR_DAYS = 8
_Cuts = Callable[[Axis, int, int], Iterable[int]]
_DIRECTIONS = MappingProxyType({"forward": True, "backward": False, "after": True, "before": False})
Answers = list[Compared]


@dataclass(frozen=True, slots=True)
class Question:
    """A case with the calendars to answer it."""

    case: Case
    calendars: Calendars

    @property
    def given(self) -> Fields:
        """The input."""
        return self.case.given

    @property
    def expected(self) -> Fields:
        """The expected values."""
        return self.case.expectation()

    def axis(self, at: int) -> Axis:
        """The case's calendar, compiled around `at`."""
        return self.calendars.axis(self.case, at)


def answers(question: Question) -> Answers:
    """Each expected value beside ours. Raises BadCase, NotApplicable, and OverflowError where we have no answer."""
    return _OPERATIONS[question.case.op](question)


def _deadline(question: Question) -> Answers:
    start, work = question.given.instant("start"), question.given.seconds("seconds")
    axis = question.axis(start)
    due = axis.deadline(start, work)
    expected = question.expected
    if expected.has("due_date"):
        local = from_micros(due).astimezone(zone(axis.calendar.zone)).date()
        return [compare_plain("due_date", expected.day("due_date").isoformat(), local.isoformat())]
    return [compare_instants("due", _optional(expected, "due"), due, axis=axis, given=start)]


def _subtract(question: Question) -> Answers:
    end, work = question.given.instant("end"), question.given.seconds("seconds")
    axis = question.axis(end)
    start = axis.deadline(end, -work) if work else axis.prev_open(end)
    expected = _optional(question.expected, "start")
    return [compare_instants("start", expected, start, axis=axis, given=end, backwards=work > 0)]


def _elapsed(question: Question) -> Answers:
    start, end = question.given.instant("start"), question.given.instant("end")
    expected = question.expected.seconds("seconds")
    return [compare_durations("seconds", expected, question.axis(start).work(start, end))]


def _is_open(question: Question) -> Answers:
    at = question.given.instant("at")
    axis, expected = question.axis(at), question.expected.truth("open")
    found = compare_plain("open", expected, axis.is_open(at))
    closed_here = expected and _closes(axis, at)
    return [replace(found, theirs=frozenset({Theirs.OPEN_AT_CLOSING})) if closed_here else found]


def _closes(axis: Axis, at: int) -> bool:
    return axis.is_open(at - 1) and not axis.is_open(at)


def _moved(move: Callable[[Axis, int], int | None]) -> Callable[[Question], Answers]:
    def moved(question: Question) -> Answers:
        at = question.given.instant("at")
        axis, expected = question.axis(at), _optional(question.expected, "at")
        found = compare_instants("at", expected, move(axis, at), given=at)
        stays = expected == at and question.case.op in ("next_open", "next_close") and _closes(axis, at)
        ways = {Theirs.OPEN_AT_CLOSING} if stays else set()
        ends = not found.agrees and question.case.op in ("next_close", "next_start")
        if ends and expected in first_within_days(axis, at, _NEAR_DAYS):
            ways.add(Theirs.TOUCHING)
        return [replace(found, theirs=found.theirs | ways)]

    return moved


def _periods(question: Question) -> Answers:
    start, forward = question.given.instant("start"), _DIRECTIONS[question.given.choice("direction", _DIRECTIONS)]
    count = question.given.count("count", 0, MOST_PERIODS)
    expected = [
        _period(question.expected, number, each) for number, each in enumerate(question.expected.items("periods"))
    ]
    axis = question.axis(start)
    ours = _whole_periods(axis, start, count, forward)
    if expected != ours:
        # Some products end a period at midnight, or where its windows meet, although the desk works on.
        others = (_cut(axis, start, count, forward, cuts) for cuts in (midnights, seams))
        ours = next((cut for cut in others if cut == expected), ours)
    return [compare_plain("periods", _shown(expected), _shown(ours))]


def _period(fields: Fields, number: int, found: object) -> tuple[int, int]:
    place = f"{fields.place('periods')}[{number}]"
    if not isinstance(found, list) or len(found) != 2:
        raise BadCase(place, found, "a start and an end")
    return read_instant(f"{place}[0]", found[0]), read_instant(f"{place}[1]", found[1])


def _whole_periods(axis: Axis, start: int, count: int, forward: bool) -> list[tuple[int, int]]:
    """The first or last `count` open periods from `start` on; the one around `start` is cut there."""
    span = 31 * DAY
    first_year, last_year = year_start(FIRST_YEAR), year_start(LAST_YEAR + 1) - 1
    while True:
        low = start if forward else max(start - span, first_year)
        high = min(start + span, last_year) if forward else start
        pieces = [(a, b) for a, b, kind in axis.edges(low, high) if kind == "open"]
        # One more than asked: the outermost may be cut by the bound.
        if len(pieces) > count or (low == first_year if not forward else high == last_year):
            return pieces[:count] if forward else pieces[::-1][:count]
        if count and len(pieces) == count and _ends_inside(axis, pieces, low, high, forward):
            return pieces if forward else pieces[::-1]
        span *= 4


def _ends_inside(axis: Axis, pieces: list[tuple[int, int]], low: int, high: int, forward: bool) -> bool:
    return pieces[-1][1] < high if forward else pieces[0][0] > low


def _cut(axis: Axis, start: int, count: int, forward: bool, cuts: _Cuts) -> list[tuple[int, int]]:
    """The first or last `count` parts of the open periods from `start` on."""
    parts: list[tuple[int, int]] = []
    for low, high in _whole_periods(axis, start, count, forward):
        near, far = (low, min(high, low + _MOST_CUT)) if forward else (max(low, high - _MOST_CUT), high)
        edges = [near, *cuts(axis, near, far), far]
        parts.extend(list(pairwise(edges))[:: 1 if forward else -1])
        if len(parts) >= count:
            break
    return parts[:count]


def _shown(periods: list[tuple[int, int]]) -> list[list[str]]:
    return [[str(instant(start)), str(instant(end))] for start, end in periods]


def _working_day(question: Question) -> Answers:
    """A night belongs whole to the day on which it starts, so a date that holds only its tail is none (CR-9)."""
    tz, day = question.calendars.zone(question.case), question.given.day("date")
    low = wall_to_utc(tz, day, 0)
    calendar = question.axis(low).calendar
    windows = calendar.shifts.get(day, calendar.week.get(WEEKDAYS[day.weekday()], ()))
    opened = calendar.always
    if windows and not calendar.is_holiday(day):
        own = calendar.model_copy(update={"week": {}, "shifts": {day: windows}})
        opened = any(kind == "open" for _, _, kind in question.calendars.axis_of(own, low).edges(low, low + 3 * DAY))
    return [compare_plain("open", question.expected.truth("open"), opened)]


def _on_holiday(question: Question) -> Answers:
    at = question.given.instant("at")
    calendar = question.calendars.exceptions(question.case)
    day = from_micros(at).astimezone(zone(calendar.zone)).date()
    return [compare_plain("holiday", question.expected.truth("holiday"), calendar.is_holiday(day))]


def _on_break(question: Question) -> Answers:
    """The list of breaks alone decides, also outside open time."""
    at = question.given.instant("at")
    calendar = question.calendars.exceptions(question.case)
    tz = zone(calendar.zone)
    local = from_micros(at).astimezone(tz).date()
    within = False
    for day in (local - timedelta(days=1), local):
        for start, end in read_windows("breaks", calendar.breaks.get(day, ())):
            within = within or wall_to_utc(tz, day, start) <= at < wall_to_utc(tz, day, end)
    return [compare_plain("break", question.expected.truth("break"), within)]


def _wall_to_utc(question: Question) -> Answers:
    tz, day, wall = question.calendars.zone(question.case), question.given.day("date"), question.given.wall("time")
    expected, ours = _optional(question.expected, "at"), wall_to_utc(tz, day, wall)
    found = compare_instants("at", expected, ours)
    # Fold 1 is the later of two, and of a skipped time what it is by the offset after the gap.
    shown = datetime.combine(day, time.min) + timedelta(microseconds=wall)
    first, second = (tz.utcoffset(shown.replace(fold=fold)) or timedelta() for fold in (0, 1))
    other = ours + (first - second) // timedelta(microseconds=1)
    is_other = expected is not None and other == expected != ours
    return [replace(found, theirs=found.theirs | {Theirs.OTHER_OFFSET}) if is_other else found]


def _in_days(question: Question) -> Answers:
    raise NotApplicable("targets in days are not in version 1 (CR-19)")


def _optional(expected: Fields, key: str) -> int | None:
    """The expected instant, or none where the other product has no answer."""
    if key not in expected.values and not (expected.has("error") or expected.has("refused") or not expected.values):
        raise BadCase(expected.place(key), None, "an instant, or null for no answer")
    return expected.instant(key) if expected.has(key) else None


_OPERATIONS: Mapping[str, Callable[[Question], Answers]] = MappingProxyType(
    {
        "deadline": _deadline,
        "subtract": _subtract,
        "elapsed": _elapsed,
        "is_open": _is_open,
        "next_open": _moved(Axis.next_open),
        "prev_open": _moved(Axis.prev_open),
        "next_close": _moved(Axis.next_close),
        "next_start": _moved(Axis.next_start),
        "periods": _periods,
        "working_day": _working_day,
        "on_holiday": _on_holiday,
        "on_break": _on_break,
        "wall_to_utc": _wall_to_utc,
        "add_days": _in_days,
        "days_between": _in_days,
    }
)
