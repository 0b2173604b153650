"""Dates as the source writes them -> microseconds UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from console.domain.instants import HOUR, MINUTE, SECOND, to_micros
from console.domain.zones import wall_to_utc, zone
from console.services.importing.mapping import DateSpec

MAX_CACHED = 50_000
MAX_LENGTH = 64


class DateReader:
    """Reads the date cells of one import. Logs repeat their dates, so those read before are remembered."""

    def __init__(self, spec: DateSpec) -> None:
        self._zone = zone(spec.zone)
        self._readers = tuple(_reader(text, self._zone) for text in spec.formats)
        self._seen: dict[str, int] = {}

    def read(self, text: str) -> int:
        """Microseconds UTC. Raises ValueError for what is no date, or is before 1970.

        A date without a zone is one of the mapping's zone: an hour that was skipped there moves later by the gap, of
        one that came twice it is the first.
        """
        known = self._seen.get(text)
        if known is not None:
            return known
        if len(text) > MAX_LENGTH:
            raise ValueError("too long for a date")
        instant = self._parse(text)
        if instant < 0:
            raise ValueError("before 1970")
        if len(self._seen) >= MAX_CACHED:
            self._seen.clear()
        self._seen[text] = instant
        return instant

    def _parse(self, text: str) -> int:
        for read in self._readers:
            try:
                return read(text)
            except (ValueError, OverflowError):
                continue
        raise ValueError("none of the formats")


def _reader(text: str, tz: tzinfo) -> Callable[[str], int]:
    if text == "iso":
        return lambda cell: _instant(datetime.fromisoformat(cell), tz)
    if text == "epoch_s":
        return lambda cell: _whole(cell) * SECOND
    if text == "epoch_ms":
        return lambda cell: _whole(cell) * SECOND // 1000
    # strptime of a zone-less format gives a naive date on purpose: the mapping says which zone it is of.
    return lambda cell: _instant(datetime.strptime(cell, text), tz)  # noqa: DTZ007


def _whole(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit()) or len(cell) > 16:
        raise ValueError("not a whole number")
    return int(cell)


def _instant(moment: datetime, tz: tzinfo) -> int:
    if moment.tzinfo is not None:
        return to_micros(moment)
    wall = moment.hour * HOUR + moment.minute * MINUTE + moment.second * SECOND + moment.microsecond
    return wall_to_utc(tz, moment.date(), wall)
