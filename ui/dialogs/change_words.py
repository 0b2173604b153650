"""What a severity would do to each clock, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from console.domain.policy import Pack
from console.domain.state import ClockPhase
from ui.text_label import Tone
from ui.tr import tr
from ui.when import clock_time
from ui.words.pack_words import clock_name

if TYPE_CHECKING:
    from console.services.clock_changes import ClockChange

_ENDED = (None, ClockPhase.MET, ClockPhase.MISSED, ClockPhase.STOPPED)


@dataclass(frozen=True)
class ChangeLine:
    """A clock's name, `16:20 → 15:20`, and how alarming that is."""

    name: str
    change: str
    tone: Tone


def change_lines(changes: Sequence[ClockChange], pack: Pack, zone: tzinfo, now: int) -> list[ChangeLine]:
    """A line for each clock that counts before or after. Instants in microseconds UTC."""
    shown = (each for each in changes if each.before_phase not in _ENDED or each.after_phase not in _ENDED)
    return [_line(each, pack, zone, now) for each in shown]


def moved_words(change: ClockChange, pack: Pack, zone: tzinfo, now: int) -> str:
    """What became of a clock that has moved: `Workaround 18:00 → 17:00`, `ETA 2 10:04, breached`."""
    name = clock_name(pack, change.kind)
    if change.cycle:
        name = f"{name} {change.cycle + 1}"
    before = _due(change.before_phase, change.before_due, zone, now)
    after = _due(change.after_phase, change.after_due, zone, now)
    said = f"{name} {after}" if before == after else f"{name} {before} → {after}"
    return tr("{clock}, breached", clock=said) if change.breached_at_once else said


def _line(change: ClockChange, pack: Pack, zone: tzinfo, now: int) -> ChangeLine:
    name = clock_name(pack, change.kind)
    if change.cycle:
        name = f"{name} {change.cycle + 1}"
    before = _due(change.before_phase, change.before_due, zone, now)
    after = _due(change.after_phase, change.after_due, zone, now)
    if change.breached_at_once:
        return ChangeLine(
            name, tr("{before} → {after}, would be breached at once", before=before, after=after), "overdue"
        )
    if not change.changes:
        return ChangeLine(name, tr("{due}, stays", due=before), "muted")
    return ChangeLine(name, f"{before} → {after}", "text")


def _due(phase: ClockPhase | None, due: int | None, zone: tzinfo, now: int) -> str:
    if phase is None:
        return tr("none")
    if phase is ClockPhase.PAUSED and due is None:
        return tr("paused")
    if phase in (ClockPhase.MET, ClockPhase.MISSED, ClockPhase.STOPPED):
        return tr("ended")
    # Working hours end before it could be due.
    return tr("not due") if due is None else clock_time(due, zone, now)
