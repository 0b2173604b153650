"""The axis against a minute-by-minute oracle, and the laws that hold for every calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from console.domain.axis import Axis, compile_axis
from console.domain.calendar import Calendar
from tests.domain.axis_oracle import MINUTE_US, open_minutes
from tests.domain.axis_strategies import DAYS, SCENES, calendar_fields

DAY_US = 1440 * MINUTE_US
SCENE = st.sampled_from(SCENES).flatmap(lambda scene: st.tuples(st.just(scene[1]), calendar_fields(*scene)))
# Microseconds from the first day of a scene: near its changes, or years beyond what was compiled.
OFFSET = st.integers(-12 * DAY_US, 24 * DAY_US) | st.integers(-360 * DAY_US, 360 * DAY_US)


def _start(day: date) -> int:
    return (day.toordinal() - date(1970, 1, 1).toordinal()) * DAY_US


def _axis(fields: dict[str, Any], year: int) -> Axis:
    return compile_axis(Calendar.model_validate(fields), year, year)


@given(SCENE, st.data())
def test_agrees_with_the_wall(scene: tuple[date, dict[str, Any]], data: st.DataObject) -> None:
    first, fields = scene
    axis = _axis(fields, first.year)
    is_open, is_holiday = open_minutes(fields, first, DAYS)
    worked = np.concatenate([[0], np.cumsum(is_open)]) * MINUTE_US
    instants = _start(first) + np.arange(worked.size, dtype=np.int64) * MINUTE_US

    positions = axis.positions(instants)
    assert (positions - positions[0] == worked).all()

    kinds = np.where(is_open, "open", np.where(is_holiday, "holiday", "closed"))
    spread = [
        kind
        for start, end, kind in axis.edges(int(instants[0]), int(instants[-1]))
        for _ in range((end - start) // MINUTE_US)
    ]
    assert spread == kinds.tolist()

    at = data.draw(st.integers(0, is_open.size - 1), label="minute")
    us = int(instants[at])
    assert axis.is_open(us) == is_open[at]
    later = np.flatnonzero(is_open[at:])
    if later.size:
        assert axis.next_open(us) == instants[at + later[0]]
    opened = np.flatnonzero(is_open[1:] & ~is_open[:-1]) + 1
    if (opened > at).any():
        assert axis.next_start(us) == instants[opened[opened > at][0]]
    closed = np.flatnonzero(~is_open[1:] & is_open[:-1]) + 1
    if (closed > at).any():
        assert axis.next_close(us) == instants[closed[closed > at][0]]
    earlier = np.flatnonzero(is_open[:at])
    if earlier.size:
        assert axis.prev_open(us) == instants[earlier[-1] + 1]

    left = int(worked[-1] - worked[at])
    if left:
        target = data.draw(st.integers(1, left), label="target")
        minutes, rest = divmod(target, MINUTE_US)
        # The minute in which the last microsecond of the target is worked.
        last = np.flatnonzero(is_open[at:])[minutes if rest else minutes - 1] + at
        assert axis.deadline(us, target) == instants[last] + (rest or MINUTE_US)


@given(SCENE, OFFSET, OFFSET, OFFSET)
def test_laws_of_work(scene: tuple[date, dict[str, Any]], a: int, b: int, c: int) -> None:
    first, fields = scene
    axis = _axis(fields, first.year)
    a, b, c = (_start(first) + offset for offset in (a, b, c))
    assert axis.work(a, b) + axis.work(b, c) == axis.work(a, c)
    assert axis.work(a, b) == -axis.work(b, a)
    low, high = min(a, b), max(a, b)
    assert 0 <= axis.work(low, high) <= high - low
    assert axis.work(low, high) == sum(end - start for start, end, kind in axis.edges(low, high) if kind == "open")


@given(SCENE, OFFSET, st.integers(0, 300 * DAY_US))
def test_laws_of_deadlines(scene: tuple[date, dict[str, Any]], offset: int, span: int) -> None:
    first, fields = scene
    axis = _axis(fields, first.year)
    start = _start(first) + offset
    target = axis.work(start, start + span)
    due = axis.deadline(start, target)
    assert due >= start
    assert axis.work(start, due) == target
    assert axis.due(axis.position(due)) == axis.prev_open(due) <= due
    assert target == 0 or axis.prev_open(due) == due
    assert axis.is_open(axis.next_open(start))
    assert axis.deadline(start, 0) == axis.next_open(start)
    assert axis.work(axis.deadline(due, -target), due) == target


@given(SCENE, OFFSET, OFFSET, st.integers(-200 * DAY_US, 200 * DAY_US), st.integers(-200 * DAY_US, 200 * DAY_US))
def test_a_deadline_is_monotone_in_start_and_in_target(
    scene: tuple[date, dict[str, Any]], a: int, b: int, some: int, other: int
) -> None:
    first, fields = scene
    axis = _axis(fields, first.year)
    early, late = _start(first) + min(a, b), _start(first) + max(a, b)
    # Targets of about the open time of that span: a calendar may be open for minutes a week.
    less, more = sorted((axis.work(early, early + some), axis.work(early, early + other)))
    assert axis.deadline(early, less) <= axis.deadline(late, less)
    assert axis.deadline(early, more) <= axis.deadline(late, more)
    # More work is never done at the same instant.
    assert less == more or axis.deadline(early, less) < axis.deadline(early, more)
    assert axis.deadline(early, more) < axis.deadline(early, more + 1)


@given(SCENE, st.lists(OFFSET, max_size=30))
def test_vector_equals_scalar(scene: tuple[date, dict[str, Any]], offsets: list[int]) -> None:
    first, fields = scene
    axis = _axis(fields, first.year)
    instants = sorted(_start(first) + offset for offset in offsets)
    # The vector comes first, so that it has to grow the axis itself.
    vector = axis.positions(np.array(instants, dtype=np.int64)).tolist()
    positions = [axis.position(us) for us in instants]
    assert vector == positions == sorted(positions)
    assert axis.dues(np.array(positions, dtype=np.int64)).tolist() == [axis.due(p) for p in positions]
    for p in positions:
        assert axis.position(axis.due(p)) == p == axis.position(axis.start(p))


@given(SCENE, OFFSET, OFFSET)
def test_growing_changes_no_answer(scene: tuple[date, dict[str, Any]], a: int, b: int) -> None:
    first, fields = scene
    grown, whole = (
        _axis(fields, first.year),
        compile_axis(Calendar.model_validate(fields), first.year - 1, first.year + 1),
    )
    low, high = _start(first) + min(a, b), _start(first) + max(a, b)
    target = whole.work(low, high)
    assert grown.work(low, high) == target
    assert grown.deadline(low, target) == whole.deadline(low, target)
    assert grown.edges(low, high) == whole.edges(low, high)
