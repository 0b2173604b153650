"""The life of a ticket's escalations so far: asked, joined, reviewed, decided, who is told, what came before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from console.domain.escalation_levels import audience
from console.domain.escalation_path import escalation_path
from console.domain.facts import Fact, FactKind
from console.domain.order import without_voided
from console.domain.policy import Pack
from console.domain.rules import ClockKind
from console.domain.state import UNDECIDED, ClockState, EscalationPhase, EscalationState, TicketState
from ui.text_label import Tone
from ui.ticket_panel.verdict_words import channel_name
from ui.tr import plural, tr
from ui.when import clock_time, duration_words, left_words
from ui.words.pack_words import pack_text

if TYPE_CHECKING:
    from console.services.tickets import TicketCard

# Of many that joined the newest say enough.
JOINED_SHOWN = 3
_EARLIER_SHOWN = 3
_ENDS = {
    EscalationPhase.ACCEPTED: FactKind.ESCALATION_ACCEPTED,
    EscalationPhase.REJECTED: FactKind.ESCALATION_REJECTED,
    EscalationPhase.WITHDRAWN: FactKind.ESCALATION_WITHDRAWN,
    EscalationPhase.CLOSED: FactKind.ESCALATION_CLOSED,
}


@dataclass(frozen=True, slots=True)
class LifeLine:
    """One line of it."""

    text: str
    tone: Tone = "text"
    bold: bool = False


def life(card: TicketCard, zone: tzinfo, now: int) -> list[LifeLine]:
    """The newest escalation with all that is known of it, then those before; none where nobody ever asked. `now` in
    microseconds UTC."""
    latest = card.state.escalation
    if latest is None:
        return []
    # What another desk recorded a little ahead of our time counts as well.
    now = max(now, card.state.as_of)
    lines = _waiting(card, latest, zone, now) if latest.phase in UNDECIDED else _decided(card, latest, zone, now)
    for each in reversed(card.state.escalations[:-1][-_EARLIER_SHOWN:]):
        said = _ended(card, each, zone, now)
        lines.append(LifeLine(tr("Before: {what}", what=said[:1].lower() + said[1:]), "muted"))
    return lines


def phase_name(phase: EscalationPhase) -> str:
    """`under review`."""
    return {
        EscalationPhase.REQUESTED: tr("requested"),
        EscalationPhase.UNDER_REVIEW: tr("under review"),
        EscalationPhase.ACCEPTED: tr("accepted"),
        EscalationPhase.REJECTED: tr("rejected"),
        EscalationPhase.WITHDRAWN: tr("withdrawn"),
        EscalationPhase.SUPERSEDED: tr("superseded"),
        EscalationPhase.CLOSED: tr("closed"),
    }[phase]


def audience_names(pack: Pack, state: TicketState, level: int, at: int) -> str:
    """Who is told of an escalation at `level` that was asked for at `at`, in words; blank where the pack has no path
    for the product (OD-10, LI-7, LI-8)."""
    path = escalation_path(pack, state.product, at)
    roles = audience(path.path, level) if path is not None else ()
    names = {person.code: pack_text(person.name) for person in pack.people}
    return ", ".join(names.get(role, role) for role in roles)


def review_clock(state: TicketState) -> ClockState | None:
    """The review clock of the request that waits; none where the pack gives no time for it (LI-5)."""
    clocks = (each for each in state.clocks if each.kind is ClockKind.ESCALATION_REVIEW and each.live)
    return max(clocks, key=lambda clock: clock.cycle, default=None)


def joined(facts: Sequence[Fact], escalation: EscalationState, now: int) -> list[Fact]:
    """The requests up to `now` that joined the one that waits, the oldest first (LI-8)."""
    found = [each for each in without_voided(facts, now) if each.kind == FactKind.ESCALATION_JOINED]
    return sorted(each for each in found if each.at >= escalation.requested_at)


def review_line(state: TicketState, zone: tzinfo, now: int) -> LifeLine | None:
    """`Review due 14:30, in 2 h`, alarming once it is late."""
    clock = review_clock(state)
    if clock is None or clock.due_at is None:
        return None
    at = clock_time(clock.due_at, zone, now)
    if clock.due_at <= now:
        late = duration_words(now - clock.due_at)
        return LifeLine(tr("✗ Review overdue since {at}, by {late}", at=at, late=late), "overdue", bold=True)
    return LifeLine(tr("Review due {at}, in {left}", at=at, left=left_words(clock.due_at - now)))


def joined_lines(pack: Pack, facts: Sequence[Fact], escalation: EscalationState, zone: tzinfo, now: int) -> list[str]:
    """`Joined by Chat at 12:40` for the newest that joined, and how many came before them."""
    every = joined(facts, escalation, now)
    shown = every[-JOINED_SHOWN:]
    lines = [
        tr("Joined by {channel} at {at}", channel=channel_name(pack, each.t or ""), at=clock_time(each.at, zone, now))
        for each in shown
    ]
    if len(every) > len(shown):
        more = len(every) - len(shown)
        lines.insert(0, plural("{n} more request joined before", "{n} more requests joined before", more))
    return lines


def _waiting(card: TicketCard, latest: EscalationState, zone: tzinfo, now: int) -> list[LifeLine]:
    said = tr(
        "Level {level} by {channel} since {at}, {age} ago",
        level=latest.level,
        channel=channel_name(card.pack, latest.channel),
        at=clock_time(latest.requested_at, zone, now),
        age=duration_words(now - latest.requested_at),
    )
    lines = [LifeLine(said, bold=True)]
    if latest.phase is EscalationPhase.UNDER_REVIEW:
        began = [each for each in without_voided(card.facts, now) if each.kind == FactKind.REVIEW_STARTED]
        at = max((each.at for each in began), default=latest.requested_at)
        lines.append(LifeLine(tr("Under review since {at}", at=clock_time(at, zone, now))))
    review = review_line(card.state, zone, now)
    if review is not None:
        lines.append(review)
    lines += [LifeLine(each) for each in joined_lines(card.pack, card.facts, latest, zone, now)]
    tells = audience_names(card.pack, card.state, latest.level, latest.requested_at)
    if tells:
        lines.append(LifeLine(tr("Accepting it tells: {who}", who=tells), "muted"))
    return lines


def _decided(card: TicketCard, latest: EscalationState, zone: tzinfo, now: int) -> list[LifeLine]:
    accepted = latest.phase is EscalationPhase.ACCEPTED
    lines = [LifeLine(_ended(card, latest, zone, now), "text" if accepted else "muted", bold=accepted)]
    if not accepted:
        return lines
    promised = _promised(card.facts, latest, now)
    if promised is not None:
        lines.append(_next_update(card.state, promised, zone, now))
    told = audience_names(card.pack, card.state, latest.level, latest.requested_at)
    if told:
        lines.append(LifeLine(tr("Told: {who}", who=told), "muted"))
    return lines


def _next_update(state: TicketState, promised: int, zone: tzinfo, now: int) -> LifeLine:
    at = clock_time(promised, zone, now)
    clock = next(
        (each for each in state.clocks if each.kind is ClockKind.ETA and each.original_due_at == promised), None
    )
    if clock is not None and not clock.live:
        return LifeLine(tr("The update promised for {at} is no longer owed", at=at), "muted")
    if promised <= now:
        late = duration_words(now - promised)
        return LifeLine(tr("✗ Next update overdue since {at}, by {late}", at=at, late=late), "overdue", bold=True)
    return LifeLine(tr("Next update {at}, in {left}", at=at, left=left_words(promised - now)))


def _promised(facts: Sequence[Fact], escalation: EscalationState, now: int) -> int | None:
    found = [each for each in without_voided(facts, now) if each.kind == FactKind.ESCALATION_ACCEPTED]
    return next((each.a for each in found if each.at == escalation.decided_at), None)


def _ended(card: TicketCard, escalation: EscalationState, zone: tzinfo, now: int) -> str:
    """`Level 1 accepted at 12:50 by Mara`; since the request where nobody decided it."""
    level, phase = escalation.level, phase_name(escalation.phase)
    at, who = _when_and_who(card, escalation, now)
    said = tr("Level {level} {phase} at {at}", level=level, phase=phase, at=clock_time(at, zone, now))
    return tr("{said} by {who}", said=said, who=who) if who else said


def _when_and_who(card: TicketCard, escalation: EscalationState, now: int) -> tuple[int, str | None]:
    kind = _ENDS.get(escalation.phase)
    at = escalation.decided_at or escalation.requested_at
    if escalation.phase is EscalationPhase.CLOSED:
        closed = (each.at for each in without_voided(card.facts, now) if each.kind == kind and each.at >= at)
        at = min(closed, default=at)
    decided = (each for each in card.conversation if each.kind == kind and each.at == at)
    return at, next((each.actor for each in decided), None)
