"""Values of a case, read with their place: whatever does not fit is a BadCase that names field, found and expected."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date

from console.domain.instants import DAY, SECOND, parse_instant
from console.domain.spans import FIRST_YEAR, LAST_YEAR, year_start

MAX_SHOWN = 80
_FIRST, _LAST = year_start(FIRST_YEAR), year_start(LAST_YEAR + 1)
_MOST_SECONDS = (_LAST - _FIRST) // SECOND
_TIME = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?", re.ASCII)


class BadCase(Exception):
    """One line that is not a case. Never leaves the check: it is reported with file and line."""

    def __init__(self, field: str, found: object, expected: str) -> None:
        super().__init__(field)
        self.field = field
        self.found = shown(found)
        self.expected = expected


def shown(found: object) -> str:
    """A value from outside, short and on one line."""
    if found is None:
        return "nothing"
    text = repr(found)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


class Fields:
    """A table of a case, `name` is its place in the line. A value that is null is as good as absent."""

    __slots__ = ("name", "values")

    def __init__(self, name: str, found: object) -> None:
        if not isinstance(found, Mapping):
            raise BadCase(name or "line", found, "a JSON object")
        self.name = name
        self.values: Mapping[str, object] = found

    def has(self, key: str) -> bool:
        """Whether there is a value."""
        return self.values.get(key) is not None

    def place(self, key: str) -> str:
        """Where the value of `key` stands."""
        return f"{self.name}.{key}" if self.name else key

    def table(self, key: str) -> Fields:
        """A table; an absent one is a BadCase."""
        return Fields(self.place(key), self.values.get(key))

    def items(self, key: str) -> list[object]:
        """A list; absent: empty."""
        found = self.values.get(key)
        if found is None:
            return []
        if not isinstance(found, list):
            raise BadCase(self.place(key), found, "a list")
        return found

    def tables(self, key: str) -> list[Fields]:
        """A list of tables; absent: empty."""
        return [Fields(f"{self.place(key)}[{number}]", each) for number, each in enumerate(self.items(key))]

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default an absent one is a BadCase."""
        found = self.values.get(key)
        if found is None and default is not None:
            return default
        if not isinstance(found, str):
            raise BadCase(self.place(key), found, "a text")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; absent: empty."""
        found = self.items(key)
        for number, each in enumerate(found):
            if not isinstance(each, str):
                raise BadCase(f"{self.place(key)}[{number}]", each, "a text")
        return tuple(str(each) for each in found)

    def choice(self, key: str, known: Mapping[str, object], default: str | None = None) -> str:
        """A text that is one of `known`."""
        found = self.text(key, default)
        if found not in known:
            raise BadCase(self.place(key), found, f"one of {', '.join(known)}")
        return found

    def truth(self, key: str) -> bool:
        """true or false."""
        found = self.values.get(key)
        if not isinstance(found, bool):
            raise BadCase(self.place(key), found, "true or false")
        return found

    def count(self, key: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        found = self.values.get(key)
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
            raise BadCase(self.place(key), found, f"a whole number from {least} to {most}")
        return found

    def seconds(self, key: str) -> int:
        """A number of seconds, as microseconds."""
        found = self.values.get(key)
        if isinstance(found, bool) or not isinstance(found, (int, float)):
            raise BadCase(self.place(key), found, "a number of seconds")
        if not math.isfinite(found) or abs(found) > _MOST_SECONDS:
            raise BadCase(self.place(key), found, f"at most {_MOST_SECONDS} seconds")
        return round(found * SECOND)

    def instant(self, key: str) -> int:
        """An instant with its zone, as microseconds UTC."""
        return read_instant(self.place(key), self.values.get(key))

    def day(self, key: str) -> date:
        """A date."""
        found = self.values.get(key)
        try:
            if isinstance(found, str):
                return date.fromisoformat(found)
        except ValueError:
            pass  # the message below says more
        raise BadCase(self.place(key), found, "a date YYYY-MM-DD")

    def wall(self, key: str) -> int:
        """A time of day up to 24:00, as microseconds after 00:00."""
        found = self.values.get(key)
        parts = _TIME.fullmatch(found) if isinstance(found, str) else None
        if parts is not None:
            hour, minute, second = (int(part or 0) for part in parts.groups()[:3])
            time = ((hour * 60 + minute) * 60 + second) * SECOND + int((parts[4] or "").ljust(6, "0"))
            if time <= DAY and minute < 60 and second < 60:
                return time
        raise BadCase(self.place(key), found, 'a time "HH:MM" or "HH:MM:SS" up to "24:00"')


def read_instant(place: str, found: object) -> int:
    """An instant with its zone, as microseconds UTC. Raises BadCase."""
    try:
        if isinstance(found, str):
            at = parse_instant(found)
            if _FIRST <= at < _LAST:
                return at
    except (ValueError, OverflowError):
        pass  # the message below says more
    raise BadCase(place, found, f"an instant such as 2017-09-12T08:00:00Z in the years {FIRST_YEAR}-{LAST_YEAR}")
