"""`severity` and `escalation`: what is shown, written and refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.terminal_desk import TerminalDesk
from tests.rig.program import Program


@pytest.fixture(scope="module")
def asked_folder(filled_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(filled_folder, tmp_path_factory.mktemp("asked") / "desk")


@pytest.fixture
def kept_asked(asked_folder: Path, capsys: pytest.CaptureFixture[str]) -> TerminalDesk:
    """A call for T1 waits; one file for all tests that prove that they write nothing."""
    found = TerminalDesk(asked_folder, capsys)
    if found.json("escalation", "list")["total"] == 0:
        found("escalation", "request", "T1", "--channel", "phone", "--reason", "a call")
    return found


def test_a_dry_run_says_what_the_change_then_does(desk: TerminalDesk) -> None:
    tried = desk.json("severity", "T2", "1", "--dry-run")
    assert " ".join(tried) == (
        "ticket from to dry_run revision decision_uid refusal clocks channels queue_position ends_escalation"
    )
    assert (tried["from"], tried["to"], tried["dry_run"], tried["revision"]) == (2, 1, True, None)
    assert [(clock["kind"], clock["after"]["due_at"], clock["breached_at_once"]) for clock in tried["clocks"]] == [
        ("first_response", "2025-03-03T11:00:00Z", True),
        ("workaround", "2025-03-03T15:00:00Z", False),
    ]
    before = desk.json("queue")["revision"]

    done = desk.json("severity", "T2", "1", "--reason", "the shop is down")
    assert (done["revision"], done["dry_run"], done["clocks"]) == (before + 1, False, tried["clocks"])
    clocks = {clock["kind"]: clock for clock in desk.json("explain", "T2")["clocks"]}
    for line in done["clocks"]:
        clock = clocks[line["kind"]]
        assert {"state": clock["state"], "due_at": clock["due_at"]} == line["after"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["T2", "1"], "Say why in a few words: --reason TEXT."),
        (["T2", "2", "--reason", "x"], "The ticket has this severity already."),
        (["T2", "7", "--reason", "x"], "There is no severity 7. Severities are: 1, 2, 3, 4."),
        (
            ["T2", "1", "--reason", "x", "--code", "nope"],
            "nope is no reason for such a change. Reasons are: underrated",
        ),
        (["T9", "1", "--reason", "x"], "There is no ticket T9."),
        (["T2", "high", "--reason", "x"], "high does not fit; expected a severity such as 2"),
        (["T1", "T2", "1", "--reason", "x"], "several tickets need --to N"),
        (["T2"], "Say which severity: --to N"),
    ],
)
def test_a_refusal_is_one_line_and_writes_nothing(kept: TerminalDesk, arguments: list[str], said: str) -> None:
    before = kept.path.read_bytes()
    answer = kept("severity", *arguments)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err
    assert kept.path.read_bytes() == before


def test_a_refusal_stands_in_a_dry_run(desk: TerminalDesk) -> None:
    assert desk.json("severity", "T2", "2", "--dry-run")["refusal"] == "severity_same"
    assert "Would be refused: The ticket has this severity already." in desk("severity", "T2", "2", "--dry-run").out


def test_a_call_is_recorded_and_accepted(desk: TerminalDesk) -> None:
    asked = desk.json("escalation", "request", "T1", "--channel", "phone", "--reason", "third call today")
    assert (asked["ticket"], asked["joined"], asked["by_the_rules"]) == ("T1", False, False)
    listed = desk.json("escalation", "list")
    assert [(row["number"], row["words"], row["waiting_seconds"]) for row in listed["rows"]] == [
        ("T1", "third call today", 0)
    ]
    done = desk.json(
        "escalation",
        "accept",
        "T1",
        "--plan",
        "A senior engineer calls",
        "--next-update",
        "+90m",
        "--against-verdict",
        "a shop is closed",
    )
    assert (done["decision"], done["next_update_at"]) == ("accepted", "2025-03-03T13:30:00Z")
    assert desk.json("escalation", "list")["total"] == 0
    eta = [clock for clock in desk.json("explain", "T1")["clocks"] if clock["kind"] == "eta"]
    assert [(clock["state"], clock["due_at"]) for clock in eta] == [("running", "2025-03-03T13:30:00Z")]


def test_a_second_call_joins_the_request_that_waits(desk: TerminalDesk) -> None:
    call = ("escalation", "request", "T1", "--channel", "phone", "--reason")
    first = desk.json(*call, "a call")
    desk.now += 60_000_000
    second = desk.json(*call, "one more")
    assert (first["joined"], second["joined"]) == (False, True)
    assert second["requested_at"] == first["requested_at"] == "2025-03-03T12:00:00Z"
    assert desk(*call, "and more").out.startswith("It joins the request that waits since 2025-03-03T12:00:00Z, written")
    desk("escalation", "reject", "T1", "--reason", "on schedule")
    desk.now += 60_000_000
    assert desk(*call, "again").out.startswith("A new request of level 1, written as revision ")


def test_a_first_call_joins_nothing_though_time_goes_on(program: Program, desk: TerminalDesk) -> None:
    """In a process of its own, where no two moments are the same."""
    asked = program("--db", desk.url, "escalation", "request", "T1", "--channel", "phone", "--reason", "call", "--json")
    assert json.loads(asked.stdout)["joined"] is False


def test_the_next_update_is_two_hours_away_unless_said(desk: TerminalDesk) -> None:
    desk("escalation", "request", "T1", "--channel", "phone", "--reason", "a call")
    done = desk.json("escalation", "accept", "T1", "--plan", "call", "--code", "before_time")
    assert done["next_update_at"] == "2025-03-03T14:00:00Z"


def test_what_was_rejected_waited_before(desk: TerminalDesk) -> None:
    desk("escalation", "request", "T1", "--channel", "button", "--reason", "a call")
    desk.now += 600_000_000
    done = desk.json("escalation", "reject", "T1", "--reason", "on schedule", "--code", "work_on_schedule")
    assert (done["decision"], done["next_update_at"]) == ("rejected", None)
    assert desk.json("escalation", "list")["total"] == 0
    then = desk.json("escalation", "list", "--as-of", "2025-03-03T12:05:00Z")
    assert [(row["number"], row["channel"], row["waiting_seconds"]) for row in then["rows"]] == [("T1", "button", 300)]
    assert "1 to decide" in desk("escalation", "list", "--as-of", "2025-03-03T12:05:00Z").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["accept", "T2", "--plan", "x"], "No escalation of ticket T2 waits for a decision."),
        (["accept", "T1", "--plan", " "], "Write the plan of action"),
        (["accept", "T1"], "Missing option '--plan'"),
        (["accept", "T1", "--plan", "x", "--next-update", "soon"], "--next-update: soon does not fit"),
        (["accept", "T1", "--plan", "x", "--next-update", "2025-03-03T11:00:00Z"], "must be in the future"),
        (["reject", "T1"], "Say why in a few words: --reason TEXT."),
        (["reject", "T1", "--reason", "x", "--code", "y"], "There is no reason y."),
        (
            ["request", "T1", "--channel", "fax", "--reason", "x"],
            "There is no channel fax. Channels are: button, phone",
        ),
        (["request", "T1", "--channel", "phone"], "Say why in a few words: --reason TEXT."),
        (["defer", "T1"], "No such command 'defer'"),
        ([], "Missing command"),
    ],
)
def test_what_cannot_be_decided(kept_asked: TerminalDesk, arguments: list[str], said: str) -> None:
    before = kept_asked.path.read_bytes()
    answer = kept_asked("escalation", *arguments)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err
    assert kept_asked.path.read_bytes() == before
