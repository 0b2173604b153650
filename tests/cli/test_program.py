"""The program in a process of its own: what a person types, pipes and interrupts."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.rig.program import Program
from tests.rig.shared import ROOT, Shared

STATUSES = {"new": 305, "open": 127, "waiting": 90, "waiting_internal": 5, "resolved": 208}


@pytest.mark.long
def test_a_real_log_is_imported_looked_at_and_decided_on(program: Program, shared: Shared, tmp_path: Path) -> None:
    db = f"sqlite:///{tmp_path / 'x.db'}"
    log = str(shared / "data/incident_event_log_sample.csv")
    for added in (None, 0):
        done = program("--db", db, "import", log, "--mapping", "servicenow-audit", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        report = json.loads(done.stdout)
        assert [report[key] for key in ("rows", "tickets", "rejected")] == [5998, 890, 0]
        assert report["facts_added"] == added or added is None

    then = ("--as-of", "2016-03-02T12:00:00Z", "--json")
    page = json.loads(program("queue", "--db", db, *then).stdout)
    found = [row["status"] for row in page["rows"]]
    assert {status: found.count(status) for status in set(found)} == STATUSES
    assert page["total"] == len(page["rows"]) == 735
    assert json.loads(program("queue", "--queue", "closed", "--db", db, *then).stdout)["total"] == 2

    number = page["rows"][0]["number"]
    story = json.loads(program("explain", number, "--db", db, *then).stdout)
    for clock in story["clocks"]:
        assert sum(segment["seconds"] for segment in clock["segments"]) == clock["elapsed_seconds"]
    done = program("--db", db, "verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert "890 tickets checked, 0 findings" in done.stdout


def test_the_way_of_a_shift(program: Program, tmp_path: Path) -> None:
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    assert program("generate", "--tickets", "60", "--seed", "5", *db).returncode == 0
    first = json.loads(program("queue", "--limit", "1", "--json", *db).stdout)["rows"][0]
    to = 1 if first["severity"] != 1 else 2
    done = program("severity", first["number"], str(to), "--reason", "the shop is down", *db)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"severity {first['severity']} -> {to}" in done.stdout
    assert program("verify", *db).returncode == 0


def test_nobody_reads_the_end_of_it(program: Program, tmp_path: Path) -> None:
    db = f"sqlite:///{tmp_path / 'desk.db'}"
    assert program("--db", db, "generate", "--tickets", "600").returncode == 0
    command = [sys.executable, str(ROOT / "main.py"), "--db", db, "queue", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == b"{\n"
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


def lives(path: Path) -> bool:
    """Waits until a desk has more than the tickets that it was made with: facts of the present."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as file:
            if file.execute("SELECT count(DISTINCT revision) FROM fact").fetchone()[0] > 2:
                return True
        time.sleep(0.05)
    return False


LISTENING = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_ctrl_c_ends_a_living_desk_in_order(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    db = f"sqlite:///{path}"
    command = [sys.executable, str(ROOT / "main.py"), "--db", db, "generate", "--tickets", "50", "--rate", "6000"]
    # A job that a script starts with & inherits an ignored SIGINT, and its children with it: theirs is the usual one.
    listening = [sys.executable, "-c", LISTENING, *command]
    with subprocess.Popen(listening, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        try:
            assert lives(path), "nothing lives in the desk"
            running.send_signal(signal.SIGINT)
            out, err = running.communicate(timeout=30)
        finally:
            running.kill()
    assert (running.returncode, out, err) == (130, b"", b"")
    assert program("--db", db, "verify").returncode == 0


def test_the_window_s_database_is_the_default(program: Program, tmp_path: Path) -> None:
    env = {"XDG_DATA_HOME": str(tmp_path / "data")}
    done = program("queue", env=env)
    missing = tmp_path / "data" / "shift-console" / "demo.db"
    assert (done.returncode, done.stdout) == (2, "")
    assert str(missing) in done.stderr
    assert not missing.exists()
    assert program("generate", "--tickets", "5", env=env).returncode == 0
    assert missing.exists()
    assert program("queue", env=env).stdout.count("\n") > 1


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes streams")
@pytest.mark.parametrize(
    ("streams", "said"),
    [
        (">&-", "The standard output is closed"),
        pytest.param(">/dev/full", "could not be written: No space left on device", marks=pytest.mark.long),
        pytest.param(">&- 2>&-", "", marks=pytest.mark.long),
        pytest.param("2>&-", "", marks=pytest.mark.long),
    ],
)
def test_an_output_that_fails_is_no_bug(tmp_path: Path, streams: str, said: str) -> None:
    if "full" in streams and not Path("/dev/full").exists():
        pytest.skip("this system has no full device")
    path = tmp_path / "desk.db"
    line = f'"$0" "$1" --db sqlite:///{path} generate --tickets 3 {streams}'
    command = ["sh", "-c", line, sys.executable, str(ROOT / "main.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    fine = streams == "2>&-"
    assert (done.returncode, done.stderr.count("\n")) == (0 if fine else 2, 1 if said else 0)
    assert said in done.stderr
    assert path.exists() == (fine or "full" in streams)


BROKEN = """
import sys
from pathlib import Path
from console.cli import run

class Broken:
    def now(self):
        raise ZeroDivisionError("\\x1b[31mboom")

sys.exit(run(["--db", sys.argv[1], "queue"], Path(sys.argv[2]), Broken()))
"""


def test_a_bug_is_reported_in_a_file(program: Program, tmp_path: Path) -> None:
    db = f"sqlite:///{tmp_path / 'desk.db'}"
    assert program("--db", db, "generate", "--tickets", "5").returncode == 0
    env = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", BROKEN, db, str(ROOT / "resources")]
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=False)
    (report,) = (tmp_path / "state").rglob("report-*.txt")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert f"A report is in {report}." in done.stderr
    assert "\x1b" not in done.stderr
    assert "ZeroDivisionError" in report.read_text("utf-8")
