"""Reaching the quota of incidents: warnings on the way, and the tickets that came in beyond it (OD-6).

Such a ticket is never hidden: it is marked, and a manager decides whether it is served all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from console.domain.decisions import LedgerEntry
from console.domain.entitlements import INCIDENT, Balance
from console.domain.policy import Pack, Plan

_WHOLE = 100


class QuotaMark(StrEnum):
    """What the desk says of a ticket beyond the quota, until and after somebody decided."""

    EXHAUSTED = "exhausted"
    NOT_ENTITLED = "not_entitled"
    SERVED = "quota_served"
    REFUSED = "quota_refused"


ASKING = frozenset({QuotaMark.EXHAUSTED, QuotaMark.NOT_ENTITLED})
"""The marks that wait for a decision."""

DECIDED = (QuotaMark.SERVED.value, QuotaMark.REFUSED.value)
"""What a note says in which the manager has decided: in the `t` of its fact."""


def used_percent(balance: Balance) -> int | None:
    """The share of the incidents that is used up, rounded down; none where they are not limited or there are none."""
    if balance.granted is None:
        return None
    whole = balance.granted + balance.bought
    return (balance.used - balance.credited) * _WHOLE // whole if whole else None


def warning(warn_at: Iterable[int], balance: Balance) -> int | None:
    """The highest of these percentages that is reached; none: there is nothing to warn of."""
    used = used_percent(balance)
    return None if used is None else max((each for each in warn_at if each <= used), default=None)


def beyond(plan: Plan | None, entries: Sequence[LedgerEntry]) -> frozenset[int]:
    """The tickets of a contract that its incidents do not reach for: the latest ones, as far as they are not credited.

    `entries` are those of the contract. A purchase or a credit makes room for the oldest of them.
    """
    granted = plan.incidents if plan is not None else 0
    if granted is None:
        return frozenset()
    counted = [entry for entry in entries if entry.kind == INCIDENT]
    credited = {entry.ticket_id for entry in counted if entry.ticket_id is not None and entry.amount > 0}
    room = granted + sum(entry.amount for entry in counted if entry.ticket_id is None)
    found = set()
    for entry in sorted(counted, key=lambda entry: entry.at):
        if entry.ticket_id is None or entry.amount > 0 or entry.ticket_id in credited:
            continue
        room += entry.amount
        if room < 0:
            found.add(entry.ticket_id)
    return frozenset(found)


def mark(pack: Pack, plan: Plan | None, *, is_beyond: bool) -> QuotaMark | None:
    """The mark of a ticket of a contract that `plan` serves now; none where the pack counts no incidents.

    A ticket that names no contract is not asked for: nobody can say what it is entitled to.
    """
    if pack.incidents is None:
        return None
    if plan is None or plan.funding == "none":
        return QuotaMark.NOT_ENTITLED
    return QuotaMark.EXHAUSTED if is_beyond else None
