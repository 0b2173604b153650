"""Deliberate bugs in a copy of the clock: the cases have to notice each of them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.rig.shared import ROOT, Shared
from tests.services.clock_cases import RIGHT, lines

RUN = """
import json, sys
from pathlib import Path
from console.services.clock_check.check import ClockCheck
from console.services.clock_check.decisions import Decisions
report = ClockCheck(Decisions()).run([Path(name) for name in sys.argv[1:]])
generic = report.generic()
print(json.dumps({"agree": generic.agree, "differ": generic.differ, "bad": report.bad}))
"""


class Bug(NamedTuple):
    """A text of a file of console/domain and what a careless hand makes of it."""

    file: str
    right: str
    wrong: str


SHARED_SEES = {
    "a deadline on closing rolls over": Bug(
        "axis_table.py",
        "number = bisect_left(self.before, position) - 1\n        return self.starts[number] + position - "
        "self.before[number]\n\n    def start(",
        "number = bisect_right(self.before, position) - 1\n        return self.starts[number] + position - "
        "self.before[number]\n\n    def start(",
    ),
    "open at closing": Bug("axis.py", "us < table.ends[number]\n", "us <= table.ends[number]\n"),
    "the repeated hour is the second": Bug(
        "zones.py",
        "self._tz.utcoffset(midnight + length)",
        "self._tz.utcoffset((midnight + length).replace(fold=1))",
    ),
    "holidays close nothing": Bug(
        "spans.py", "masks.append((day_start, day_end))", "masks.append((day_start, day_start))"
    ),
    "nights end at midnight": Bug("windows.py", "end if end > start else end + DAY", "end if end > start else DAY"),
    "breaks are worked through": Bug("spans.py", "breaks.extend(", "list("),
    "shifts of a date are ignored": Bug("spans.py", "shifts.get(day, week[day.weekday()])", "week[day.weekday()]"),
    "clamped time": Bug(
        "axis.py", "else self.position(b) - self.position(a)", "else max(self.position(b) - self.position(a), 0)"
    ),
    "a second pause forgets what was counted": Bug(
        "sla_clock.py",
        "self.used += self.axis.work(self.since, at)",
        "self.used = self.axis.work(self.since, at)",
    ),
    "pauses do not pause": Bug("clock_set.py", "clock.pause(at, fact)", "clock.resume(at, fact)"),
    "a reopened clock forgets": Bug(
        "sla_clock.py", "        self.stopped_at = None\n        if paused", "        self.used = 0\n        if paused"
    ),
    "what was met keeps counting": Bug(
        "sla_clock.py", "        self.running = False\n        self._stop = how", "        self._stop = how"
    ),
    "a second message starts anew": Bug(
        "clock_set.py", "if running is not None and not running.stopped:", "if running is None:"
    ),
}
OURS_SEE = {
    "closed time counts": Bug(
        "sla_clock.py", "self.used += self.axis.work(self.since, at)", "self.used += at - self.since"
    ),
    "backwards is forwards": Bug(
        "axis.py",
        "position = self.position(start_us) + target_us",
        "position = self.position(start_us) + abs(target_us)",
    ),
    "recurring holidays are one-off": Bug("calendar.py", 'or f"{day:%m-%d}" in self.recurring_holidays', ""),
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program's rules, to be spoiled and mended."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "console", copy / "console", ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.fixture
def spoiled(copied: Path) -> Callable[[Bug, list[Path]], dict[str, int]]:
    """Runs the cases with one bug in the copy."""

    def run(bug: Bug, files: list[Path]) -> dict[str, int]:
        path = copied / "console" / "domain" / bug.file
        right = path.read_text("utf-8")
        assert right.count(bug.right) == 1, f"{bug.file} does not say this once any more: {bug.right}"
        path.write_text(right.replace(bug.right, bug.wrong), "utf-8")
        try:
            command = [sys.executable, "-B", "-c", RUN, *map(str, files)]
            done = subprocess.run(command, cwd=copied, capture_output=True, text=True, check=False, timeout=120)
        finally:
            path.write_text(right, "utf-8")
        # A bug that breaks the run is noticed as well.
        found: dict[str, int] = json.loads(done.stdout) if done.returncode == 0 else {"agree": 0, "differ": 1, "bad": 0}
        return found

    return run


def test_the_copy_without_a_bug_agrees(
    copied: Path, spoiled: Callable[[Bug, list[Path]], dict[str, int]], tmp_path: Path
) -> None:
    cases = tmp_path / "own.jsonl"
    cases.write_bytes(lines(*RIGHT))
    same = Bug("axis.py", "class AxisCache:", "class AxisCache:")
    assert spoiled(same, [cases]) == {"agree": len(RIGHT), "differ": 0, "bad": 0}


@pytest.mark.long
@pytest.mark.parametrize("bug", SHARED_SEES.values(), ids=SHARED_SEES.keys())
def test_shared_cases_notice(shared: Shared, spoiled: Callable[[Bug, list[Path]], dict[str, int]], bug: Bug) -> None:
    found = spoiled(bug, sorted((shared / "cases").glob("*.jsonl")))
    assert found["differ"] > 0


@pytest.mark.long
@pytest.mark.parametrize("bug", OURS_SEE.values(), ids=OURS_SEE.keys())
def test_our_cases_notice(spoiled: Callable[[Bug, list[Path]], dict[str, int]], tmp_path: Path, bug: Bug) -> None:
    cases = tmp_path / "own.jsonl"
    cases.write_bytes(lines(*RIGHT))
    assert spoiled(bug, [cases])["differ"] > 0
