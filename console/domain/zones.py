"""Time zones from the pinned `tzdata` package, and fixed offsets.

The system's zone database is never read: two desks must compute the same deadline.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from console.domain.instants import DAY

_TICK = timedelta(microseconds=1)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_OFFSET = re.compile(r"(?:UTC)?([+-])(\d{1,2})(?::?([0-5]\d))?")
# No civil zone was ever further from UTC than Manila's -15:56.
_FURTHEST = timedelta(hours=16)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset((files("tzdata") / "zones").read_text("utf-8").split())


@lru_cache(maxsize=1)
def tzdata_version() -> str:
    """The IANA release of the zone rules in use, such as "2025b"; it belongs beside every computed deadline."""
    with (files("tzdata") / "zoneinfo" / "tzdata.zi").open("r", encoding="utf-8") as rules:
        return rules.readline().removeprefix("# version").strip()


@lru_cache(maxsize=256)
def zone(name: str) -> tzinfo:
    """The zone called `name`: an IANA key ("Europe/Kyiv"), "UTC", or a fixed offset ("+02:00", "UTC+2").

    The same name gives the same object. Raises ValueError that names an unknown zone.
    """
    if name in ("UTC", "Z"):
        return UTC
    fixed = _OFFSET.fullmatch(name)
    if fixed:
        sign, hours, minutes = fixed.groups()
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if offset <= _FURTHEST:
            return timezone(-offset if sign == "-" else offset)
    # The list is asked first: a file system may ignore case, and a name must not walk out of the folder.
    if name not in _known():
        raise ValueError(
            f'zone: found "{name}", expected an IANA name such as "Europe/Kyiv" or an offset such as "+02:00"'
        )
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


class WallTime:
    """Turns what clocks on a wall in one zone show into instants. Made for the compiling of one calendar."""

    def __init__(self, tz: tzinfo) -> None:
        self._tz = tz
        self._lengths: dict[int, timedelta] = {}
        self._offsets: dict[timedelta | None, int] = {}

    def utc(self, midnight: datetime, wall_us: int) -> int:
        """The instant (microseconds UTC) at which clocks show `wall_us` microseconds after a naive `midnight`.

        `wall_us` may pass 24 h and then means the days that follow. A time that was skipped moves later by the gap,
        a repeated one is its first occurrence (RFC 5545, 3.3.5). Raises OverflowError outside the years 1-9999.
        """
        length = self._lengths.get(wall_us)
        if length is None:
            length = self._lengths[wall_us] = timedelta(0, 0, wall_us)
        # A naive time has fold 0, and fold 0 is exactly this rule.
        offset = self._tz.utcoffset(midnight + length)
        ahead = self._offsets.get(offset)
        if ahead is None:
            ahead = self._offsets[offset] = (offset or timedelta()) // _TICK
        return (midnight.toordinal() - _EPOCH_DAY) * DAY + wall_us - ahead


def wall_to_utc(tz: tzinfo, day: date, wall_us: int) -> int:
    """The instant at which clocks in `tz` show `wall_us` microseconds after 00:00 of `day`: see `WallTime.utc`."""
    return WallTime(tz).utc(datetime.combine(day, time.min), wall_us)
