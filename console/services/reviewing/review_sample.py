"""Which decisions a team lead looks at: all, the late ones, those against the verdict, or a random few."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.domain.errors import UserError
from console.domain.reviews import DecisionFilter
from console.store import decision_rows
from console.store.database import Connection

MOST = 10_000
"""So many at most are drawn at random."""


@dataclass(frozen=True, slots=True)
class Found:
    """The numbers of the decisions in the journal, the newest first. `total` is how many the sample has, with those
    that are reviewed already."""

    wanted: DecisionFilter
    numbers: tuple[int, ...]
    total: int


def find_sample(conn: Connection, wanted: DecisionFilter) -> Found:
    """The decisions that fit. Raises UserError review_random for a draw of less than one or more than 10,000."""
    if wanted.random is not None and not 1 <= wanted.random <= MOST:
        raise UserError("review_random", found=wanted.random, expected=f"1 to {MOST}")
    whole = decision_rows.decision_numbers(conn, replace(wanted, unreviewed=False))
    if wanted.random is not None:
        whole = drawn(whole, wanted.random, wanted.seed)
    if wanted.reviewer is not None and decision_rows.somebody_else(conn, wanted.reviewer):
        # After the draw: one seed draws the same for every lead.
        own = decision_rows.own_numbers(conn, wanted.reviewer)
        whole = [each for each in whole if each[0] not in own]
    found = whole
    if wanted.unreviewed:
        left = {number for number, _ in decision_rows.decision_numbers(conn, wanted)}
        found = [each for each in whole if each[0] in left]
    return Found(wanted, tuple(number for number, _ in found), len(whole))


def drawn(decisions: Sequence[tuple[int, str]], count: int, seed: int) -> list[tuple[int, str]]:
    """So many of the decisions (number and uid), the same for one seed, in their order.

    Each decision has its place in the draw by its uid alone: one that comes later moves out at most one other.
    """
    places = sorted((hashlib.sha256(f"{seed} {uid}".encode()).digest(), number) for number, uid in decisions)
    chosen = {number for _, number in places[:count]}
    return [each for each in decisions if each[0] in chosen]
