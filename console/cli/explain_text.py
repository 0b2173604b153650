"""The answer of `explain` for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from console.cli import moments
from console.cli.names import clock_name, severity_text
from console.cli.plain import Column, clean, table
from console.cli.plan import notice_text
from console.domain.decisions import JournalEntry
from console.domain.eligibility import ChannelVerdict, rule_words
from console.domain.explain import Cause, ClockStory
from console.domain.facts import ActorKind, Fact, FactKind
from console.domain.policy import Pack
from console.domain.state import ClockPhase, ClockState
from console.services.desk import LANGUAGE
from console.services.tickets import TicketCard

_SEGMENTS = (Column("FROM"), Column("TO"), Column("WHAT"), Column("ADDS", right=True), Column("BECAUSE", elastic=True))
_RULES = (Column("RULE"), Column("HOLDS"), Column("FROM"), Column("WORDS", elastic=True))
_WRAP = 80
_INDENT = "    "


def card_as_text(card: TicketCard, width: int | None) -> Iterator[str]:
    """The lines."""
    yield from _head(card)
    for story in card.stories:
        yield ""
        yield from _clock(story, card.pack, card.state.as_of, width)
    for channel in card.verdict.channels:
        yield ""
        yield from _channel(channel, width)


def _head(card: TicketCard) -> Iterator[str]:
    state, pack = card.state, card.pack
    severity, status, plan = pack.severity(state.severity), pack.status(state.status), pack.plan(state.plan)
    customer = card.identity.customer
    parts = [
        f"severity {severity_text(state.severity)}{'' if severity is None else ' ' + severity.name.say(LANGUAGE)}",
        state.status if status is None else status.name.say(LANGUAGE),
        "no plan" if state.plan is None else f"plan {state.plan if plan is None else plan.name.say(LANGUAGE)}",
        "no customer" if customer is None else f"customer {customer.name} ({customer.number})",
    ]
    yield clean(f"{card.identity.number}  {card.identity.subject}".rstrip())
    yield clean(", ".join(parts))
    if card.entitlements.notice is not None:
        yield notice_text(card.entitlements.notice)
    yield f"As of {moments.instant(state.as_of)}"


def _clock(story: ClockStory, pack: Pack, now: int, width: int | None) -> Iterator[str]:
    clock = story.clock
    cycle = f" {clock.cycle + 1}" if clock.cycle else ""
    yield clean(f"{clock_name(pack, clock.kind)}{cycle}: {_standing(story, now)}")
    moved = clock.original_due_at is not None and clock.due_at != clock.original_due_at
    first = f", first due {moments.instant(clock.original_due_at)}" if moved else ""
    yield f"  target {moments.span(clock.target_work)}, elapsed {moments.span(story.elapsed_work)}{first}"
    breach = _breach(clock)
    if breach:
        yield f"  {breach}"
    shown = story.shown_breached
    if shown is not None:
        told = f"shown as breached {moments.instant(shown.breached_at)} until revision {shown.revision}"
        yield f"  {told} ({moments.instant(shown.until_at)})"
    rows = [
        [
            moments.instant(segment.from_at),
            moments.instant(segment.to_at),
            segment.kind.value,
            moments.span(segment.work) if segment.work else "",
            cause_text(segment.cause),
        ]
        for segment in story.segments
    ]
    if rows:
        yield from _indented(table(_SEGMENTS, rows, _inner(width)))


def _breach(clock: ClockState) -> str:
    """The breach of a clock, where the due alone does not tell its instant."""
    if clock.breached_at is None or clock.breached_at == clock.due_at:
        return ""
    moved = ", by a change that moved the due into the past" if clock.due_at is not None else ""
    return f"breached {moments.instant(clock.breached_at)}{moved}"


def _standing(story: ClockStory, now: int) -> str:
    clock = story.clock
    if clock.phase is ClockPhase.PAUSED:
        resumed = moments.instant(story.if_resumed_due_at)
        return f"paused, {moments.span(clock.left_work)} left" + (f", due {resumed} if resumed now" if resumed else "")
    if clock.stopped_at is not None:
        return f"{clock.phase.value} {moments.instant(clock.stopped_at)}, due {moments.instant(clock.due_at) or '-'}"
    if clock.due_at is None:
        return f"{clock.phase.value}, not due: working hours end before it could be"
    left = moments.span(abs(clock.due_at - now))
    side = "left" if clock.due_at > now else "overdue"
    return f"{clock.phase.value}, due {moments.instant(clock.due_at)}, {left} {side}"


def cause_text(cause: Cause) -> str:
    """What began a segment."""
    if cause.fact is not None:
        return _fact_text(cause.fact)
    edges = {"opens": "working hours begin", "closes": "working hours end", "holiday": "a holiday begins"}
    return edges.get(cause.edge or "", "closed by itself")


def _fact_text(fact: Fact) -> str:
    if fact.kind == FactKind.MESSAGE:
        return "the customer wrote" if fact.actor_kind == ActorKind.CUSTOMER else "support wrote"
    words = FactKind(fact.kind).name.lower().replace("_", " ")
    if fact.kind == FactKind.SEVERITY_SET and fact.a is not None:
        return f"{words}: {fact.a}"
    if fact.kind in (FactKind.STATUS_SET, FactKind.PLAN_SET) and fact.t:
        return f"{words}: {fact.t}"
    return words


def _channel(channel: ChannelVerdict, width: int | None) -> Iterator[str]:
    if channel.available:
        said = "may be escalated now"
    elif channel.available_at is not None:
        said = f"may be escalated from {moments.instant(channel.available_at)}"
    else:
        said = "may not be escalated"
    yield clean(f"{channel.name.say(LANGUAGE)}: {said}")
    rows = [
        [
            rule.rule,
            "yes" if rule.holds else "no" if rule.required else "no, not needed",
            moments.instant(rule.at),
            rule_words(rule, LANGUAGE, moments.instant, moments.span),
        ]
        for rule in channel.rules
    ]
    if rows:
        yield from _indented(table(_RULES, rows, _inner(width)))


def decisions_as_text(decisions: Sequence[JournalEntry], pack: Pack, width: int | None) -> Iterator[str]:
    """What was decided on the ticket, the oldest first, with all that was written; no line where there was nothing."""
    if not decisions:
        return
    yield ""
    yield "Decisions"
    for entry in decisions:
        why = _reason_name(entry, pack)
        said = f"{moments.instant(entry.at)}  {entry.kind.replace('_', ' ')} by {entry.actor}{why and ': '}{why}"
        yield _INDENT + clean(said)
        # The words themselves, never cut: they are the answer to why.
        words = "(erased)" if entry.erased else clean(entry.words or "")
        yield from _indented([f"  {line}" for line in wrap(words, min(_WRAP, _inner(width) or _WRAP))])


def _reason_name(entry: JournalEntry, pack: Pack) -> str:
    """The reason in the words of the pack, its code where the pack has it no more."""
    named = (reason for reason in pack.reasons_for(entry.kind) if reason.code == entry.reason_code)
    return next((reason.name.say(LANGUAGE) for reason in named), entry.reason_code or "")


def _inner(width: int | None) -> int | None:
    return None if width is None else max(20, width - len(_INDENT))


def _indented(lines: list[str]) -> Iterator[str]:
    return (_INDENT + line for line in lines)
