"""What began a stretch of time, in words, and why a clock stands where it stands."""

from __future__ import annotations

from datetime import tzinfo
from typing import assert_never

from console.domain.explain import Cause, ClockStory, SegmentKind
from console.domain.facts import ActorKind, FactKind
from console.domain.policy import Pack
from ui.tr import tr
from ui.when import clock_time, duration_words
from ui.words.pack_words import severity_name, status_name


def segment_word(kind: SegmentKind) -> str:
    """`counted`, `closed`, `holiday`, `paused`."""
    match kind:
        case SegmentKind.COUNTED:
            return tr("counted")
        case SegmentKind.CLOSED:
            return tr("closed")
        case SegmentKind.HOLIDAY:
            return tr("holiday")
        case SegmentKind.PAUSED:
            return tr("paused")
    assert_never(kind)


def cause_words(cause: Cause, pack: Pack) -> str:
    """What happened at the beginning of a segment."""
    if cause.fact is None:
        edges = {
            "opens": tr("working hours begin"),
            "closes": tr("working hours end"),
            "holiday": tr("a holiday begins"),
        }
        return edges.get(cause.edge or "", tr("time passed"))
    fact = cause.fact
    match fact.kind:
        case FactKind.STATUS_SET:
            return tr("status {status}", status=status_name(pack, fact.t or ""))
        case FactKind.SEVERITY_SET:
            name = severity_name(pack, fact.a)
            if name and str(fact.a) in name:
                return name
            return tr("severity {severity}", severity=f"{fact.a} {name}" if name else fact.a)
        case FactKind.MESSAGE if fact.actor_kind == ActorKind.CUSTOMER:
            return tr("the customer wrote")
        case FactKind.MESSAGE:
            return tr("support wrote")
        case FactKind.PLAN_SET:
            return tr("plan set")
    return _by_kind().get(fact.kind, tr("an entry of the ticket"))


def _by_kind() -> dict[int, str]:
    return {
        FactKind.OPENED: tr("ticket opened"),
        FactKind.ETA_SET: tr("ETA given"),
        FactKind.WORKAROUND_GIVEN: tr("workaround given"),
        FactKind.SOLUTION_GIVEN: tr("solution given"),
        FactKind.SOLUTION_NOTIFIED: tr("solution notified"),
        FactKind.CONFIRMED: tr("customer confirmed"),
        FactKind.ESCALATION_REQUESTED: tr("escalation requested"),
        FactKind.ESCALATION_ACCEPTED: tr("escalation accepted"),
        FactKind.ESCALATION_REJECTED: tr("escalation rejected"),
        FactKind.PROMISE_MADE: tr("promise made"),
        FactKind.VOID: tr("an entry was taken back"),
    }


def why_words(story: ClockStory, pack: Pack, zone: tzinfo, now: int) -> str:
    """Started when and by what, paused by what and for how long, the first promise where it was another."""
    clock = story.clock
    said = [_start(story, pack, zone, now)]
    pauses = [each for each in story.segments if each.kind is SegmentKind.PAUSED]
    if pauses:
        total = duration_words(sum(each.to_at - each.from_at for each in pauses))
        causes = dict.fromkeys(cause_words(each.cause, pack) for each in pauses)
        said.append(tr("paused {total} ({causes})", total=total, causes=", ".join(causes)))
    first = clock.original_due_at
    if clock.due_at is not None and first is not None and clock.due_at != first:
        said.append(tr("first promised for {due}", due=clock_time(first, zone, now)))
    if clock.breached_at is not None and clock.breached_at != clock.due_at:
        said.append(tr("breached {at} by a change of its promise", at=clock_time(clock.breached_at, zone, now)))
    shown = story.shown_breached
    if shown is not None:
        told, until = clock_time(shown.breached_at, zone, now), clock_time(shown.until_at, zone, now)
        words = tr("shown as breached {told} until revision {revision}", told=told, revision=shown.revision)
        said.append(tr("{words}, {until}", words=words, until=until))
    return "; ".join(said)


def _start(story: ClockStory, pack: Pack, zone: tzinfo, now: int) -> str:
    at = clock_time(story.clock.started_at, zone, now)
    if not story.segments:
        return tr("Started {at}", at=at)
    return tr("Started {at}: {cause}", at=at, cause=cause_words(story.segments[0].cause, pack))
