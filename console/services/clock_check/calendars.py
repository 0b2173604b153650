"""Calendars of cases, compiled; a few are kept because neighbouring cases share them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from functools import lru_cache
from types import MappingProxyType

from pydantic import ValidationError

from console.domain.axis import Axis, compile_axis
from console.domain.calendar import Calendar
from console.domain.instants import from_micros
from console.domain.zones import zone
from console.services.clock_check.case import Case, NoOpenTime, NotApplicable
from console.services.clock_check.fields import BadCase, Fields

NO_OPEN_TIME = "a calendar with no open time is refused (CR-20)"
NO_LENGTH = "a window that ends where it starts is refused (CR-8)"
_KEPT = 64
_SAYS = re.compile(r"(?:Value error, )?(?:(?P<key>[^ :]+): )?found (?P<found>.+?), expected (?P<expected>.+)", re.S)
_SOME_WEEK = MappingProxyType({"week": {"mon": [["09:00", "17:00"]]}})
_WALL = Calendar(code="wall", always=True)


class Calendars:
    """Reads and compiles the calendars of cases. `notices` counts what was mended in them, by code; with `literal`
    nothing is mended, and windows that overlap are a BadCase."""

    def __init__(self, *, literal: bool = False) -> None:
        self._literal = literal
        self.notices: Counter[str] = Counter()
        self._axis = lru_cache(maxsize=_KEPT)(_compiled)

    def axis(self, case: Case, at: int) -> Axis:
        """The axis of the case's calendar, compiled around the instant `at` (microseconds UTC).

        Raises BadCase for a calendar that is none, NotApplicable for one that is refused on purpose.
        """
        return self.axis_of(read_calendar(self._fields(case), self.notices, literal=self._literal), at)

    def axis_of(self, calendar: Calendar, at: int) -> Axis:
        """The axis of a calendar, compiled around the instant `at`."""
        return self._axis(calendar, from_micros(at).year)

    def wall(self, at: int) -> Axis:
        """The axis of the clock on the wall."""
        return self.axis_of(_WALL, at)

    def zone(self, case: Case) -> tzinfo:
        """The zone of the case's calendar."""
        fields = self._fields(case)
        try:
            return zone(fields.text("tz", "UTC" if fields.values.get("always") is True else None))
        except ValueError as error:
            raise _bad(fields, str(error)) from error

    def exceptions(self, case: Case) -> Calendar:
        """The case's calendar for its holidays and breaks: those of one without open time are asked for as well."""
        fields = self._fields(case)
        return read_calendar(
            fields if _has_windows(fields.values) else Fields(fields.name, {**fields.values, **_SOME_WEEK})
        )

    def _fields(self, case: Case) -> Fields:
        if case.calendar is None:
            raise BadCase("calendar", None, "a calendar for this operation")
        return case.calendar


def read_calendar(fields: Fields, notices: Counter[str] | None = None, *, literal: bool = False) -> Calendar:
    """The calendar in the words of a case: windows that overlap are united, 23:59 is 24:00, both with a notice.
    With `literal` it is taken as it is written.

    Raises BadCase and NotApplicable as `Calendars.axis` does.
    """
    values = {key: _without_nulls(value) for key, value in fields.values.items() if value is not None}
    values["zone"] = fields.text("tz", "UTC" if values.get("always") is True else None)
    values.pop("tz", None)
    values["code"] = "case"
    for key in ("week", "shifts", "breaks"):
        if any(_without_length(window) for window in _windows(values.get(key))):
            raise NotApplicable(NO_LENGTH)
    if not values.get("always") and isinstance(values.get("week", {}), Mapping) and not _has_windows(values):
        raise NoOpenTime(NO_OPEN_TIME)
    try:
        calendar, found = (Calendar.model_validate(values), ()) if literal else Calendar.importing(values)
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "extra_forbidden":
            raise BadCase(
                fields.place(str(first["loc"][0])), "an unknown key", "only the keys of a calendar"
            ) from error
        raise _bad(fields, first["msg"], first["loc"]) from error
    except ValueError as error:
        raise _bad(fields, str(error)) from error
    if notices is not None:
        notices.update({notice.code for notice in found})
    return calendar


def _without_nulls(value: object) -> object:
    # A day that is null is as good as absent, like any other value of a case.
    return {key: each for key, each in value.items() if each is not None} if isinstance(value, Mapping) else value


def _has_windows(values: Mapping[str, object]) -> bool:
    return any(next(_windows(values.get(key)), None) is not None for key in ("week", "shifts"))


def _windows(by_key: object) -> Iterator[object]:
    if isinstance(by_key, Mapping):
        for windows in by_key.values():
            yield from windows if isinstance(windows, list) else [windows]


def _without_length(window: object) -> bool:
    return isinstance(window, list) and len(window) == 2 and isinstance(window[0], str) and window[0] == window[1]


def _bad(fields: Fields, message: str, loc: tuple[int | str, ...] = ()) -> BadCase:
    parts = _SAYS.fullmatch(message)
    steps = [str(step) for step in loc]
    if parts is None:
        key = ".".join(steps)
        return BadCase(fields.place(key), _at(fields.values, loc), message.removeprefix("Input should be "))
    inner = parts["key"] or ""
    key = inner if inner.split(".")[0].partition("[")[0] in {"zone", *fields.values} else ".".join([*steps, inner])
    bad = BadCase(fields.place(("tz" if key == "zone" else key).strip(".")), None, parts["expected"])
    bad.found = parts["found"][:200]
    return bad


def _at(values: object, loc: tuple[int | str, ...]) -> object:
    for step in loc:
        if isinstance(values, Mapping):
            values = values.get(str(step))
        elif isinstance(values, list) and isinstance(step, int) and step < len(values):
            values = values[step]
    return values


def _compiled(calendar: Calendar, year: int) -> Axis:
    # By year: a short axis is quick to compile, and a case far away does not make it grow over the years between.
    return compile_axis(calendar, year, year)
