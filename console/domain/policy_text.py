"""What a policy pack says, line by line, for people: every entry with its values and the rules that it follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from console.domain.calendar import WEEKDAYS, Calendar
from console.domain.instants import DAY, HOUR, MINUTE, SECOND
from console.domain.policy import Pack
from console.domain.policy_checks import lists
from console.domain.policy_values import Dated, Frozen, Text

_UNITS = (("d", DAY), ("h", HOUR), ("m", MINUTE), ("s", SECOND))
_DURATIONS = ("wait", "waits", "target", "targets", "tam_week", "after", "before_breach")
_TITLES = ("name", "text")
_NONE = MappingProxyType({"incidents": "unlimited", "targets": "base"})
_NOT_SHOWN = ("source", "code", "key", "valid_from", "valid_to")


class PackLine(NamedTuple):
    """`part` is the list or table of the pack, `entry` the code within it, `source` the ids of the rules."""

    part: str
    entry: str
    says: str
    source: tuple[str, ...]


def lines(pack: Pack, language: str) -> Iterator[PackLine]:
    """Every table and every entry of the pack; words in `language` ("en", "ru")."""
    for field in type(pack).model_fields:
        value = getattr(pack, field)
        if field in lists():
            for entry in value:
                yield PackLine(field, entry.key + _period(entry), _says(entry, language), entry.source)
        elif isinstance(value, Frozen) and hasattr(value, "source"):
            yield PackLine(field, "", _says(value, language), value.source)


def _period(entry: Dated) -> str:
    if entry.valid_from is None and entry.valid_to is None:
        return ""
    return f" {entry.valid_from or ''}..{entry.valid_to or ''}"


def _says(entry: Frozen, language: str) -> str:
    titles, rest = [], []
    for field, known in type(entry).model_fields.items():
        value = getattr(entry, field)
        if field in _TITLES and isinstance(value, Text):
            titles.append(value.say(language))
        elif field not in _NOT_SHOWN and (known.is_required() or value != known.default):
            said = _NONE.get(field) if value is None else None
            rest.append(f"{known.alias or field} {said or _value(value, language, field in _DURATIONS)}")
    return "; ".join((*titles, *rest))


def _value(value: object, language: str, is_time: bool) -> str:
    if isinstance(value, Text):
        return value.say(language)
    if isinstance(value, Calendar):
        return _hours(value)
    if isinstance(value, Frozen):
        return _says(value, language)
    if isinstance(value, Mapping):
        return ", ".join(f"{_value(key, language, False)}: {_value(value[key], language, is_time)}" for key in value)
    if isinstance(value, frozenset):
        return ", ".join(sorted(_value(item, language, is_time) for item in value))
    if isinstance(value, tuple):
        return ", ".join(_value(item, language, is_time) for item in value)
    if isinstance(value, Enum):
        return str(value.value)
    if is_time and isinstance(value, int):
        return duration(value)
    return "none" if value is None else str(value)


def duration(micros: int) -> str:
    """A duration as packs write it: "4h", "1d12h"."""
    parts = []
    for name, unit in _UNITS:
        count, micros = divmod(micros, unit)
        parts.append(f"{count}{name}" if count else "")
    return "".join(parts) or "0s"


def _hours(hours: Calendar) -> str:
    if hours.always:
        return "always open"
    week = [(day, "+".join("-".join(window) for window in hours.week[day])) for day in WEEKDAYS if day in hours.week]
    days = ", ".join(f"{day} {windows}" for day, windows in week)
    shifts = [day for day, windows in hours.shifts.items() if windows]
    dated = f"shifts on {len(shifts)} dates up to {max(shifts)}" if shifts else ""
    return f"{hours.zone}: {', '.join(part for part in (days, dated) if part)}; {len(hours.holidays)} holidays"
