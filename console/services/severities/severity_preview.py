"""What a severity would do to a ticket: its clocks, the ways to escalate it, its place in the queue."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.state import EscalationPhase, TicketState
from console.services.clock_changes import ClockChange
from console.services.severities.channel_changes import ChannelChange


@dataclass(frozen=True, slots=True)
class QueuePosition:
    """Places among the open tickets in the order of the queue, from 1."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class SeverityPreview:
    """What a severity would do. `refusal` is a code when this actor may not, or it changes nothing; `queue_position`
    is none for a closed ticket and where nobody asked."""

    ticket_id: int
    base_revision: int
    to: int
    before: TicketState
    after: TicketState
    refusal: str | None
    lines: tuple[ClockChange, ...]
    channels: tuple[ChannelChange, ...] = ()
    queue_position: QueuePosition | None = None

    @property
    def breached_at_once(self) -> tuple[ClockChange, ...]:
        """The clocks whose new deadline has passed already."""
        return tuple(line for line in self.lines if line.breached_at_once)

    @property
    def becomes_escalatable(self) -> tuple[ChannelChange, ...]:
        """The channels that change: each before and after, with the instant from which it is open."""
        return tuple(channel for channel in self.channels if channel.changes)

    @property
    def ends_escalation(self) -> bool:
        """Whether the open escalation gives way to the outage process (LI-11)."""
        was, becomes = self.before.escalation, self.after.escalation
        superseded = becomes is not None and becomes.phase is EscalationPhase.SUPERSEDED
        return superseded and was is not None and was.phase is not EscalationPhase.SUPERSEDED


def effects_as_evidence(seen: SeverityPreview) -> dict[str, object]:
    """What the manager was shown beside the clocks, in integers and strings, as evidence keeps it."""
    position = seen.queue_position
    return {
        "breached_at_once": [{"kind": line.kind.value, "cycle": line.cycle} for line in seen.breached_at_once],
        "channels": [
            {
                "channel": each.channel,
                "before": {"available": each.before.available, "available_at": each.before.available_at},
                "after": {"available": each.after.available, "available_at": each.after.available_at},
            }
            for each in seen.channels
        ],
        "queue_position": None if position is None else {"before": position.before, "after": position.after},
        "ends_escalation": seen.ends_escalation,
    }
