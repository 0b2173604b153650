"""`clock check` as a person types it: what it prints, its JSON, its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from console.cli import run
from tests.cli.terminal_desk import RESOURCES
from tests.rig.shared import Shared
from tests.services.clock_cases import case, lines

HOUR = {"start": "2026-06-01T07:00:00Z", "seconds": 3600}
RIGHT = case("deadline", HOUR, {"due": "2026-06-01T08:00:00Z"}, source={"repo": "some/product"})
WRONG = case("deadline", HOUR, {"due": "2026-06-01T09:00:00Z"}) | {"id": "mine-7", "tags": ["office"]}
ROUNDED = case(
    "elapsed",
    {"start": "2026-06-01T07:00:00Z", "end": "2026-06-01T07:00:00.5Z"},
    {"seconds": 1},
    tags=["product_specific:rounded_to_second"],
)


def written(folder: Path, data: bytes) -> str:
    path = folder / "mine.jsonl"
    path.write_bytes(data)
    return str(path)


def test_the_shared_cases_pass(shared: Shared, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(path) for path in sorted((shared / "cases").glob("*.jsonl"))]
    assert run(["clock", "check", *files], RESOURCES) == 0
    out = capsys.readouterr().out
    assert "bestpractical/rt" in out
    assert "0 open differences" in out


def test_an_open_difference_is_told_with_both_answers_and_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["clock", "check", written(tmp_path, lines(RIGHT, WRONG, ROUNDED))], RESOURCES) == 1
    out = capsys.readouterr().out
    assert "mine-7 (mine.jsonl:2) deadline [office]" in out
    assert "expected 2026-06-01T09:00:00Z, ours 2026-06-01T08:00:00Z" in out
    assert "CR-18  product_specific:rounded_to_second: " in out
    assert "1 of 2 generic cases agree, 0 of 1 others; 1 open difference, 0 lines that are no cases." in out


def test_a_long_list_is_printed_from_where_it_differs_and_not_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = "2026-06-01T06:00:00Z"
    wrong = [[at, "2026-06-01T14:00:00Z"], *[["2026-06-02T06:00:00Z", f"2026-06-02T14:{n:02}:30Z"] for n in range(60)]]
    found = case("periods", {"start": at, "direction": "forward", "count": 61}, {"periods": wrong}, id="long")
    assert run(["clock", "check", written(tmp_path, lines(found))], RESOURCES) == 1
    (line,) = [each for each in capsys.readouterr().out.splitlines() if "long (mine" in each]
    assert "periods after 1 that agree: expected [['2026-06-02T06:00:00Z', '2026-06-02T14:00:30Z'" in line
    assert "ours [['2026-06-02T06:00:00Z', '2026-06-02T14:00:00Z'" in line
    assert len(line) < 560


def test_the_json_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, lines(RIGHT, WRONG, ROUNDED) + b"{}\n")
    assert run(["clock", "check", "--json", path], RESOURCES) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["sound"] is False
    assert answer["generic"] == {"agree": 1, "accepted": 0, "differ": 1, "not_applicable": 0}
    assert answer["product_specific"] == {"agree": 0, "accepted": 1, "differ": 0, "not_applicable": 0}
    assert [each["source"] for each in answer["sources"]] == ["mine.jsonl", "some/product"]
    found, rounded = answer["differences"]
    assert (found["id"], found["line"], found["accepted"]) == ("mine-7", 2, None)
    assert found["values"] == [{"what": "due", "expected": "2026-06-01T09:00:00Z", "ours": "2026-06-01T08:00:00Z"}]
    assert (rounded["accepted"]["rule"], rounded["values"][0]["ours"]) == ("CR-18", 0.5)
    assert [(bad["line"], bad["field"]) for bad in answer["bad"]] == [(4, "op")]


def test_a_user_brings_their_own_decisions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    none = tmp_path / "none.toml"
    none.write_bytes(b"")
    path = written(tmp_path, lines(RIGHT, ROUNDED))
    assert run(["clock", "check", path], RESOURCES) == 0
    assert run(["clock", "check", "--accepted", str(none), path], RESOURCES) == 1
    none.write_text("accepted = 3")
    capsys.readouterr()
    assert run(["clock", "check", "--accepted", str(none), path], RESOURCES) == 2
    assert capsys.readouterr().err.startswith("none.toml: accepted: found 3, expected")


def test_files_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "none.jsonl"
    assert run(["clock", "check", str(missing)], RESOURCES) == 2
    assert capsys.readouterr().err == f"{missing} cannot be read: No such file or directory.\n"
    assert run(["clock", "check"], RESOURCES) == 2


def test_words_of_a_case_cannot_command_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evil = "\x1b]0;owned\x07\u202e\ud800"
    hostile = WRONG | {"id": evil, "source": {"repo": evil}, "tags": [evil]}
    path = written(tmp_path, lines(hostile, case("scenario", {}, [], id=evil), {"op": evil}))
    assert run(["clock", "check", path], RESOURCES) == 1
    out = capsys.readouterr().out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)
