"""Dated cases from the test suites of other products. Every difference has to be one that was decided on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest

from console.domain.axis import Axis, compile_axis
from console.domain.calendar import Calendar
from console.domain.instants import DAY, SECOND, to_micros
from console.domain.zones import wall_to_utc, zone
from tests.rig.shared import Shared

Facts = dict[str, Any]
FILES = ("biz", "business_time", "dayjs_business_time", "edge_votes", "rt", "working_hours", "zammad")

# A difference is accepted for one of these tags only; beside each, what we do instead.
DECIDED = {
    "product_specific:rounded_to_second": "instants keep their microseconds, only what is shown is rounded",
    "product_specific:reversed_is_zero": "an end before the start is negative, clamped only when shown",
    "product_specific:25_hour_day_counted_as_24": "real seconds on the days of a change",
}


def _micros(text: str) -> int:
    return to_micros(datetime.fromisoformat(text))


def _calendar(facts: dict[str, Any]) -> Calendar:
    fields = {key: value for key, value in facts.items() if key != "tz"}
    return Calendar.uniting(code="case", zone=facts["tz"], **fields)


def _deadline(axis: Axis, given: Facts, expected: Facts) -> bool:
    due = axis.deadline(_micros(given["start"]), round(given["seconds"] * SECOND))
    if "due_date" in expected:
        local = datetime.fromtimestamp(due // SECOND, zone(axis.calendar.zone))
        return local.date() == date.fromisoformat(expected["due_date"])
    return due == _micros(expected["due"])


def _subtract(axis: Axis, given: Facts, expected: Facts) -> bool:
    end, work = _micros(given["end"]), round(given["seconds"] * SECOND)
    return (axis.deadline(end, -work) if work else axis.prev_open(end)) == _micros(expected["start"])


def _elapsed(axis: Axis, given: Facts, expected: Facts) -> bool:
    seconds: float = expected["seconds"]
    return axis.work(_micros(given["start"]), _micros(given["end"])) == round(seconds * SECOND)


def _is_open(axis: Axis, given: Facts, expected: Facts) -> bool:
    return axis.is_open(_micros(given["at"])) is bool(expected["open"])


def _moved(move: Callable[[Axis, int], int | None]) -> Callable[[Axis, Facts, Facts], bool]:
    return lambda axis, given, expected: move(axis, _micros(given["at"])) == _micros(expected["at"])


def _periods(axis: Axis, given: Facts, expected: Facts) -> bool:
    start, spans = _micros(given["start"]), [tuple(map(_micros, span)) for span in expected["periods"]]
    forward = given["direction"] == "forward"
    bounds = (start, spans[-1][1]) if forward else (spans[-1][0], start)
    opened = [(first, last) for first, last, kind in axis.edges(*bounds) if kind == "open"]
    return (opened if forward else opened[::-1]) == spans and len(spans) == int(given["count"])


def _working_day(axis: Axis, given: Facts, expected: Facts) -> bool:
    tz, day = zone(axis.calendar.zone), date.fromisoformat(given["date"])
    pieces = axis.edges(wall_to_utc(tz, day, 0), wall_to_utc(tz, day, DAY))
    return any(kind == "open" for _, _, kind in pieces) is bool(expected["open"])


def _on_holiday(axis: Axis, given: Facts, expected: Facts) -> bool:
    local = datetime.fromisoformat(given["at"]).astimezone(zone(axis.calendar.zone))
    return axis.calendar.is_holiday(local.date()) is bool(expected["holiday"])


def _on_break(axis: Axis, given: Facts, expected: Facts) -> bool:
    at = _micros(given["at"])
    whole = compile_axis(axis.calendar.model_copy(update={"breaks": {}}))
    return (whole.is_open(at) and not axis.is_open(at)) is bool(expected["break"])


OPERATIONS: dict[str, Callable[[Axis, Facts, Facts], bool]] = {
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
}


def _cases(shared: Shared) -> Iterator[dict[str, Any]]:
    for name in FILES:
        for line in (shared / f"cases/cases_{name}.jsonl").read_text("utf-8").splitlines():
            yield json.loads(line)


def _agrees(case: dict[str, Any]) -> bool:
    if case["op"] == "wall_to_utc":
        hour, minute, second = (*map(int, case["input"]["time"].split(":")), 0)[:3]
        wall_us = ((hour * 60 + minute) * 60 + second) * SECOND
        at = wall_to_utc(zone(case["calendar"]["tz"]), date.fromisoformat(case["input"]["date"]), wall_us)
        return at == _micros(case["expected"]["at"])
    given = case["input"]
    # A short axis is quick to compile, and the rest of the case makes it grow.
    year = int(next(value for key, value in given.items() if key in ("start", "end", "at", "date"))[:4])
    return OPERATIONS[case["op"]](compile_axis(_calendar(case["calendar"]), year, year), given, case["expected"])


def test_cases_of_other_products(shared: Shared, record_property: Callable[[str, object], None]) -> None:
    counts: Counter[str] = Counter()
    unexplained = []
    for case in _cases(shared):
        if case["op"] not in OPERATIONS and case["op"] != "wall_to_utc":
            continue
        specific = any(tag.startswith("product_specific:") for tag in case["tags"])
        agrees = _agrees(case)
        counts[f"{'specific' if specific else 'common'} {'agree' if agrees else 'differ'}"] += 1
        if not agrees and not DECIDED.keys() & set(case["tags"]):
            unexplained.append(f"{case['id']} {case['op']} {case['tags']}")
    print(dict(counts))
    record_property("cases", dict(counts))
    assert unexplained == []
    assert counts["common differ"] <= 0.02 * counts["common agree"]
    assert counts["common agree"] > 350


@pytest.mark.parametrize("tag", sorted(DECIDED))
def test_each_decision_still_decides_something(shared: Shared, tag: str) -> None:
    tagged = [case for case in _cases(shared) if tag in case["tags"] and case["op"] in OPERATIONS]
    assert any(not _agrees(case) for case in tagged)
