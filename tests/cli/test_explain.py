"""`explain`: segments sum, each begins at something, and the text says the same."""

from __future__ import annotations

from decimal import Decimal
from json import loads

import pytest

from tests.cli.terminal_desk import TerminalDesk

CLOCK = [
    "kind",
    "cycle",
    "state",
    "started_at",
    "due_at",
    "original_due_at",
    "elapsed_seconds",
    "target_seconds",
    "left_seconds",
    "breached_at",
    "stopped_at",
    "shown_breached",
    "if_resumed_due_at",
    "segments",
]


def test_the_story_of_a_ticket(desk: TerminalDesk) -> None:
    story = desk.json("explain", "T1")
    assert list(story) == [
        "number",
        "as_of",
        "severity",
        "status",
        "plan",
        "customer",
        "clocks",
        "verdict",
        "decisions",
    ]
    assert (story["number"], story["severity"], story["plan"], story["customer"]) == ("T1", 3, "gold", "Harbour")
    first, workaround = story["clocks"]
    assert list(first) == CLOCK
    assert (first["kind"], first["state"], first["stopped_at"]) == ("first_response", "met", "2025-03-03T09:00:00Z")
    assert (first["elapsed_seconds"], first["left_seconds"]) == (3600, None)
    assert [
        (each["from"][11:16], each["to"][11:16], each["kind"], each["seconds"]) for each in workaround["segments"]
    ] == [
        ("08:00", "10:00", "counted", 7200),
        ("10:00", "11:00", "paused", 0),
        ("11:00", "12:00", "counted", 3600),
    ]
    causes = [each["cause"] for each in workaround["segments"]]
    assert [(cause["fact"], cause["value"]) for cause in causes[1:]] == [
        ("status_set", "waiting"),
        ("status_set", "open"),
    ]
    assert (workaround["due_at"], workaround["original_due_at"]) == ("2025-03-05T09:00:00Z", "2025-03-05T08:00:00Z")
    assert workaround["left_seconds"] == 45 * 3600


def test_who_decided_what_and_why(desk: TerminalDesk) -> None:
    assert desk.json("explain", "T2")["decisions"] == []
    assert "Decisions" not in desk("explain", "T2").out
    desk("severity", "T2", "1", "--reason", "the shop is down")
    desk.now += 60_000_000
    desk("escalation", "request", "T1", "--channel", "phone", "--reason", "a call")
    desk("escalation", "reject", "T1", "--code", "work_on_schedule", "--reason", "on schedule\x1b[31m")
    (severity,) = desk.json("explain", "T2")["decisions"]
    requested, rejected = desk.json("explain", "T1")["decisions"]
    assert (requested["kind"], requested["words"]) == ("escalation_requested", "a call")
    actor = severity["actor"]
    assert actor
    assert severity == {
        "at": "2025-03-03T12:00:00Z",
        "kind": "severity_changed",
        "actor": actor,
        "reason_code": "underrated",
        "words": "the shop is down",
    }
    assert list(rejected.values())[1:4] == ["escalation_rejected", actor, "work_on_schedule"]
    assert desk("explain", "T1").out.splitlines()[-5:] == [
        "Decisions",
        f"    2025-03-03T12:01:00Z  escalation requested by {actor}",
        "      a call",
        f"    2025-03-03T12:01:00Z  escalation rejected by {actor}: Work is on schedule and the customer was updated",
        "      on schedule\N{REPLACEMENT CHARACTER}[31m",
    ]
    then = ("explain", "T1", "--as-of", "2025-03-03T12:00:59Z")
    assert desk.json(*then)["decisions"] == []
    assert "Decisions" not in desk(*then).out


def test_all_of_a_plan_of_action_is_shown(desk: TerminalDesk) -> None:
    desk("escalation", "request", "T1", "--channel", "phone", "--reason", "a call")
    words = [f"step{number}" for number in range(40)]
    desk("escalation", "accept", "T1", "--plan", " ".join(words), "--code", "before_time")
    said = desk("explain", "T1").out.split("Decisions\n")[1].split()
    assert [word for word in said if word.startswith("step")] == words


def test_the_verdict_by_channel(desk: TerminalDesk) -> None:
    verdict = desk.json("explain", "T2")["verdict"]
    assert list(verdict) == ["button", "phone", "chat"]
    button = verdict["button"]
    assert (button["available"], button["available_from"]) == (False, "2025-03-03T13:00:00Z")
    assert {rule["rule"]: rule["holds"] for rule in button["rules"]}["OD-8b"] is True
    assert all(list(rule) == ["rule", "holds", "from", "text"] for rule in button["rules"])
    assert all("{" not in rule["text"] for channel in verdict.values() for rule in channel["rules"])


def test_a_paused_clock_says_when_it_would_be_due(desk: TerminalDesk) -> None:
    workaround = desk.json("explain", "T1", "--as-of", "2025-03-03T10:30:00Z")["clocks"][1]
    assert (workaround["state"], workaround["due_at"], workaround["left_seconds"]) == ("paused", None, None)
    assert workaround["if_resumed_due_at"] == "2025-03-05T08:30:00Z"
    text = desk("explain", "T1", "--as-of", "2025-03-03T10:30:00Z").out
    assert "Workaround: paused, 1d 22:00:00 left, due 2025-03-05T08:30:00Z if resumed now" in text


@pytest.mark.parametrize("more", [0, 1, 999_999, 123_456])
def test_seconds_sum_exactly_below_a_second_too(desk: TerminalDesk, more: int) -> None:
    desk.now += more
    exact = loads(desk("explain", "T1", "--json").out, parse_float=Decimal)
    for clock in exact["clocks"]:
        assert sum(each["seconds"] for each in clock["segments"]) == clock["elapsed_seconds"]
    assert exact["clocks"][1]["elapsed_seconds"] == 10_800 + Decimal(more) / 1_000_000


def test_the_text_says_why(desk: TerminalDesk) -> None:
    out = desk("explain", "T1").out
    assert out.startswith("T1  Mail queue is stuck\nseverity 3 Normal, Open, plan Gold, customer Harbour")
    assert "First response: met 2025-03-03T09:00:00Z, due 2025-03-03T14:00:00Z" in out
    assert "2025-03-03T10:00:00Z  2025-03-03T11:00:00Z  paused" in out
    assert "status set: waiting" in out
    assert "Phone: may " in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["T9"], "There is no ticket T9."),
        (["T3", "--as-of", "2025-03-03T11:49:59Z"], "Ticket T3 did not exist at 2025-03-03T11:49:59Z."),
        ([], "Missing argument 'TICKET'"),
    ],
)
def test_what_cannot_be_explained(desk: TerminalDesk, arguments: list[str], said: str) -> None:
    answer = desk("explain", *arguments)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err


def test_a_breach_by_a_change_is_told_with_its_instant(desk: TerminalDesk) -> None:
    assert "by a change" not in desk("explain", "T2").out
    desk("severity", "T2", "1", "--reason", "the shop is down")
    said = desk("explain", "T2").out
    assert "First response: breached, due 2025-03-03T11:00:00Z" in said
    assert "breached 2025-03-03T12:00:00Z, by a change that moved the due into the past" in said
