"""The answer of `explain --json`."""

from __future__ import annotations

from console.cli import moments
from console.domain.decisions import JournalEntry
from console.domain.eligibility import ChannelVerdict, Verdict, rule_words
from console.domain.explain import Cause, ClockStory, Segment
from console.domain.facts import Fact, FactKind
from console.domain.instants import format_instant
from console.domain.state import ClockPhase
from console.domain.taken_back import ShownBreach
from console.services.desk import LANGUAGE
from console.services.tickets import TicketCard

_ENDED = (ClockPhase.MET, ClockPhase.MISSED, ClockPhase.STOPPED)


def card_as_json(card: TicketCard) -> dict[str, object]:
    """Instants are ISO 8601 with Z; seconds of segments sum to `elapsed_seconds` of their clock."""
    state = card.state
    customer = card.identity.customer
    return {
        "number": card.identity.number,
        "as_of": format_instant(state.as_of),
        "severity": state.severity,
        "status": state.status,
        "plan": state.plan,
        "customer": None if customer is None else customer.name,
        "clocks": [_clock(story, state.as_of) for story in card.stories],
        "verdict": verdict_as_json(card.verdict),
    }


def verdict_as_json(verdict: Verdict) -> dict[str, object]:
    """By channel: whether it is open, from when, and rule by rule why."""
    return {channel.channel: _channel(channel) for channel in verdict.channels}


def decision_as_json(entry: JournalEntry) -> dict[str, object]:
    """Who decided what, when and why. `words` is null where there were none, or they were erased."""
    return {
        "at": format_instant(entry.at),
        "kind": entry.kind,
        "actor": entry.actor,
        "reason_code": entry.reason_code,
        "words": entry.words,
    }


def _clock(story: ClockStory, now: int) -> dict[str, object]:
    clock = story.clock
    counts = clock.due_at is not None and clock.phase not in _ENDED
    return {
        "kind": clock.kind.value,
        "cycle": clock.cycle,
        "state": clock.phase.value,
        "started_at": format_instant(clock.started_at),
        "due_at": moments.exact(clock.due_at),
        "original_due_at": moments.exact(clock.original_due_at),
        "elapsed_seconds": moments.seconds(story.elapsed_work),
        "target_seconds": moments.seconds(clock.target_work),
        "left_seconds": moments.seconds(clock.due_at - now) if counts and clock.due_at is not None else None,
        "breached_at": moments.exact(clock.breached_at),
        "stopped_at": moments.exact(clock.stopped_at),
        "shown_breached": _shown_breached(story.shown_breached),
        "if_resumed_due_at": moments.exact(story.if_resumed_due_at),
        "segments": [_segment(segment) for segment in story.segments],
    }


def _shown_breached(found: ShownBreach | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "breached_at": format_instant(found.breached_at),
        "until_revision": found.revision,
        "until": format_instant(found.until_at),
    }


def _segment(segment: Segment) -> dict[str, object]:
    return {
        "from": format_instant(segment.from_at),
        "to": format_instant(segment.to_at),
        "kind": segment.kind.value,
        "seconds": moments.seconds(segment.work),
        "cause": _cause(segment.cause),
    }


def _cause(cause: Cause) -> dict[str, object]:
    if cause.fact is not None:
        fact = cause.fact
        return {"fact": FactKind(fact.kind).name.lower(), "uid": fact.uid, "value": _value(fact)}
    if cause.edge == "time":
        # Nothing but the automatic closing ends or pauses a clock without a fact (OD-12).
        return {"time": "auto_close"}
    return {"calendar": cause.edge}


def _value(fact: Fact) -> str | int | None:
    return fact.a if fact.t is None else fact.t


def _channel(channel: ChannelVerdict) -> dict[str, object]:
    return {
        "available": channel.available,
        "available_from": moments.exact(channel.available_at),
        "rules": [
            {
                "rule": rule.rule,
                "holds": rule.holds,
                "from": moments.exact(rule.at),
                "text": rule_words(rule, LANGUAGE, moments.instant, moments.span),
            }
            for rule in channel.rules
        ],
    }
