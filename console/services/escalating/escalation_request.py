"""A request for an escalation as it is shown before it is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from console.domain.eligibility import Verdict
from console.domain.policy_values import Text
from console.domain.rows import QueueRow
from console.domain.state import EscalationState, TicketState
from console.services.escalating.escalation_verdict import review_due


class Joined(NamedTuple):
    """A further request that joined the one that waits (LI-8). `at` is microseconds UTC."""

    at: int
    channel: str
    words: str | None
    asked_by: str | None


@dataclass(frozen=True, slots=True)
class EscalationRequest:
    """A request that waits for a decision, with what the customer wrote and how the rules stand.

    `same_day`: asked on the day on which the ticket was opened, which is generally pushed back (LI-2). `needs`: what
    has to be recorded before a request of its level is finished and is not yet: analysis, leader (LI-7).
    """

    row: QueueRow
    escalation: EscalationState
    words: str | None
    asked_by: str | None
    verdict: Verdict
    state: TicketState
    base_revision: int
    joined: tuple[Joined, ...] = ()
    same_day: bool = False
    level_name: Text | None = None
    needs: tuple[str, ...] = ()

    @property
    def by_the_rules(self) -> bool | None:
        """Whether the rules allowed it on the channel by which it came, as they stand now; none where the pack has no
        rules for it (OW-10)."""
        channel = self.verdict.channel(self.escalation.channel)
        return None if channel is None else channel.available

    @property
    def review_due_at(self) -> int | None:
        """By when it has to be decided (microseconds UTC), none where the pack has no review time (LI-5)."""
        return review_due(self.state)

    @property
    def answered(self) -> bool:
        """Whether a person of support has written to the customer since the request."""
        last = self.state.last_contact_at
        return last is not None and last >= self.escalation.requested_at
