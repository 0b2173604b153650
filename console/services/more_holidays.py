"""Holidays that are given beside a pack: `CALENDAR=DATE`, `CALENDAR=COUNTRY:YEARS`, `CALENDAR=FILE.ics:YEARS`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from console.domain.errors import UserError
from console.domain.policy import Pack
from console.domain.policy_terms import HolidaySource
from console.services.holidays import days_of

OPTION = "--holidays"
_EXPECTED = "CALENDAR=2026-12-31, CALENDAR=DE-BY:2026-2028 or CALENDAR=company.ics:2026-2028"
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_COUNTRY = re.compile(r"([A-Z]{2})(?:-(\w+))?")

_Given = date | HolidaySource


def with_more(pack: Pack, given: Sequence[str], adopted: Pack | None) -> Pack:
    """The pack with these holidays too, and with the dates that its calendars have as it was adopted last.

    Without `given` the pack stays as it is. Raises UserError option_invalid and holidays_invalid.
    """
    if not given:
        return pack
    wanted: dict[str, list[_Given]] = {}
    for text in given:
        code, source = _read(text)
        entry = next((each for each in pack.calendars if each.code == code), None)
        if entry is None or entry.hours.always:
            closing = ", ".join(each.code for each in pack.calendars if not each.hours.always)
            raise _invalid(text, f"a calendar that a holiday can close: {closing or 'this pack has none'}")
        wanted.setdefault(code, []).append(source)
    kept = {} if adopted is None else {entry.code: entry.hours.holidays for entry in adopted.calendars}
    return _dated(pack, wanted, kept)


def _dated(pack: Pack, wanted: Mapping[str, Sequence[_Given]], kept: Mapping[str, Sequence[date]]) -> Pack:
    calendars = []
    for entry in pack.calendars:
        days = {*entry.hours.holidays, *(() if entry.hours.always else kept.get(entry.code, ()))}
        for source in wanted.get(entry.code, ()):
            days.update([source] if isinstance(source, date) else days_of(source, Path(OPTION), entry.code))
        hours = entry.hours.model_copy(update={"holidays": tuple(sorted(days))})
        calendars.append(entry.model_copy(update={"hours": hours}))
    return pack.model_copy(update={"calendars": tuple(calendars)})


def _read(text: str) -> tuple[str, _Given]:
    code, separator, source = text.partition("=")
    if not separator:
        raise _invalid(text, _EXPECTED)
    try:
        return code, date.fromisoformat(source)
    except ValueError:
        pass  # no date, so a country or a file with years
    origin, _, span = source.rpartition(":")
    years = _YEARS.fullmatch(span)
    if not origin or years is None:
        raise _invalid(text, _EXPECTED)
    country = _COUNTRY.fullmatch(origin)
    place = {"file": origin} if country is None else {"country": country[1], "subdivision": country[2]}
    try:
        return code, HolidaySource(**place, first_year=int(years[1]), last_year=int(years[2] or years[1]))
    except ValidationError as error:
        raise _invalid(text, "years from 1970 to 2200, the first not after the last") from error


def _invalid(found: str, expected: str) -> UserError:
    return UserError("option_invalid", option=OPTION, found=found, expected=expected)
