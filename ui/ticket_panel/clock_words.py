"""A clock in words: what is left, until when, and how alarming that is."""

from __future__ import annotations

from datetime import tzinfo

from console.domain.explain import ClockStory
from console.domain.state import ClockPhase, ClockState
from models.time_text import NEAR, SOON
from ui.text_label import Tone
from ui.tr import tr
from ui.when import clock_time, duration_words
from ui.when import left_words as left_text


def left_words(clock: ClockState, now: int) -> str:
    """`1 h 47 m`, `−8 m`, `‖ 2 h 5 m`, `met`, `missed`; instants in microseconds UTC."""
    match clock.phase:
        case ClockPhase.MET:
            return tr("✓ met")
        case ClockPhase.MISSED:
            return tr("✗ missed")
        case ClockPhase.STOPPED:
            return tr("ended")
        case ClockPhase.PAUSED:
            return left_text(clock.left_work, paused=True)
    return left_text(clock.due_at - now) if clock.due_at is not None else ""


def due_words(story: ClockStory, zone: tzinfo, now: int) -> str:
    """`due 16:20`, `paused, due 18:05 if resumed now`, `met 15:02, due 16:20`."""
    clock = story.clock
    known = clock.due_at if clock.due_at is not None else clock.original_due_at
    due = tr("not known") if known is None else clock_time(known, zone, now)
    stopped = clock_time(clock.stopped_at, zone, now) if clock.stopped_at is not None else ""
    match clock.phase:
        case ClockPhase.MET:
            return tr("met {stopped}, due {due}", stopped=stopped, due=due)
        case ClockPhase.MISSED:
            late = duration_words((clock.stopped_at or 0) - (clock.due_at or clock.breached_at or 0))
            return tr("stopped {stopped}, {late} after its due time {due}", stopped=stopped, late=late, due=due)
        case ClockPhase.STOPPED:
            return tr("ended {stopped} without being met", stopped=stopped)
        case ClockPhase.PAUSED:
            return _paused_words(story, zone, now)
    if clock.due_at is None:
        return tr("not due: working hours end before it could be")
    if clock.due_at <= now:
        return tr("overdue, was due {due}", due=due)
    return tr("due {due}", due=due)


def tone_of(clock: ClockState, now: int) -> Tone:
    """The colour of the scale of risk."""
    match clock.phase:
        case ClockPhase.MET:
            return "ok"
        case ClockPhase.MISSED | ClockPhase.BREACHED:
            return "overdue"
        case ClockPhase.PAUSED:
            return "overdue" if clock.breached_at is not None else "paused"
        case ClockPhase.STOPPED:
            return "muted"
    if clock.due_at is None:
        return "muted"
    left = clock.due_at - now
    if left <= 0:
        return "overdue"
    return "soon" if left < SOON else "near" if left < NEAR else "calm"


def _paused_words(story: ClockStory, zone: tzinfo, now: int) -> str:
    if story.clock.breached_at is not None:
        return tr("paused after its breach {at}", at=clock_time(story.clock.breached_at, zone, now))
    left = tr("paused with {left} of working time left", left=left_text(story.clock.left_work))
    resumed = story.if_resumed(now)
    if resumed is None:
        return left
    return tr("{left}; due {due} if resumed now", left=left, due=clock_time(resumed, zone, now))
