"""Why a ticket that waits counts as parked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, assert_never

from console.domain.policy import Pack
from console.domain.rules import ParkedReason
from ui.tr import tr
from ui.when import duration_words, promise_words

if TYPE_CHECKING:
    from console.domain.parked import ParkedBecause


def parked_words(found: Sequence[ParkedBecause], pack: Pack, now: int) -> str | None:
    """`Parked for 2 d 13 h: waits longer than 72 h`; none before the first reason holds. `now` in microseconds UTC."""
    held = [each for each in found if each.at <= now]
    if not held:
        return None
    why = "; ".join(_reason(each.reason, pack) for each in held)
    return tr("Parked for {age}: {why}", age=duration_words(now - held[0].at), why=why)


def _reason(reason: ParkedReason, pack: Pack) -> str:
    rules = pack.parked
    match reason:
        case ParkedReason.WAITS_LONG:
            return tr("waits longer than {after}", after=promise_words(rules.after) if rules else "")
        case ParkedReason.NEAR_BREACH:
            left = promise_words(rules.before_breach or 0) if rules else ""
            return tr("paused with no more than {left} left", left=left)
        case ParkedReason.CUSTOMER_WAITS:
            return tr("a customer's message has no answer")
    assert_never(reason)
