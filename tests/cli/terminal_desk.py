"""A desk in a file, and the terminal program run on it within the test's own process."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from console.cli import run
from console.domain.instants import parse_instant
from console.time_source import FixedTime
from tests.rig.fresh_desk import fresh_desk
from tests.rig.shared import ROOT

RESOURCES = ROOT / "resources"
NOW = parse_instant("2025-03-03T12:00:00Z")

MAPPING = """
format = 1
name = "small"
source = { kind = "tracker", name = "Tracker" }
plan = { pack = "odin", plan = "gold" }
dates = { formats = ["iso"], zone = "UTC" }

[columns]
number = "id"
opened = "opened"
at = "updated"
order = "n"
status = "state"
severity = "priority"
customer = "customer"
subject = ["subject"]

[status]
new = { to = "new" }
open = { to = "open", answered = true }
waiting = { to = "waiting", answered = true }

[severity]
P1 = 1
P2 = 2
P3 = 3
"""
ROWS = """\
id,opened,updated,n,state,priority,customer,subject
T1,2025-03-03T08:00:00Z,2025-03-03T08:00:00Z,0,new,P3,Harbour,Mail queue is stuck
T1,2025-03-03T08:00:00Z,2025-03-03T09:00:00Z,1,open,P3,Harbour,Mail queue is stuck
T1,2025-03-03T08:00:00Z,2025-03-03T10:00:00Z,2,waiting,P3,Harbour,Mail queue is stuck
T1,2025-03-03T08:00:00Z,2025-03-03T11:00:00Z,3,open,P3,Harbour,Mail queue is stuck
T2,2025-03-03T09:00:00Z,2025-03-03T09:00:00Z,0,new,P2,Northwind,Licence key is refused
T3,2025-03-03T11:50:00Z,2025-03-03T11:50:00Z,0,new,P1,Harbour,Server does not start
"""


@dataclass(frozen=True)
class Answer:
    """What a command left: exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


class TerminalDesk:
    """Runs commands on one database at a fixed time."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.path = folder / "desk.db"
        self.now = NOW
        self._capsys = capsys

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def bare(self, arguments: Sequence[str]) -> Answer:
        self._capsys.readouterr()
        code = run(arguments, RESOURCES, FixedTime(self.now))
        said = self._capsys.readouterr()
        return Answer(code, said.out, said.err)

    def __call__(self, *arguments: str) -> Answer:
        """The command on the desk."""
        return self.bare(["--db", self.url, *arguments])

    def json(self, *arguments: str) -> dict[str, Any]:
        answer = self(*arguments, "--json")
        assert (answer.code, answer.err) == (0, "")
        return answer.json

    def file(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def fill(self, rows: str = ROWS) -> dict[str, Any]:
        """Import three tickets."""
        return self.json(*importing(self.folder, rows))


def importing(folder: Path, rows: str) -> list[str]:
    """The command that imports `rows`, with its files in the folder."""
    log, mapping = folder / "rows.csv", folder / "small.toml"
    log.write_text(rows, "utf-8")
    mapping.write_text(MAPPING, "utf-8")
    return ["import", str(log), "--mapping", str(mapping), "--rejects", str(folder / "rejects.csv")]


def filled(folder: Path) -> Path:
    """A folder to copy, with a desk of three tickets."""
    fresh_desk(folder / "desk.db", NOW)
    command = ["--db", f"sqlite:///{folder / 'desk.db'}", *importing(folder, ROWS)]
    assert run(command, RESOURCES, FixedTime(NOW)) == 0
    return folder
