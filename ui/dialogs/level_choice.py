"""What a request becomes: the first, part of the one that waits, or one level higher (LI-7, LI-8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from console.domain.escalation_levels import next_level
from console.domain.escalation_path import escalation_path
from console.domain.policy import Pack
from console.domain.state import UNDECIDED, EscalationPhase, TicketState
from ui.tr import tr
from ui.when import clock_time
from ui.words.pack_words import pack_text

if TYPE_CHECKING:
    from console.services.tickets import TicketCard

_ANSWERED = (EscalationPhase.ACCEPTED, EscalationPhase.REJECTED, EscalationPhase.CLOSED)


@dataclass(frozen=True, slots=True)
class LevelOffer:
    """One thing that a request may become. `level` is what the service is asked for, none: it joins the one that waits.

    `higher` needs an explanation; `refusal` says why it cannot be asked for, none where it can.
    """

    level: int | None
    words: str
    higher: bool = False
    refusal: str | None = None


def level_offers(card: TicketCard, zone: tzinfo, now: int) -> list[LevelOffer]:
    """What may be asked for at `now` (microseconds UTC), the usual first."""
    state, pack = card.state, card.pack
    latest = state.escalation
    if latest is None:
        return [LevelOffer(1, _named(pack, state, 1, now))]
    again = LevelOffer(latest.level, _named(pack, state, latest.level, now))
    if latest.phase in UNDECIDED:
        since = clock_time(latest.requested_at, zone, now)
        said = tr("Joins the request of level {level} that waits since {at}", level=latest.level, at=since)
        again = LevelOffer(None, said)
    if escalation_path(pack, state.product, now) is None:
        return [again]
    following = next_level(pack, state, now)
    higher = LevelOffer(
        following.level,
        _named(pack, state, following.level, now),
        higher=True,
        refusal=_refusal(following.refusal, following.level, following.at, zone, now),
    )
    answered = latest.phase in _ANSWERED and higher.refusal is None
    return [higher, again] if answered else [again, higher]


def _named(pack: Pack, state: TicketState, level: int, now: int) -> str:
    path = escalation_path(pack, state.product, now)
    step = path.level(level) if path is not None else None
    if step is None:
        return tr("Level {level}", level=level)
    return tr("Level {level}: {name}", level=level, name=pack_text(step.name))


def _refusal(code: str | None, level: int, at: int | None, zone: tzinfo, now: int) -> str | None:
    if code is None:
        return None
    if code == "escalation_no_level_above":
        return tr("There is no level {level}.", level=level)
    if code == "escalation_undecided" and at is not None:
        when = clock_time(at, zone, now)
        return tr("Level {level} may be asked for once the present one is decided, or from {at}.", level=level, at=when)
    if code == "escalation_undecided":
        return tr("Level {level} may be asked for once the present one is decided.", level=level)
    return tr("A closed ticket is not escalated.")
