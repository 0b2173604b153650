"""Shifts in words: who is on duty, since when, and what a queue is called beside its count."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from console.domain.instants import HOUR, from_micros
from ui.tr import tr
from ui.when import clock_time

if TYPE_CHECKING:
    from console.services.shifts import Shift

_DAY, _EVENING, _NIGHT = 6, 14, 22


def shift_name(since: int, zone: tzinfo, *, short: bool = False) -> str:
    """`day shift`, `evening shift`, `night shift`, by the local hour; one may take over an hour before the others. In
    a list of shifts it is `short`: `night`."""
    hour = from_micros(since + HOUR).astimezone(zone).hour
    if _DAY <= hour < _EVENING:
        return tr("day") if short else tr("day shift")
    if _EVENING <= hour < _NIGHT:
        return tr("evening") if short else tr("evening shift")
    return tr("night") if short else tr("night shift")


def on_duty_words(shift: Shift | None, me: str, zone: tzinfo, now: int) -> tuple[str, ...]:
    """Who is on duty, from all words to as few as say it; `me` is who sits here."""
    if shift is None or shift.until is not None:
        if shift is not None and shift.handed_to:
            return (
                tr(
                    "nobody is on duty · handed over to {name}",
                    name=tr("you") if shift.handed_to == me else shift.handed_to,
                ),
                tr("nobody is on duty"),
            )
        return (tr("nobody is on duty"),)
    who = tr("you") if shift.actor == me else shift.actor
    name = shift_name(shift.since, zone)
    since = clock_time(shift.since, zone, now)
    return (
        tr("{shift} since {at} · on duty: {name}", shift=name, at=since, name=who),
        tr("on duty since {at}: {name}", at=since, name=who),
        tr("on duty: {name}", name=who),
    )
