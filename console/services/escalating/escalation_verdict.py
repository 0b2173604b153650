"""How a decision about an escalation stands to the verdict, and by when it is due."""

from __future__ import annotations

from console.domain.rules import ClockKind
from console.domain.state import EscalationState, TicketState
from console.services.standing import Standing


def against_the_verdict(was: Standing, escalation: EscalationState, *, accepted: bool) -> bool:
    """Whether accepting what the rules do not allow on its channel, or rejecting what they allow. False where the pack
    has no rules for the channel (OW-10)."""
    channel = was.verdict.channel(escalation.channel)
    return channel is not None and channel.available is not accepted


def review_due(state: TicketState) -> int | None:
    """By when the request has to be decided (microseconds UTC, LI-5), none where the pack has no review time."""
    reviews = [clock for clock in state.clocks if clock.kind is ClockKind.ESCALATION_REVIEW and clock.live]
    return max(reviews, key=lambda clock: clock.cycle).due_at if reviews else None
