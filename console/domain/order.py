"""The order in which facts of one ticket happened: (at, ord, rank, uid), never the order of arrival."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from console.domain.facts import SUPPORT, ActorKind, Fact, FactKind
from console.domain.rules import StatusClass

_OPENED, _STOP, _PAUSE, _START, _OTHER = range(5)

_STOPPING = frozenset(
    {
        FactKind.WORKAROUND_GIVEN,
        FactKind.SOLUTION_GIVEN,
        FactKind.SOLUTION_NOTIFIED,
        FactKind.CONFIRMED,
    }
)
_BY_CLASS: Mapping[StatusClass, int] = {
    StatusClass.NEW: _START,
    StatusClass.OPEN: _START,
    StatusClass.WAITING: _PAUSE,
    StatusClass.ON_HOLD: _PAUSE,
    StatusClass.RESOLVED: _STOP,
    StatusClass.CLOSED: _STOP,
}


def rank(fact: Fact, status_class: Mapping[str, StatusClass]) -> int:
    """Breaks ties between facts of one instant without an order of the source: opened, stop, pause, start, others."""
    if fact.kind == FactKind.OPENED:
        return _OPENED
    if fact.kind in _STOPPING:
        return _STOP
    if fact.kind == FactKind.STATUS_SET:
        found = status_class.get(fact.t or "")
        return _OTHER if found is None else _BY_CLASS[found]
    if fact.kind == FactKind.MESSAGE:
        if fact.actor_kind == ActorKind.CUSTOMER:
            return _START
        return _STOP if fact.actor_kind in SUPPORT else _OTHER
    if fact.kind == FactKind.ESCALATION_REQUESTED:
        return _START  # before its decision, when both are of one instant
    return _OTHER


def in_order(facts: Iterable[Fact], status_class: Mapping[str, StatusClass]) -> list[Fact]:
    """The facts sorted by (at, ord, rank, uid); ranks are looked up only where (at, ord) ties."""
    found = sorted(facts)
    for this, following in pairwise(found):
        if this.at == following.at and this.ord == following.ord:
            found.sort(key=lambda f: (f.at, f.ord, rank(f, status_class), f.uid))
            break
    return found


def without_voided(facts: Iterable[Fact], until: int) -> list[Fact]:
    """The facts up to `until` (microseconds UTC, inclusive) that count: voids and what they void are left out.

    A void can be voided: the latest speaks first.
    """
    happened = [fact for fact in facts if fact.at <= until]
    voids = sorted((fact for fact in happened if fact.kind == FactKind.VOID), reverse=True)
    if not voids:
        return happened
    voided: set[str | None] = set()
    for void in voids:
        if void.uid not in voided:
            voided.add(void.t)
    return [fact for fact in happened if fact.kind != FactKind.VOID and fact.uid not in voided]
