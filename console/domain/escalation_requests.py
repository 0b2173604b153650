"""What a request for an escalation becomes: a request of its own, part of the one that waits, or none at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from console.domain.eligibility_rules import judge
from console.domain.errors import UserError
from console.domain.escalation_levels import next_level
from console.domain.escalation_path import escalation_path
from console.domain.facts import Fact, FactKind
from console.domain.instants import from_micros
from console.domain.policy import Pack
from console.domain.policy_rules import SameDay
from console.domain.rules import Rules
from console.domain.state import UNDECIDED, EscalationPhase, EscalationState, TicketState
from console.domain.zones import zone

_OUTAGE_LINE = "An outage goes by its own process: call the outage line."
_ANSWERED = frozenset({EscalationPhase.ACCEPTED, EscalationPhase.REJECTED, EscalationPhase.CLOSED})

WAYS = ("button", "phone", "chat", "mail", "account_team")
"""How customers ask where the pack has no channels (OW-10), or by the back door while a request waits (LI-8)."""


def ways(pack: Pack) -> Sequence[str]:
    """The channels by which a first request may come."""
    return [channel.code for channel in pack.channels] or WAYS


def level_of_request(pack: Pack, state: TicketState, channel: str, level: int | None) -> int | None:
    """The level of a request made now, at `state.as_of`; none when it joins the one that waits for a decision.

    `level` none: the customer names no level. Then it is the first, or after an answer one level higher where the pack
    has levels (LI-7). `pack` as in force now. Raises UserError escalation_outage (LI-11),
    escalation_closed, escalation_level_unknown, escalation_no_level_above, escalation_level_skipped (LI-7) and
    channel_unknown.
    """
    latest = state.escalation
    waits = latest is not None and latest.phase in UNDECIDED
    known = (*dict.fromkeys((*ways(pack), *WAYS)),) if waits else ways(pack)
    if channel not in known:
        raise UserError("channel_unknown", channel=channel, expected=", ".join(known))
    if pack.escalating is not None and state.severity in pack.escalating.superseded_by:
        raise UserError("escalation_outage", severity=state.severity, line=outage_line(pack))
    following = next_level(pack, state, state.as_of)
    if following.refusal == "escalation_closed":
        raise UserError(following.refusal)
    if level is not None and level < 1:
        raise UserError("escalation_level_unknown", level=level, field="level")
    reached = 0 if latest is None else latest.level
    if level is None and not waits and latest is not None:
        again = latest.phase in _ANSWERED and escalation_path(pack, state.product, state.as_of) is not None
        level = following.level if again else latest.level
    if level is None or level <= reached:
        return None if waits else level or 1
    if level > following.level:
        raise UserError("escalation_level_skipped", level=level, expected=following.level, field="level")
    if following.refusal == "escalation_undecided":
        return None
    if following.refusal is not None:
        raise UserError(following.refusal, level=level, field="level")
    return level


def asked_on_the_same_day(pack: Pack, state: TicketState, rules: Rules, requested_at: int) -> bool:
    """Whether a request of `requested_at` (microseconds UTC) was made on the day on which the ticket was opened: such
    are generally pushed back (LI-2). False where the pack has no rule for it."""
    days = [judge(rule, state, rules).at for rule in pack.eligibility if isinstance(rule, SameDay)]
    return any(at is not None and requested_at < at for at in days)


def on_the_day_of_opening(pack: Pack, opened_at: int, requested_at: int) -> bool:
    """The same by the instants alone (microseconds UTC), for rows of a queue."""
    zones = [zone(rule.zone) for rule in pack.eligibility if isinstance(rule, SameDay)]
    opened, requested = from_micros(opened_at), from_micros(requested_at)
    return any(opened.astimezone(each).date() == requested.astimezone(each).date() for each in zones)


def joined(facts: Iterable[Fact], found: Collection[EscalationState], open_one: EscalationState) -> tuple[Fact, ...]:
    """The requests that joined `open_one`, oldest first: those recorded as such, and those of a source that came while
    it was open and began none of `found`."""
    begun = {escalation.uid for escalation in found}
    since = [
        fact
        for fact in facts
        if fact.at >= open_one.requested_at
        and fact.kind in (FactKind.ESCALATION_JOINED, FactKind.ESCALATION_REQUESTED)
        and fact.uid not in begun
    ]
    return tuple(sorted(since, key=lambda fact: (fact.at, fact.ord, fact.uid)))


def outage_line(pack: Pack) -> str:
    """What an outage is led to instead of an escalation, in the words of the pack (LI-11)."""
    outage = None if pack.escalating is None else pack.escalating.outage
    return _OUTAGE_LINE if outage is None else outage.text.say("en")
