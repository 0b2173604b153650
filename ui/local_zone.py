"""The manager's own time zone, for showing times; deadlines are never computed with it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, tzinfo

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - naive on purpose: differences of wall clocks


class LocalZone(tzinfo):
    """The zone of the system as the C library knows it, summer time included."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """The offset at a local time; of the two that a repeated hour has, the one that `fold` says."""
        wall = ((moment or _EPOCH).replace(tzinfo=None, fold=0) - _EPOCH) // timedelta(seconds=1)
        offsets = {time.localtime(wall - time.localtime(wall + day).tm_gmtoff).tm_gmtoff for day in (-86_400, 86_400)}
        fitting = sorted(each for each in offsets if time.localtime(wall - each).tm_gmtoff == each)
        candidates = fitting or sorted(offsets)
        fold = moment.fold if moment is not None else 0
        # The first of two equal wall times is the one with the greater offset.
        return timedelta(seconds=candidates[0 if fold else -1])

    def dst(self, moment: datetime | None) -> timedelta | None:
        """Not told apart."""
        return None

    def tzname(self, moment: datetime | None) -> str:
        """The offset, such as +12:45: names of zones are ambiguous."""
        minutes = self.utcoffset(moment) // timedelta(minutes=1)
        sign = "-" if minutes < 0 else "+"
        return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"

    def fromutc(self, moment: datetime) -> datetime:
        """The local time of a UTC time that carries this zone, as `astimezone` asks for it."""
        seconds = (moment.replace(tzinfo=None) - _EPOCH) // timedelta(seconds=1)
        offset = time.localtime(seconds).tm_gmtoff
        local = moment + timedelta(seconds=offset)
        earlier = self.utcoffset(local.replace(fold=0))
        return local.replace(fold=int(earlier != timedelta(seconds=offset)))
