"""docs/terminal.md says what the program does: keys of its examples, commands and options."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import typer

from console.cli.app import application
from console.cli.terminal import Terminal
from console.time_source import FixedTime
from tests.cli.terminal_desk import ROWS, TerminalDesk
from tests.domain.packs import pack_text
from tests.rig.shared import ROOT
from ui.options import _FLAGS, _WITH_VALUE
from ui.snapshot_options import snapshot_parser

TEXT = (ROOT / "docs" / "terminal.md").read_text("utf-8")
EXAMPLES = dict(re.findall(r"^```json ([a-z ]+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))
SIGNATURES = dict(
    re.findall(
        r"^`([a-z]+(?: (?:list|request|review|accept|reject|withdraw|close|check|show|adopt|compare|add|buy"
        r"|take|hand-over|uphold|overturn|judge|agreement))?)((?: [^`]*)?)`$",
        TEXT,
        re.MULTILINE,
    )
)


def differences(said: Any, found: Any, where: str) -> Iterator[str]:
    """Where the keys of an example are not those of a real answer; lists are compared by their first entries."""
    if isinstance(said, dict) and isinstance(found, dict):
        if list(said) != list(found):
            yield f"{where}: the docs have {list(said)}, the program {list(found)}"
        for key in said.keys() & found.keys():
            yield from differences(said[key], found[key], f"{where}.{key}")
    elif isinstance(said, list) and isinstance(found, list):
        if said and found:
            yield from differences(said[0], found[0], f"{where}[]")
    elif type(said) is not type(found) and None not in (said, found) and {type(said), type(found)} != {int, float}:
        yield f"{where}: the docs have {said!r}, the program {found!r}"


@pytest.fixture
def answers(nothing: TerminalDesk) -> dict[str, Any]:
    """A real answer of each command."""
    found: dict[str, Any] = {"import": nothing.fill(ROWS)}
    nothing.path = nothing.folder / "made.db"
    found["generate"] = nothing.json("generate", "--tickets", "80", "--seed", "3")
    found["queue"] = nothing.json("queue")
    row = next(each for each in found["queue"]["rows"] if each["plan"] == "gold" and each["severity"] not in (None, 1))
    number = row["number"]
    found["explain"] = nothing.json("explain", number)
    found["plan"] = nothing.json("plan", row["customer"])
    found["severity"] = nothing.json("severity", number, "1", "--reason", "the shop is down")
    others = [each["number"] for each in found["queue"]["rows"] if each["number"] != number][:2]
    found["severity several"] = nothing.json("severity", *others, "--to", "1", "--reason", "all shops are down")
    found["escalation request"] = nothing.json(
        "escalation", "request", number, "--channel", "phone", "--reason", "a call"
    )
    found["escalation list"] = nothing.json("escalation", "list")
    found["escalation review"] = nothing.json("escalation", "review", number)
    accept = ("escalation", "accept", number, "--plan", "call", "--against-verdict", "a shop is closed")
    found["escalation accept"] = nothing.json(*accept)
    found["outbox"] = nothing.json("outbox")
    found["escalation close"] = nothing.json("escalation", "close", number, "--reason", "it runs again")
    nothing.now += 60_000_000
    nothing("escalation", "request", number, "--channel", "phone", "--reason", "a call")
    found["escalation reject"] = nothing.json("escalation", "reject", number, "--reason", "on schedule")
    found |= _reviewed(nothing)
    nothing.now += 60_000_000
    nothing("escalation", "request", number, "--channel", "phone", "--level", "1", "--reason", "a call")
    found["escalation withdraw"] = nothing.json("escalation", "withdraw", number, "--reason", "by mistake")
    found["undo"] = nothing.json("undo", found["escalation withdraw"]["decision_uid"])
    found["journal"] = nothing.json("journal")
    found["erase"] = nothing.json("erase", "--decision", "1", "--all", "--reason", "on request")
    nothing("shift", "take", "--note", "Quiet so far")
    found["shift show"] = nothing.json("shift", "show")
    found |= _entitled(nothing)
    found["policy adopt"] = _adopted(nothing)
    found["verify"] = nothing.json("verify")
    with closing(sqlite3.connect(nothing.path)) as file, file:
        file.execute("UPDATE clock SET due_at = 42 WHERE kind = 'first_response'")
    found["rebuild"] = nothing.json("rebuild")
    found["backup"] = nothing.json("backup", str(nothing.folder / "copy.db"))
    found["restore"] = nothing.json("restore", str(nothing.folder / "copy.db"))
    return found


def _reviewed(desk: TerminalDesk) -> dict[str, Any]:
    """What a lead asks about the newest decision, and says of it."""
    (row,) = desk.json("review", "list", "--limit", "1")["rows"]
    number = str(row["number"])
    return {
        "review list": desk.json("review", "list"),
        "review overturn": desk.json("review", "overturn", number, "--reason", "it was due"),
        "review show": desk.json("review", "show", number),
        "review agreement": desk.json("review", "agreement"),
    }


def _entitled(desk: TerminalDesk) -> dict[str, Any]:
    """What is asked and done about customers and their contracts."""
    contracts = desk.json("contract", "list")["contracts"]
    of = {each["plan"]: each["customer"]["number"] for each in contracts}
    gold = of["gold"]
    ledger = desk.json("customer", gold)["ledger"]
    ticket = next(line["ticket"] for line in ledger if line["ticket"] is not None)
    terms = ["--plan", "odin/platinum", "--from", "2026-03-01T00:00:00Z", "--support-code", "1234567890"]
    return {
        "customer": desk.json("customer", gold),
        "contract list": desk.json("contract", "list", "--customer", gold),
        "contract add": desk.json("contract", "add", gold, *terms, "--reason", "signed"),
        "contract buy": desk.json("contract", "buy", of["per_incident"], "10", "--reason", "order 17"),
        "credit": desk.json("credit", ticket, "--bug", "PPA-1234", "--reason", "confirmed by development"),
        "tam": desk.json("tam", gold, "--minutes", "90", "--reason", "upgrade planned"),
        "plan compare": desk.json("plan", "compare", "gold", "platinum"),
    }


def _adopted(desk: TerminalDesk) -> dict[str, Any]:
    """A pack in which an entry, a calendar's dates and an open clock are otherwise."""
    desk.now += 60_000_000
    text = pack_text("odin").replace(
        "hours = { always = true }", 'hours = { week = { mon = [["09:00", "17:00"]] } }', 1
    )
    text = text.replace('3 = "6h"', '3 = "5h"', 1)
    return desk.json("policy", "adopt", desk.file("odin.toml", text), "--holidays", "24x7=2025-03-10")


