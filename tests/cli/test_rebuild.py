"""`rebuild`."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from console.cli.stored_values import value_text
from tests.cli.terminal_desk import TerminalDesk


def spoiled(desk: TerminalDesk) -> None:
    with closing(sqlite3.connect(desk.path)) as file, file:
        statement = "UPDATE clock SET due_at = 42 WHERE kind = 'first_response' AND ticket_id = 2"
        assert file.execute(statement).rowcount == 1


def test_before_and_after_are_printed_and_a_second_run_says_nothing(desk: TerminalDesk) -> None:
    spoiled(desk)
    answer = desk("rebuild")
    assert (answer.code, answer.err) == (0, "")
    # Gold, severity 2: four hours after nine.
    assert answer.out.splitlines() == [
        "ticket T2: clock first_response 0 due_at: 1970-01-01T00:00:00.000042Z -> 2025-03-03T13:00:00Z",
        "3 tickets computed, 1 value of 1 ticket mended.",
    ]
    again = desk("rebuild")
    assert (again.code, again.out) == (0, "3 tickets computed: nothing differs, nothing was written.\n")
    assert desk.json("verify")["sound"]


def test_the_answer_as_json(desk: TerminalDesk) -> None:
    nothing = desk.json("rebuild")
    assert (nothing["tickets"], nothing["mended"], nothing["differences"]) == (3, 0, [])
    spoiled(desk)
    found = desk.json("rebuild")
    assert (found["mended"], found["revision"]) == (1, nothing["revision"] + 1)
    assert [(each["number"], each["stored"]) for each in found["differences"]] == [("T2", 42)]
    assert desk.json("rebuild") == nothing | {"revision": found["revision"]}


def test_there_must_be_a_desk_and_the_present(nothing: TerminalDesk, desk: TerminalDesk) -> None:
    nothing.path = nothing.folder / "none.db"
    assert (nothing("rebuild").code, nothing.path.exists()) == (2, False)
    assert desk("--as-of", "2025-03-03T10:00:00Z", "rebuild").code == 2


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("due_at", 1741006800000000, "2025-03-03T13:00:00Z"),
        ("due_at", 10**30, str(10**30)),
        ("opened_s", 1741006800, "2025-03-03T13:00:00Z"),
        ("due_s", 1741006800, "2025-03-03T13:00:00Z"),
        ("due_s", 5400, "1:30:00"),
        ("left_work", -90_000_000, "-0:01:30"),
        ("used_work", 90_000_001, "0:01:30.000001"),
        ("used_work", -90_000_001, "-0:01:30.000001"),
        ("target_work", None, "none"),
        ("breached", True, "yes"),
        ("rank", 3, "3"),
        ("status", "open", "open"),
    ],
)
def test_stored_values_are_shown_as_instants_and_durations(column: str, value: object, text: str) -> None:
    assert value_text(column, value) == text


def test_verify_shows_them_the_same_way(desk: TerminalDesk) -> None:
    spoiled(desk)
    assert "2025-03-03T13:00:00Z" in desk("verify").out
