"""The levels of an escalation: who is told, when the next may be asked for, who hears of a rejection (LI-5 to LI-8)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from console.domain.escalation_path import PathInForce, escalation_path
from console.domain.facts import Fact, FactKind
from console.domain.order import without_voided
from console.domain.policy import Pack
from console.domain.policy_levels import Path
from console.domain.rules import ClockKind, StatusClass
from console.domain.state import UNDECIDED, TicketState


@dataclass(frozen=True, slots=True)
class NextLevel:
    """What a further request would be. `refusal` is none or a code: escalation_closed, escalation_no_level_above,
    escalation_undecided (then `at` is the instant from which it may be asked for all the same, if there is one).

    `pending`: the level below has no result yet (OD-10).
    """

    level: int
    refusal: str | None
    at: int | None
    pending: bool


def audience(path: Path, level: int) -> tuple[str, ...]:
    """The roles that hear of a request at `level`, each once: those informed at every level come last."""
    steps = [step for step in path.levels if step.level == level or (path.cumulative and step.level < level)]
    roles = [role for step in sorted(steps, key=lambda step: step.level) for role in step.audience]
    return tuple(dict.fromkeys((*roles, *path.informed)))


def next_level(pack: Pack, state: TicketState, now: int) -> NextLevel:
    """The level of a further request at `now` (microseconds UTC), and whether it is refused.

    `pack` as in force at `now`. A pack without a path has one level and no more is known of it (OW-10).
    """
    latest = state.escalation
    level = 1 if latest is None else latest.level + 1
    pending = latest is not None and latest.phase in UNDECIDED
    path = escalation_path(pack, state.product, now)
    if state.status_class is StatusClass.CLOSED:
        return NextLevel(level, "escalation_closed", None, pending)
    if path is not None and path.level(level) is None:
        return NextLevel(level, "escalation_no_level_above", None, pending)
    settled = pack.escalating is not None and pack.escalating.next_level == "settled"
    review = max(
        (clock for clock in state.clocks if clock.kind is ClockKind.ESCALATION_REVIEW),
        key=lambda clock: clock.cycle,
        default=None,
    )
    due = review.due_at if review is not None and pending else None
    if settled and pending and (due is None or now < due):
        return NextLevel(level, "escalation_undecided", due, pending)
    return NextLevel(level, None, None, pending)


def rejection_replies(pack: Pack, facts: Iterable[Fact], request_uid: str) -> tuple[int, ...]:
    """The persons who are told that the request was rejected, each once (LI-6)."""
    requests = sorted(fact for fact in facts if fact.kind == FactKind.ESCALATION_REQUESTED)
    asked = next((fact for fact in requests if fact.uid == request_uid), None)
    if asked is None:
        return ()
    told = {"original": requests[0].actor_id, "asker": asked.actor_id}
    wanted = pack.escalating.rejection_replies if pack.escalating is not None else ("asker",)
    return tuple(dict.fromkeys(person for who in wanted if (person := told[who]) is not None))


def finish_refusal(path: Path, level: int, given: Collection[str]) -> str | None:
    """None when a request at `level` may be finished, else escalation_needs_analysis or escalation_needs_leader
    (LI-7)."""
    missing = _needs(path, level) - set(given)
    return f"escalation_needs_{min(missing)}" if missing else None


def missing_needs(path: PathInForce | None, level: int, facts: Iterable[Fact], now: int) -> tuple[str, ...]:
    """What a request at `level` still asks for of what has to be recorded before it is finished, as of `now`
    (microseconds UTC): analysis, leader. Notes whose `t` names it record it."""
    return () if path is None else tuple(sorted(_needs(path.path, level) - recorded(facts, now)))


def recorded(facts: Iterable[Fact], now: int) -> set[str]:
    """What notes record by their `t` as of `now` (microseconds UTC)."""
    return {fact.t for fact in without_voided(facts, now) if fact.kind == FactKind.NOTE and fact.t}


def _needs(path: Path, level: int) -> set[str]:
    return {
        need
        for step in path.levels
        if step.level == level or (path.cumulative and step.level < level)
        for need in step.needs
    }
