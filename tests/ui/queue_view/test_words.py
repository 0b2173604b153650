"""What codes are called on screen."""

from __future__ import annotations

import pytest

from console.domain.rules import ClockKind
from models.queue_columns import Column
from models.time_text import Risk
from ui.queue_view.words import ScreenWords

NAMES = {
    ("odin", "severity", "1"): "Urgent",
    ("odin", "plan", "gold"): "Gold support",
    ("odin", "status", "waiting"): "Waiting for customer",
}


@pytest.fixture
def words() -> ScreenWords:
    return ScreenWords(NAMES)


def test_names_come_from_the_pack(words: ScreenWords) -> None:
    assert words.severity("odin", 1) == "Urgent"
    assert words.severity_spoken("odin", 1) == "Severity 1 urgent"
    assert words.plan("odin", "gold") == "Gold support"
    assert words.status("odin", "waiting") == "Waiting for customer"


def test_a_code_without_a_name_is_made_readable(words: ScreenWords) -> None:
    assert words.status("other", "in_progress") == "In progress"
    assert words.plan("other", "gold") == "Gold"
    assert words.severity_spoken("other", 2) == "Severity 2"


def test_nothing_is_said_of_nothing(words: ScreenWords) -> None:
    assert (words.severity("odin", None), words.plan("odin", None), words.clock(None)) == ("", "", "")
    assert words.severity_spoken("odin", None) == "Severity unknown"


def test_every_column_and_clock_has_a_name(words: ScreenWords) -> None:
    assert all(words.header(column) for column in Column)
    assert len({words.clock(kind.value) for kind in ClockKind}) == len(ClockKind)


@pytest.mark.parametrize(
    ("risk", "spoken"),
    [(Risk.OVERDUE, "Overdue by 8 m"), (Risk.PAUSED, "Paused with 8 m left"), (Risk.CALM, "8 m left")],
)
def test_what_is_left_is_spoken_as_a_sentence(words: ScreenWords, risk: Risk, spoken: str) -> None:
    assert words.left_spoken("8 m", risk) == spoken
