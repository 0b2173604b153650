"""`severity` for several tickets, and the customer's confirmation of an engineer."""

from __future__ import annotations

import pytest

from tests.cli.terminal_desk import TerminalDesk


def test_several_are_tried_and_then_changed(desk: TerminalDesk) -> None:
    tried = desk.json("severity", "T1", "T2", "T3", "--to", "1", "--dry-run")
    assert (tried["changes"], tried["refused"], tried["dry_run"], tried["bulk"]) == (2, 1, True, None)
    assert [(each["ticket"], each["from"], each["refusal"]) for each in tried["tickets"]] == [
        ("T1", 3, None),
        ("T2", 2, None),
        ("T3", 1, "severity_same"),
    ]
    done = desk.json("severity", "T1", "T2", "T3", "--to", "1", "--reason", "the data centre is down")
    assert (done["changes"], done["refused"], len(done["bulk"])) == (2, 1, 32)
    assert [each["breached_at_once"] for each in done["tickets"]] == [
        each["breached_at_once"] for each in tried["tickets"]
    ]
    assert [bool(each["decision_uid"]) for each in done["tickets"]] == [True, True, False]
    assert desk.json("undo", done["tickets"][0]["decision_uid"])["undone_by"]
    rows = {row["number"]: row["severity"] for row in desk.json("queue")["rows"]}
    assert rows == {"T1": 3, "T2": 1, "T3": 1}


def test_several_as_text(desk: TerminalDesk) -> None:
    said = desk("severity", "T1", "T2", "T3", "--to", "1", "--dry-run").out.splitlines()
    assert said[0] == "2 would change, 1 refused"
    assert said[3] == "T2      2       1      first response breached at once"
    assert "T3      1       1      The ticket has this severity already." in said
    assert said[-1] == "Nothing was written."
    assert desk("severity", "T1", "T2", "--to", "1", "--reason", "x").out.startswith("2 changed, 0 refused\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["T1", "T9", "--to", "1", "--reason", "x"], "There is no ticket T9."),
        (["T1", "T2", "--to", "1"], "Say why in a few words: --reason TEXT."),
        (["T1", "--confirmed-in", "1", "4", "--reason", "x"], "No. 1 from the end is no message of the customer"),
        (["T1", "4", "--confirmed-by", "Anna", "--reason", "x"], "lacks the confirmation"),
    ],
)
def test_a_refusal_writes_nothing(kept: TerminalDesk, arguments: list[str], said: str) -> None:
    before = kept.path.read_bytes()
    answer = kept("severity", *arguments)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err
    assert kept.path.read_bytes() == before


def test_the_preview_says_what_becomes_escalatable_and_the_place_in_the_queue(desk: TerminalDesk) -> None:
    said = desk("severity", "T2", "4", "--dry-run").out.splitlines()
    assert said[-5:] == [
        "Escalation by Button: from 2025-03-03T13:00:00Z -> not available",
        "Escalation by Phone: open -> not available",
        "Escalation by Chat: from 2025-03-03T13:00:00Z -> not available",
        "Place in the queue: 1 -> 2",
        "Nothing was written.",
    ]
