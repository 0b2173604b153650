"""Decisions in numbers: outcomes over time, time to decide, acceptance, overturned ones. Each bar knows its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from console.domain.instants import HOUR, MINUTE, from_micros, to_micros
from console.domain.records import REVIEW_OVERTURNED
from console.domain.reviews import ACCEPTED, REJECTED, SEVERITY, DecisionRow, Share

_BY_DAY = 14
"""Up to so many days are shown day by day, more in weeks."""

STEPS = (15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR)
"""The upper ends of the times to decide; what is longer comes last."""

IN_TIME, LATE, RAISED, REDUCED, OTHER, KEPT, OVERTURNED = (
    "in_time",
    "late",
    "severity_raised",
    "severity_reduced",
    "other",
    "upheld",
    "overturned",
)


class ChartKind(StrEnum):
    """What a chart shows."""

    OUTCOMES = "outcomes"
    TIME = "time"
    BY_REASON = "by_reason"
    BY_PLAN = "by_plan"
    BY_MANAGER = "by_manager"
    OVERTURNED = "overturned"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: a code and the numbers of its decisions."""

    code: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """`key` is what the bar is about: an instant (microseconds UTC) at which a day or a week begins, the upper end of a
    time (none: longer than all), a code or a name. `numbers` are the decisions behind the bar, the newest first by the
    instant they were taken at. `share`: the first part of the whole, where that is the point."""

    key: int | str | None
    parts: tuple[Part, ...]
    numbers: tuple[int, ...]
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from the top down. `weeks`: bars over time are weeks rather than days."""

    kind: ChartKind
    bars: tuple[Bar, ...]
    weeks: bool = False

    @property
    def longest(self) -> int:
        """Decisions of the longest bar."""
        return max((len(bar.numbers) for bar in self.bars), default=0)


def charts(rows: Sequence[DecisionRow], zone: tzinfo) -> tuple[Chart, ...]:
    """All charts over these decisions; days and weeks are those of `zone`. What was undone was decided all the same,
    and counts for no share."""
    answers = [row for row in rows if row.answers]
    standing = [row for row in answers if not row.undone]
    return (
        _outcomes(rows, zone),
        Chart(ChartKind.TIME, _times(answers)),
        Chart(ChartKind.BY_REASON, _accepted(standing, lambda row: row.asked_because or "")),
        Chart(ChartKind.BY_PLAN, _accepted(standing, lambda row: row.plan or "")),
        Chart(ChartKind.BY_MANAGER, _accepted(standing, lambda row: row.actor)),
        Chart(ChartKind.OVERTURNED, _overturned(rows)),
    )


def _outcomes(rows: Sequence[DecisionRow], zone: tzinfo) -> Chart:
    if not rows:
        return Chart(ChartKind.OUTCOMES, ())
    days = [_midnight(row.at, zone) for row in rows]
    weeks = (max(days) - min(days)).days >= _BY_DAY
    starts = [day - timedelta(days=day.weekday()) if weeks else day for day in days]
    by_start: dict[datetime, list[DecisionRow]] = defaultdict(list)
    start = min(starts)
    while start <= max(starts):
        # Weeks in which nothing was decided are there to see.
        by_start[start] = []
        start += timedelta(days=7 if weeks else 1)
    for row, start in zip(rows, starts, strict=True):
        by_start[start].append(row)
    order = (ACCEPTED, REJECTED, RAISED, REDUCED, OTHER)
    bars = tuple(
        _bar(to_micros(start.replace(tzinfo=zone)), found, _outcome_of, order)
        for start, found in sorted(by_start.items(), reverse=True)
    )
    return Chart(ChartKind.OUTCOMES, bars, weeks)


def _midnight(at: int, zone: tzinfo) -> datetime:
    """The local day, without its zone: days are counted by their dates."""
    return from_micros(at).astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)


def _outcome_of(row: DecisionRow) -> str:
    if row.kind == SEVERITY:
        raised = row.severity is None or (row.to_severity or 0) < row.severity
        return RAISED if raised else REDUCED
    return row.kind if row.answers else OTHER


def _times(answers: Sequence[DecisionRow]) -> tuple[Bar, ...]:
    found: dict[int | None, list[DecisionRow]] = {step: [] for step in (*STEPS, None)}
    for row in answers:
        if row.took is not None:
            found[next((step for step in STEPS if row.took <= step), None)].append(row)
    if not any(found.values()):
        return ()
    return tuple(_bar(step, rows, _timely, (IN_TIME, LATE)) for step, rows in found.items())


def _timely(row: DecisionRow) -> str:
    return LATE if row.late else IN_TIME


def _accepted(answers: Sequence[DecisionRow], key: Callable[[DecisionRow], str]) -> tuple[Bar, ...]:
    return _shares(answers, key, lambda row: row.kind, (ACCEPTED, REJECTED))


def _overturned(rows: Sequence[DecisionRow]) -> tuple[Bar, ...]:
    reviewed = [row for row in rows if row.review is not None and not row.undone]

    def said(row: DecisionRow) -> str:
        return OVERTURNED if row.review == REVIEW_OVERTURNED else KEPT

    return _shares(reviewed, lambda row: row.actor, said, (OVERTURNED, KEPT))


def _shares(
    rows: Sequence[DecisionRow],
    key: Callable[[DecisionRow], str],
    part: Callable[[DecisionRow], str],
    order: tuple[str, str],
) -> tuple[Bar, ...]:
    """A bar for each key, the one with the most decisions first."""
    groups: dict[str, list[DecisionRow]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    bars = []
    for name, found in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0])):
        bar = _bar(name, found, part, order)
        first = next((len(each.numbers) for each in bar.parts if each.code == order[0]), 0)
        bars.append(replace(bar, share=Share(first, len(found))))
    return tuple(bars)


def _bar(
    key: int | str | None, rows: Sequence[DecisionRow], code: Callable[[DecisionRow], str], order: Sequence[str]
) -> Bar:
    newest_first = sorted(rows, key=lambda row: (row.at, row.seq), reverse=True)
    return Bar(key, _parts(rows, code, order), tuple(row.seq for row in newest_first))


def _parts(rows: Sequence[DecisionRow], code: Callable[[DecisionRow], str], order: Sequence[str]) -> tuple[Part, ...]:
    found: dict[str, list[int]] = {each: [] for each in order}
    for row in rows:
        found[code(row)].append(row.seq)
    return tuple(Part(each, tuple(numbers)) for each, numbers in found.items() if numbers)
