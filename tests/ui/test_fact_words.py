"""A fact in the list of a ticket, in words."""

from __future__ import annotations

from datetime import UTC

import pytest

from console.domain.fact_line import FactLine
from console.domain.facts import ActorKind, FactKind
from tests.domain.packs import odin
from ui.words.fact_words import fact_words


@pytest.mark.parametrize(
    ("b", "said"),
    [
        (None, "Status Resolved, pending confirmation"),
        (1, "Status Resolved, pending confirmation; the customer was told of the solution"),
    ],
)
def test_a_status_that_tells_of_the_solution_says_so(b: int | None, said: str) -> None:
    line = FactLine(
        uid="f" * 32,
        at=0,
        kind=FactKind.STATUS_SET,
        a=None,
        b=b,
        t="resolved",
        actor_kind=ActorKind.AGENT,
        actor=None,
        words=None,
        named=None,
        decision_uid=None,
        decision=None,
        decided_at=None,
        decided_by=None,
        revision=1,
    )
    assert fact_words(line, odin(), UTC, 0) == said
