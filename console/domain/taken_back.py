"""Breaches that a desk has shown and that facts which came later took back: a reply that was imported late, a void.

Nothing of it is stored: each fact says with which revision it came and when, so what a desk showed just before can be
folded again. Only late facts and voids can take a breach back, so most tickets need no second fold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from console.domain.facts import Fact, FactKind
from console.domain.fold import fold
from console.domain.rules import ClockKind, PolicyBook
from console.domain.state import ClockState

_VOID = FactKind.VOID
# Counts from the opening where that named none, however much later it was set.
_SEVERITY = FactKind.SEVERITY_SET


class ShownBreach(NamedTuple):
    """A clock was shown as breached at `breached_at` until `revision`, which came at `until_at` (microseconds UTC)."""

    breached_at: int
    revision: int
    until_at: int


Round = tuple[ClockKind, int]
"""A clock by its kind and start: a late fact may change how many came before it."""


def taken_back(facts: Iterable[Fact], book: PolicyBook) -> Mapping[Round, ShownBreach]:
    """The breaches that a desk has shown and that do not count any more, the last of each clock.

    `facts` are all recorded of a ticket; those without a revision, as of a preview, are left out. A clock that is
    breached again all the same is for the caller to leave out, as is one that does not exist any more.
    """
    found: dict[Round, ShownBreach] = {}
    earlier: list[Fact] = []
    for came in _by_revision(facts):
        revision, at = came[0].revision, max(fact.recorded_at for fact in came)
        late = min((fact.at for fact in came if fact.kind != _VOID), default=at)
        voids = any(fact.kind == _VOID for fact in came)
        far = voids or any(fact.kind == _SEVERITY for fact in came)
        if (voids or late < at) and any(fact.at <= at for fact in earlier):
            shown = {
                round_of(clock): clock.breached_at
                for clock in fold(earlier, book, at).clocks
                if clock.breached_at is not None and clock.breached_at < at and (far or late <= clock.breached_at)
            }
            if shown:
                still = {round_of(clock) for clock in fold([*earlier, *came], book, at).clocks if clock.breached_at}
                found |= {
                    each: ShownBreach(breached_at, revision, at)
                    for each, breached_at in shown.items()
                    if each not in still
                }
        earlier += came
    return found


def round_of(clock: ClockState) -> Round:
    """What a clock is known by."""
    return clock.kind, clock.started_at


def _by_revision(facts: Iterable[Fact]) -> Sequence[Sequence[Fact]]:
    found: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.revision:
            found.setdefault(fact.revision, []).append(fact)
    return [found[revision] for revision in sorted(found)]
