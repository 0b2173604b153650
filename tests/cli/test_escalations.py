"""The whole life of an escalation in the terminal, the outbox, and taking a decision back."""

from __future__ import annotations

import pytest

from tests.cli.terminal_desk import TerminalDesk

MINUTE = 60_000_000
CALL = ("escalation", "request", "T1", "--channel", "phone", "--reason")
ACCEPT = ("escalation", "accept", "T1", "--plan", "A senior engineer calls", "--against-verdict", "a shop is closed")


def test_from_the_call_to_the_end(desk: TerminalDesk) -> None:
    asked = desk(*CALL, "third call today")
    assert asked.out.startswith("A new request of level 1, written as revision ")
    assert "does not hold: The ETA is missed" in asked.out
    assert "main.py undo " in asked.out
    assert desk.json("escalation", "review", "T1")["decision"] == "under_review"
    (row,) = desk.json("escalation", "list")["rows"]
    assert (row["state"], row["answered"], row["joined"], row["needs"]) == ("under_review", False, [], [])

    done = desk.json(*ACCEPT, "--next-update", "+90m")
    assert [(message["to"], message["name"]) for message in done["messages"]] == [("customer:1", "Harbour")]
    assert "A senior engineer calls" in done["messages"][0]["text"]
    assert done["messages"][0]["not_before"] == "2025-03-03T12:10:00.000002Z"

    closed = desk("escalation", "close", "T1", "--outcome", "resolved", "--reason", "it runs again")
    assert closed.out.startswith("T1: closed, written as revision ")
    kinds = [entry["kind"] for entry in desk.json("explain", "T1")["decisions"]]
    assert kinds == [
        "escalation_requested",
        "escalation_review_started",
        "escalation_accepted",
        "escalation_closed",
    ]


def test_a_rejection_shows_the_reply_and_takes_another(desk: TerminalDesk) -> None:
    desk(*CALL, "a call")
    shown = desk("escalation", "reject", "T1", "--reason", "The engineer holds 18:00")
    assert "Leaves at 2025-03-03T12:10:00Z for Harbour:" in shown.out
    assert "  Subject: Your escalation of T1 is not accepted" in shown.out
    assert "  The engineer holds 18:00" in shown.out
    desk.now += MINUTE
    desk(*CALL, "a call again")
    other = desk.json("escalation", "reject", "T1", "--reason", "no", "--reply", "We call you at five.")
    assert [message["text"] for message in other["messages"]] == [
        "Subject: Your escalation of T1 is not accepted\n\nWe call you at five.\n"
    ]
    desk.now += MINUTE
    desk(*CALL, "once more")
    russian = desk.json("escalation", "reject", "T1", "--reason", "нет", "--language", "ru")
    assert russian["messages"][0]["text"].startswith("Subject: Эскалация заявки T1 не принята\n")


def test_what_is_withdrawn_waits_no_more(desk: TerminalDesk) -> None:
    desk(*CALL, "a call")
    done = desk.json("escalation", "withdraw", "T1", "--reason", "they found it", "--code", "asked_by_mistake")
    assert (done["decision"], done["messages"]) == ("withdrawn", [])
    assert desk.json("escalation", "list")["total"] == 0


def test_a_decision_is_taken_back(desk: TerminalDesk) -> None:
    desk(*CALL, "a call")
    done = desk.json(*ACCEPT)
    uid = done["decision_uid"]
    tried = desk.json("undo", uid, "--dry-run")
    assert (tried["dry_run"], tried["revision"], tried["messages_held_back"]) == (True, None, 1)
    assert [(clock["kind"], clock["after"]) for clock in tried["clocks"] if clock["after"] is None] == [("eta", None)]
    assert (
        "can be undone until 2025-03-03T12:10:00Z; 1 message would be held back" in desk("undo", uid, "--dry-run").out
    )

    undone = desk.json("undo", uid[:8], "--reason", "the wrong ticket")
    assert (undone["decision_uid"], undone["kind"], undone["refusal"]) == (uid, "escalation_accepted", None)
    assert undone["revision"] == done["revision"] + 1
    assert [row["number"] for row in desk.json("escalation", "list")["rows"]] == ["T1"]
    assert [message["state"] for message in desk.json("outbox")["messages"]] == ["cancelled"]
    assert "This was undone already." in desk("undo", uid).err
    assert "Would be refused: This was undone already." in desk("undo", uid, "--dry-run").out


def test_after_ten_minutes_it_is_decided_anew(desk: TerminalDesk) -> None:
    desk(*CALL, "a call")
    uid = desk.json(*ACCEPT)["decision_uid"]
    desk.now += 11 * MINUTE
    refused = desk("undo", uid)
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "This could be undone until 2025-03-03T12:10:00.000001Z. Decide anew." in refused.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["undo", "nothing"], "There is nothing to undo under nothing."),
        (["escalation", "accept", "T1", "--plan", "x"], "The rules do not allow this escalation yet"),
        (["escalation", "accept", "T1", "--plan", "x", "--owner", "Nobody"], "There is no person Nobody."),
        (["escalation", "reject", "T1", "--reason", "x", "--reply", " "], "Write what the customer is told."),
        (["escalation", "reject", "T1", "--reason", "x", "--language", "xx"], "expected en or ru."),
        (
            ["escalation", "accept", "T1", "--plan", "x", "--next-update", "9999-12-31T23:59:59Z"],
            "The next update is more than ten years ahead",
        ),
        (["escalation", "accept", "T1", "--plan", "\x00\u200b"], "Write the plan of action"),
        (["escalation", "close", "T1", "--reason", "x"], "is not accepted yet: decide it first"),
        (["escalation", "withdraw", "T1"], "Say why in a few words: --reason TEXT."),
        (["escalation", "withdraw", "T2", "--reason", "x"], "No escalation of ticket T2 waits for a decision."),
        (["outbox", "--ticket", "T9"], "There is no ticket T9."),
    ],
)
def test_what_cannot_be_done_is_one_line_and_writes_nothing(
    desk: TerminalDesk, arguments: list[str], said: str
) -> None:
    desk(*CALL, "a call")
    before = desk.path.read_bytes()
    answer = desk(*arguments)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err
    assert desk.path.read_bytes() == before


def test_the_outbox_lists_the_newest_first_and_a_tickets_words(desk: TerminalDesk) -> None:
    assert desk("outbox").out.endswith("0 messages, as of 2025-03-03T12:00:00Z\n")
    for ticket in ("T1", "T2"):
        desk("escalation", "request", ticket, "--channel", "button", "--reason", f"help {ticket}")
    found = desk.json("outbox")["messages"]
    assert [(message["ticket"], message["to"], message["state"]) for message in found] == [
        ("T2", "mail:support-duty@example.com", "waiting"),
        ("T1", "mail:support-duty@example.com", "waiting"),
    ]
    words = desk("outbox", "--ticket", "T1").out
    assert "  help T1" in words
    assert "help T2" not in words
    assert desk.json("outbox", "--state", "cancelled")["messages"] == []
    assert len(desk.json("outbox", "--limit", "1")["messages"]) == 1


def test_words_from_outside_are_harmless_in_the_outbox(desk: TerminalDesk) -> None:
    desk("escalation", "request", "T1", "--channel", "button", "--reason", "\x1b[31mred\u202e")
    shown = desk("outbox", "--ticket", "T1").out
    assert "red" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
