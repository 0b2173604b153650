"""The order in which facts of one ticket happened: (at, ord, rank, uid), never the order of arrival."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from console.domain.facts import SUPPORT, ActorKind, Fact, FactKind
from console.domain.rules import StatusClass

# Bound once: on Python 3.11 naming a member of an enumeration costs as much as seven attributes.
_STATUS_SET, _MESSAGE, _VOID = int(FactKind.STATUS_SET), int(FactKind.MESSAGE), int(FactKind.VOID)
_CUSTOMER = ActorKind.CUSTOMER

_OPENED, _MERGED, _STOP, _PAUSE, _START, _OTHER = range(6)

# Every kind but the two that have to be looked at.
_BY_KIND: Mapping[int, int] = {
    **{kind: _OTHER for kind in FactKind if kind not in (_STATUS_SET, _MESSAGE)},
    FactKind.OPENED: _OPENED,
    FactKind.MERGED_INTO: _MERGED,  # what closes at the same instant is closed by the merge
    FactKind.WORKAROUND_GIVEN: _STOP,
    FactKind.SOLUTION_GIVEN: _STOP,
    FactKind.SOLUTION_NOTIFIED: _STOP,
    FactKind.CONFIRMED: _STOP,
    FactKind.ESCALATION_REQUESTED: _START,  # before its decision, when both are of one instant
}
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
    by_kind = _BY_KIND.get(fact.kind)
    if by_kind is not None:
        return by_kind
    if fact.kind == _STATUS_SET:
        found = status_class.get(fact.t or "")
        return _OTHER if found is None else _BY_CLASS[found]
    if fact.actor_kind == _CUSTOMER:
        return _START
    return _STOP if fact.actor_kind in SUPPORT else _OTHER


def in_order(found: list[Fact], status_class: Mapping[str, StatusClass]) -> list[Fact]:
    """Facts that plain sorting has put by (at, ord, uid), by (at, ord, rank, uid); in place, at least one."""
    first, at, ord = 0, found[0].at, found[0].ord
    for number, fact in enumerate(found):
        if fact.at != at or fact.ord != ord:
            if number - first > 1:
                found[first:number] = _by_rank(found[first:number], status_class)
            first, at, ord = number, fact.at, fact.ord
    if len(found) - first > 1:
        found[first:] = _by_rank(found[first:], status_class)
    return found


def _by_rank(tied: list[Fact], status_class: Mapping[str, StatusClass]) -> list[Fact]:
    """Facts of one (at, ord) that are in the order of their uids."""
    return sorted(tied, key=lambda fact: rank(fact, status_class))


def without_voided(facts: Iterable[Fact], until: int) -> list[Fact]:
    """The facts up to `until` (microseconds UTC, inclusive) that count: voids and what they void are left out.

    A void can be voided: the latest speaks first.
    """
    happened = [fact for fact in facts if fact.at <= until]
    voids = [fact for fact in happened if fact.kind == _VOID]
    if not voids:
        return happened
    voids.sort(reverse=True)
    voided: set[str | None] = set()
    for void in voids:
        if void.uid not in voided:
            voided.add(void.t)
    return [fact for fact in happened if fact.kind != _VOID and fact.uid not in voided]
