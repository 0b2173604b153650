"""What folding tickets costs."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.explain import explain
from console.domain.fold import fold
from tests.domain.packs import odin_book
from tests.speed.measure import Line, Run
from tests.speed.tickets import NOW, tickets


def lines(share: float) -> Iterator[Line]:
    """`share` of the full size."""
    told = tickets(max(int(10_000 * share), 200))
    book = odin_book()

    def states() -> None:
        for facts in told:
            fold(facts, book, NOW)

    yield Line("fold", "state of a ticket with 7 facts", Run(states, len(told)), "rate", 50_000)
    few = told[: len(told) // 10]

    def stories() -> None:
        for facts in few:
            explain(facts, book, NOW)

    yield Line("explain", "state and segments of the same tickets", Run(stories, len(few)), "shown")
