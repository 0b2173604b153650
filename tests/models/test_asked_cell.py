"""What the queue "To decide" says of each request: its age, or what is left of the time to decide it."""

from __future__ import annotations

from datetime import UTC

import pytest

from console.domain.instants import HOUR, MINUTE, SECOND
from models.queue_cells import QueueCells
from models.queue_columns import Column
from tests.models.desk import NOW_S, Words, ticket

NOW = NOW_S * SECOND


@pytest.mark.parametrize(
    ("review_s", "same_day", "shown"),
    [
        (None, False, "1 h 5 m"),
        (None, True, "◐ 1 h 5 m"),
        (NOW_S + 2 * 3600, False, "review 2 h 0 m"),
        (NOW_S + 2 * 3600, True, "◐ review 2 h 0 m"),
        (NOW_S - 12 * 60, False, "review −12 m"),
    ],
)
def test_the_cell(review_s: int | None, same_day: bool, shown: str) -> None:
    asked = (NOW - HOUR - 5 * MINUTE) // SECOND
    row = ticket(1, escalation="requested", escalation_s=asked, review_s=review_s, same_day=same_day)
    assert QueueCells(Words(), UTC).text(row, Column.ASKED, NOW) == shown


def test_who_asked_for_nothing_has_no_text() -> None:
    assert QueueCells(Words(), UTC).text(ticket(1), Column.ASKED, NOW) == ""
