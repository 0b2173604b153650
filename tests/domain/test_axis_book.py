"""Whole arrays on many calendars say what one call at a time says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.axis import Axis, compile_axis
from console.domain.axis_book import AxisBook
from console.domain.calendar import Calendar
from console.domain.instants import DAY, HOUR, MINUTE, SECOND, parse_instant
from tests.domain.axis_strategies import SCENES, calendar_fields

EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
T0 = parse_instant("2024-03-01T00:00:00Z")


def axis(zone: str = "UTC", *windows: tuple[str, str], **fields: Any) -> Axis:
    week = dict.fromkeys(EVERY_DAY[:5], windows or (("09:00", "17:00"),))
    return compile_axis(Calendar(code="office", zone=zone, week=week, **fields), 2024, 2024)


def always() -> Axis:
    return compile_axis(Calendar(code="always", always=True), 2024, 2024)


def fine() -> Axis:
    """Finer than any bucket: breaks of a second, an opening of a second."""
    return axis("UTC", ("09:00", "09:00:01"), ("09:00:02", "12:00"), breaks={date(2024, 3, 5): [("10:00", "10:00:01")]})


def desk() -> list[Axis]:
    return [always(), axis("Europe/Kyiv"), fine(), axis("America/New_York", ("22:00", "06:00")), always()]


def instants(axes: list[Axis]) -> list[int]:
    """Every edge near the two changes to summer time, what is beside it, and far away."""
    edges = {edge for each in axes for piece in each.edges(T0, T0 + 40 * DAY) for edge in piece[:2]}
    near = {edge + beside for edge in edges for beside in (-1, 0, 1)}
    return sorted(near | {T0 - 4000 * DAY, T0 + 4000 * DAY, T0 + 30 * MINUTE})


def micros(values: list[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)


def test_positions_of_many_calendars_at_once() -> None:
    axes = desk()
    pairs = list(product(range(len(axes)), instants(axes)))
    numbers, us = np.array([one for one, _ in pairs]), micros([at for _, at in pairs])
    found = AxisBook(axes).positions(numbers, us)
    alone = desk()
    assert found.dtype == np.int64
    assert found.tolist() == [alone[number].position(at) for number, at in pairs]


@pytest.mark.parametrize("targets", [(1, 8 * HOUR, 8 * HOUR + 1), (-HOUR, 0, 1), (0, 30_000 * HOUR)], ids=str)
def test_deadlines_of_many_calendars_at_once(targets: tuple[int, ...]) -> None:
    axes = desk()
    asked = list(product(range(len(axes)), instants(axes)[::3], targets))
    numbers, us, work = (micros([each[place] for each in asked]) for place in range(3))
    found = AxisBook(axes).deadlines(numbers, us, work)
    alone = desk()
    assert found.tolist() == [alone[number].deadline(at, target) for number, at, target in asked]


def test_dues_of_many_calendars_at_once_make_the_axes_grow() -> None:
    axes = desk()
    positions = [*range(-3 * HOUR, 40 * HOUR, HOUR), 1, 8 * HOUR + 1, 20_000 * HOUR]
    pairs = list(product(range(len(axes)), positions))
    found = AxisBook(axes).dues(np.array([one for one, _ in pairs]), micros([at for _, at in pairs]))
    alone = desk()
    assert found.tolist() == [alone[number].due(position) for number, position in pairs]


def test_what_is_left_is_the_work_until_the_due() -> None:
    axes = desk()
    book = AxisBook(axes)
    numbers = np.array([0, 1, 2, 3, 1])
    dues = micros([T0 + 30 * DAY, T0 + 20 * DAY, T0 + DAY, T0 - 5 * DAY, T0 + 9 * HOUR])
    now = T0 + 10 * HOUR + SECOND
    left = book.left(numbers, book.positions(numbers, dues), now)
    assert left.tolist() == [axes[number].work(now, int(due)) for number, due in zip(numbers, dues, strict=True)]
    alone = AxisBook(axes[1:2])
    assert alone.left(None, alone.positions(None, dues), now).tolist() == [axes[1].work(now, int(due)) for due in dues]


def test_a_book_follows_axes_that_grow() -> None:
    office = axis()
    book = AxisBook([office])
    starts = micros([T0, T0 + DAY])
    before = book.deadlines(None, starts, micros([HOUR, HOUR]))
    office.position(T0 + 9000 * DAY)
    assert book.deadlines(None, starts, micros([HOUR, HOUR])).tolist() == before.tolist()
    far = micros([T0 + 8000 * DAY])
    assert book.positions(None, far).tolist() == [axis().position(int(far[0]))]


def test_shapes_are_kept_and_nothing_is_nothing() -> None:
    book = AxisBook(desk())
    square = micros([T0, T0 + DAY, T0 + HOUR, T0 + 3 * DAY]).reshape(2, 2)
    numbers = np.array([[0, 1], [2, 3]])
    assert book.positions(numbers, square).shape == (2, 2)
    assert book.deadlines(numbers.T, square.T, square.T % DAY + 1).tolist() == [
        [desk()[n].deadline(int(at), int(at) % DAY + 1) for n, at in zip(*row, strict=True)]
        for row in zip(numbers.T, square.T, strict=True)
    ]
    none = micros([])
    assert book.positions(none.astype(np.intp), none).size == 0
    assert book.dues(none.astype(np.intp), none).size == 0
    assert book.deadlines(none.astype(np.intp), none, none).size == 0


def test_more_than_fits_into_one_step() -> None:
    office, random = axis("Europe/Kyiv"), np.random.default_rng(7)
    us = T0 + random.integers(0, 300 * DAY, 50_001)
    book = AxisBook([office])
    assert (book.positions(None, us) == office.positions(us)).all()
    positions = office.positions(us) + HOUR
    assert (book.dues(None, positions) == office.dues(positions)).all()


def test_a_calendar_that_is_not_there_is_refused() -> None:
    with pytest.raises(IndexError, match=r"found 5\.\.5, expected 0\.\.4"):
        AxisBook(desk()).positions(np.array([5]), micros([T0]))
    with pytest.raises(IndexError, match=r"found -1\.\.0"):
        AxisBook(desk()).dues(np.array([-1, 0]), micros([T0, T0]))
    with pytest.raises(ValueError, match="at least one"):
        AxisBook([])


def test_targets_beyond_all_years_are_refused() -> None:
    with pytest.raises(OverflowError):
        AxisBook([axis()]).deadlines(None, micros([T0]), micros([1 << 60]))


_CALENDARS = st.sampled_from(SCENES).flatmap(
    lambda scene: st.tuples(st.just(scene[1]), st.lists(calendar_fields(*scene), min_size=1, max_size=3))
)


@given(_CALENDARS, st.data())
def test_agrees_with_single_calls_on_any_calendars(
    scene: tuple[date, list[dict[str, Any]]], data: st.DataObject
) -> None:
    day, calendars = scene

    def axes() -> list[Axis]:
        return [compile_axis(Calendar.model_validate(fields), day.year, day.year) for fields in calendars]

    first = (day.toordinal() - date(1970, 1, 1).toordinal()) * DAY
    offsets = st.integers(-30 * DAY, 60 * DAY) | st.sampled_from([minute * 30 * MINUTE for minute in range(2000)])
    item = st.tuples(st.integers(0, len(calendars) - 1), offsets, st.integers(-40 * HOUR, 40 * HOUR))
    asked = data.draw(st.lists(item, min_size=1, max_size=40))
    numbers, us, work = (micros([each[place] for each in asked]) for place in range(3))
    us += first
    book, alone = AxisBook(axes()), axes()
    assert book.positions(numbers, us).tolist() == [
        alone[n].position(at) for n, at in zip(numbers, us.tolist(), strict=True)
    ]
    expected = [
        alone[n].deadline(at, target) for n, at, target in zip(numbers, us.tolist(), work.tolist(), strict=True)
    ]
    assert book.deadlines(numbers, us, work).tolist() == expected


def test_a_deadline_with_datetimes() -> None:
    kyiv = axis("Europe/Kyiv")
    start = datetime(2024, 3, 29, 16, 30, tzinfo=timezone(timedelta(hours=2)))
    # Friday 16:30, an hour: half of it on Monday, after the change to summer time.
    assert kyiv.deadline_at(start, timedelta(hours=1)) == datetime(2024, 4, 1, 6, 30, tzinfo=UTC)
    assert kyiv.deadline_at(start, timedelta(hours=1)).tzinfo is UTC
    with pytest.raises(ValueError, match="no time zone"):
        kyiv.deadline_at(start.replace(tzinfo=None), timedelta(hours=1))
