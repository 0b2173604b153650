"""`rebuild`."""

from __future__ import annotations

import sqlite3
from contextlib import closing

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
        "ticket T2: clock first_response 0 due_at: 42 -> 1741006800000000",
        "3 tickets computed, 1 values of 1 tickets mended.",
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