def test_the_examples_have_the_keys_of_real_answers(answers: dict[str, Any]) -> None:
    assert sorted(EXAMPLES) == sorted(answers)
    wrong = [
        line for name, example in EXAMPLES.items() for line in differences(json.loads(example), answers[name], name)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_command_stands_there_with_its_options() -> None:
    found = {name: set(re.findall(r"--[a-z-]+", rest)) for name, rest in SIGNATURES.items()}
    assert found == {name: options - {"--db", "--help"} for name, options in commands()}


def test_the_window_and_its_pictures_stand_there_with_their_options() -> None:
    part = TEXT[TEXT.index("## The window") :]
    window, picture = part.split("### snapshot")
    assert set(re.findall(r"--[a-z][a-z-]*", window)) == {*_WITH_VALUE, *_FLAGS}
    options = {option for each in snapshot_parser()._actions for option in each.option_strings if option[:2] == "--"}
    assert set(re.findall(r"--[a-z][a-z-]*", picture)) == options - {"--help"}


def commands() -> Iterator[tuple[str, set[str]]]:
    terminal = Terminal(sys.stdout, sys.stderr, Path(), FixedTime(0))
    group: Any = typer.main.get_command(application(terminal))
    for name, command in group.commands.items():
        parts = getattr(command, "commands", None)
        for inner, leaf in (parts or {"": command}).items():
            options = {option for each in leaf.params for option in each.opts if option.startswith("--")}
            yield f"{name} {inner}".strip(), options


def test_every_command_takes_what_all_share() -> None:
    lacking = {name: {"--db", "--json"} - options for name, options in commands()}
    assert {name: options for name, options in lacking.items() if options} == {
        "clock check": {"--db"},
        "policy check": {"--db"},
    }


def test_a_differing_key_is_noticed() -> None:
    assert list(differences({"a": [{"b": 1}]}, {"a": [{"c": 1}]}, "x")) == [
        "x.a[]: the docs have ['b'], the program ['c']"
    ]
    assert list(differences({"a": 1}, {"a": "1"}, "x")) == ["x.a: the docs have 1, the program '1'"]
    assert list(differences({"a": None, "b": [], "c": 1}, {"a": 1, "b": [1], "c": 1.5}, "x")) == []
