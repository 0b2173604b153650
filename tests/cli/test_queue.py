"""`queue`: as text, as JSON, as of an instant, and what cannot be asked."""

from __future__ import annotations

import pytest

from tests.cli.terminal_desk import MAPPING, ROWS, TerminalDesk

KEYS = [
    "number",
    "severity",
    "status",
    "group",
    "clock",
    "due_at",
    "left_seconds",
    "work_left_seconds",
    "paused",
    "breached",
]


def test_what_is_due_first_stands_first(desk: TerminalDesk) -> None:
    answer = desk("queue")
    lines = answer.out.splitlines()
    assert (answer.code, answer.err) == (0, "")
    assert [number for line in lines for number in ("T1", "T2", "T3") if f" {number} " in line] == ["T2", "T3", "T1"]
    assert lines[-1] == "3 of 3 in open, as of 2025-03-03T12:00:00Z"


def test_the_json_is_as_promised(desk: TerminalDesk) -> None:
    page = desk.json("queue")
    assert list(page) == ["as_of", "revision", "total", "rows"]
    assert (page["as_of"], page["total"]) == ("2025-03-03T12:00:00Z", 3)
    assert isinstance(page["revision"], int)
    first = page["rows"][0]
    assert list(first)[: len(KEYS)] == KEYS
    assert [first[key] for key in KEYS] == [
        "T2",
        2,
        "new",
        None,
        "first_response",
        "2025-03-03T13:00:00Z",
        3600,
        3600,
        False,
        False,
    ]


def test_a_limit_cuts_rows_and_not_the_total(desk: TerminalDesk) -> None:
    page = desk.json("queue", "--limit", "1")
    assert (page["total"], len(page["rows"])) == (3, 1)
    assert desk.json("queue", "--limit", "0")["rows"] == []


@pytest.mark.parametrize(
    ("queue", "numbers"),
    [
        ("open", ["T2", "T3", "T1"]),
        ("under_4h", ["T2", "T3"]),
        ("later", ["T1"]),
        ("status:new", ["T2", "T3"]),
        ("closed", []),
    ],
)
def test_queues_by_name(desk: TerminalDesk, queue: str, numbers: list[str]) -> None:
    assert [row["number"] for row in desk.json("queue", "--queue", queue)["rows"]] == numbers


def test_a_desk_whose_tickets_are_all_closed_says_so(nothing: TerminalDesk) -> None:
    head, first = ROWS.splitlines()[:2]
    nothing.fill(f"{head}\n{first}\n{first.replace('T1', 'T2')}\n")
    assert "--queue closed" not in nothing("queue").out
    closing = nothing.file("closing.toml", MAPPING.replace('new = { to = "new" }', 'new = { to = "closed" }'))
    rows = first.replace(",0,new", ",1,new")
    log = nothing.file("closing.csv", f"{head}\n{rows}\n{rows.replace('T1', 'T2')}\n")
    assert nothing.json("import", log, "--mapping", closing)["rejected"] == 0
    *_, count, said = nothing("queue").out.splitlines()
    assert count.startswith("0 of 0 in open")
    assert said == "No ticket is open; closed: 2, see --queue closed."
    assert "No ticket is open" not in nothing("queue", "--queue", "overdue").out
    assert nothing("queue", "--as-of", "2025-03-03T07:00:00Z").out.endswith("There are no tickets.\n")


def test_the_queue_of_then(desk: TerminalDesk) -> None:
    page = desk.json("queue", "--as-of", "2025-03-03T12:30:00+02:00")
    assert page["as_of"] == "2025-03-03T10:30:00Z"
    assert [(row["number"], row["paused"], row["due_at"]) for row in page["rows"]] == [
        ("T2", False, "2025-03-03T13:00:00Z"),
        ("T1", True, None),
    ]
    assert desk.bare(["--as-of", "2025-03-03T10:30:00Z", "queue", "--db", desk.url, "--json"]).json == page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--queue", "nope"], "There is no queue nope."),
        (["--queue", "nope"], "closed, group:NAME, plan:PACK/CODE, status:CODE."),
        (["--as-of", "2025-03-03"], "expected an instant such as 2025-03-03T00:00:00Z"),
        (["--as-of", "2025-03-03T10:30"], "expected an instant such as 2025-03-03T10:30:00Z"),
        (["--as-of", "yesterday"], "--as-of: yesterday does not fit"),
        (["--as-of", "2025-03-03T10:30:00"], "--as-of: 2025-03-03T10:30:00 does not fit"),
        (["--limit", "-1"], "--limit"),
        (["--limit", "many"], "--limit"),
        (["--nope"], "No such option: --nope"),
    ],
)
def test_a_wrong_question_is_one_line_on_stderr(desk: TerminalDesk, arguments: list[str], said: str) -> None:
    answer = desk("queue", *arguments)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err


def test_reading_makes_no_database(nothing: TerminalDesk) -> None:
    for command in (["queue"], ["explain", "T1"], ["plan", "X"], ["escalation", "list"], ["verify"], ["backup"]):
        answer = nothing(*command)
        assert (answer.code, answer.out) == (2, "")
        assert str(nothing.path) in answer.err
    assert list(nothing.folder.iterdir()) == []


def test_words_from_outside_cannot_reach_the_terminal(nothing: TerminalDesk) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\u202egnp.exe\u2066 \u9b54 [bold]x[/bold]"
    head, first = ROWS.splitlines()[:2]
    nothing.fill(f"{head}\n{first.replace('Harbour', evil).replace('Mail queue is stuck', evil)}\n")
    for command in (["queue"], ["explain", "T1"], ["queue", "--json"], ["explain", "T1", "--json"]):
        out = nothing(*command).out
        assert "owned" in out
        assert "[bold]x[/bold]" in out
        assert not {sign for sign in out if sign != "\n" and not sign.isprintable()}


def test_an_option_of_the_window_in_a_command_that_writes_is_refused(desk: TerminalDesk) -> None:
    answer = desk.bare(["--as-of", "2025-03-03T10:30:00Z", "--db", desk.url, "severity", "T1", "2", "--reason", "x"])
    assert (answer.code, answer.out) == (2, "")
    assert "--as-of" in answer.err
