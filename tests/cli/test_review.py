"""`review` in the terminal: listed, shown as then, upheld, overturned, blind."""

from __future__ import annotations

import pytest

from tests.cli.terminal_desk import TerminalDesk


@pytest.fixture
def decided(desk: TerminalDesk) -> TerminalDesk:
    """T2 was raised, and T1's call rejected after two hours."""
    desk("severity", "T2", "1", "--reason", "the shop is down")
    desk("escalation", "request", "T1", "--channel", "phone", "--reason", "a call")
    desk.now += 2 * 3_600_000_000
    desk("escalation", "reject", "T1", "--reason", "work is on schedule")
    return desk


def number_of(desk: TerminalDesk, ticket: str) -> str:
    (found,) = [row["number"] for row in desk.json("review", "list")["rows"] if row["ticket"] == ticket]
    return str(found)


def test_decisions_are_listed_the_newest_first(decided: TerminalDesk) -> None:
    found = decided.json("review", "list")
    assert [(row["ticket"], row["outcome"]) for row in found["rows"]] == [
        ("T1", "escalation_rejected"),
        ("T2", "severity_changed:1"),
    ]
    late = decided.json("review", "list", "--sample", "late")
    assert [row["ticket"] for row in late["rows"]] == ["T1"]
    lines = decided("review", "list").out.splitlines()
    assert lines[0].split()[:4] == ["NO", "WHEN", "TICKET", "SEV"]
    assert lines[-1] == "2 decisions"


def test_a_review_stands_beside_the_decision(decided: TerminalDesk) -> None:
    number = number_of(decided, "T1")
    answer = decided("review", "overturn", number, "--reason", "it was due")
    assert (answer.code, answer.out.startswith(f"{number}: overturned, written as revision ")) == (0, True)
    shown = decided.json("review", "show", number)
    assert [(each["review"], each["words"], each["blind"]) for each in shown["reviews"]] == [
        ("overturned", "it was due", False)
    ]
    assert (shown["words"], shown["computed_otherwise"]) == ("work is on schedule", [])
    # Whoever decided alone looked back at it: that is no agreement.
    agreed = decided.json("review", "agreement")
    assert (agreed["open"]["reviewed"], agreed["own"]) == (0, 1)
    assert decided.json("review", "list", "--unreviewed")["found"] == 1


def test_blind_tells_neither_who_nor_how(decided: TerminalDesk) -> None:
    number = number_of(decided, "T1")
    shown = decided.json("review", "show", number, "--blind")
    assert (shown["outcome"], shown["manager"], shown["words"], shown["reason"]) == (None, None, None, None)
    assert (shown["preview"], shown["afterwards"], shown["reviews"]) == ([], None, [])
    assert "work is on schedule" not in decided("review", "show", number, "--blind").out
    assert decided("review", "judge", number, "--own", "escalation_accepted", "--reason", "due").code == 0
    (review,) = decided.json("review", "show", number, "--blind")["reviews"]
    assert (review["review"], review["own"]) == ("overturned", "escalation_accepted")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("uphold", "999", "--reason", "x"), "There is no decision 999"),
        (("uphold", "1"), "Say why in a few words"),
        (("list", "--sample", "best"), "expected all, late, against"),
        (("list", "--random", "0"), "0 decisions cannot be drawn"),
        (("list", "--since", "today"), "--since: today does not fit"),
        (("judge", "1", "--reason", "x"), "--own needs a value"),
        (("list", "--blind", "--manager", "Mara"), "--manager would tell what --blind hides"),
        (("list", "--blind", "--sample", "against"), "--sample against would tell what --blind hides"),
    ],
)
def test_what_is_refused_is_said(decided: TerminalDesk, arguments: tuple[str, ...], said: str) -> None:
    answer = decided("review", *arguments)
    assert (answer.code, said in answer.err) == (2, True), answer.err


def test_a_role_that_may_not_is_refused(decided: TerminalDesk) -> None:
    number = number_of(decided, "T1")
    roles = decided.file("only.toml", 'default = ["viewer"]\n')
    answer = decided.bare(["--db", decided.url, "--roles", roles, "review", "uphold", number, "--reason", "x"])
    assert (answer.code, "you may not do this" in answer.err) == (2, True), answer.err
