"""The program as a user starts it: without a screen, with wrong options, for a picture."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from console.domain.errors import UserError
from console.services.demo_desk import demo_path, open_demo
from console.time_source import SystemTime
from console.words import say
from tests.rig.program import Program
from tests.rig.shared import ROOT
from ui.desk_loading import load_desk
from ui.options import WindowOptions
from ui.program import Loading
from ui.snapshot_options import SMALLEST
from ui.window import MINIMUM

NO_SCREEN = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": None}


@pytest.fixture
def small_desk(tmp_path: Path) -> Path:
    open_demo(tmp_path, SystemTime(), ROOT / "resources" / "policies", tickets=40).close_now()
    return demo_path(tmp_path)


def test_without_a_screen_it_draws_and_prints(program: Program, small_desk: Path) -> None:
    done = program("--db", f"sqlite:///{small_desk}", env=NO_SCREEN)
    assert done.returncode == 0, done.stderr
    assert "There is no screen" in done.stdout
    assert "SUBJECT" in done.stdout
    picture = small_desk.with_suffix(".png")
    assert str(picture) in done.stdout
    assert QImage(str(picture)).width() == 1280
    assert done.stderr == ""


def test_a_picture_of_each_size_and_theme(program: Program, small_desk: Path, tmp_path: Path) -> None:
    grounds = []
    for theme in ("light", "dark"):
        out = tmp_path / f"{theme}.png"
        asked = ("--page", "plans", "--out", str(out), "--size", "1100x700", "--theme", theme)
        done = program("--db", f"sqlite:///{small_desk}", "snapshot", *asked)
        assert (done.returncode, done.stderr) == (0, "")
        image = QImage(str(out))
        assert (image.width(), image.height()) == (1100, 700)
        grounds.append(image.pixelColor(5, 690).lightness())
    assert grounds[0] > 200 > 60 > grounds[1]


def test_pages_are_listed(program: Program) -> None:
    done = program("snapshot", "--list")
    assert done.returncode == 0
    assert {"queue", "plans", "severity", "escalation"} <= set(done.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--colour"], "--colour is not an option"),
        (["--as-of", "noon"], "noon"),
        (["snapshot", "--page", "queue"], "--out needs a value"),
        (["snapshot", "--page", "queue", "--out", "x.png", "--size", "big"], "big"),
        (["snapshot", "--page", "queue", "--out", "x.png", "--size", "640x480"], "--size: 640x480 does not fit"),
        (["snapshot", "--page", "queue", "--out", "x.png", "--theme", "pink"], "--theme: pink does not fit; expected"),
        (["snapshot", "--page", "queue", "--out", "x.png", "--colour"], "unrecognized arguments: --colour"),
        (["--theme", "pink"], "--theme: pink does not fit; expected light, dark, system"),
    ],
)
def test_wrong_options_are_refused_in_one_line(program: Program, arguments: list[str], said: str) -> None:
    done = program(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("mistyped.db", []), ("mistyped/desk.db", ["snapshot", "--page", "queue", "--out", "x.png"])],
)
def test_looking_at_a_database_that_is_not_there_makes_none(
    program: Program, tmp_path: Path, arguments: list[str], name: str
) -> None:
    done = program(*arguments, "--db", f"sqlite:///{tmp_path / name}", env=NO_SCREEN)
    assert done.returncode == 2
    assert done.stderr == f"There is no database {tmp_path / name}: import or generate make one, --db names another.\n"
    assert list(tmp_path.iterdir()) == []


def test_the_past_of_a_database_that_is_not_there_makes_none(tmp_path: Path) -> None:
    options = WindowOptions(db=f"sqlite:///{tmp_path / 'x.db'}", as_of=1)
    with pytest.raises(UserError, match="database_missing"):
        load_desk(options, tmp_path, ROOT / "resources" / "policies", SystemTime(), say, Loading(lambda *_: None))
    assert list(tmp_path.iterdir()) == []


def test_a_window_makes_the_database_that_it_is_asked_for(tmp_path: Path) -> None:
    options = WindowOptions(db=f"sqlite:///{tmp_path / 'x.db'}")
    load_desk(options, tmp_path, ROOT / "resources" / "policies", SystemTime(), say, Loading(lambda *_: None)).discard()
    assert (tmp_path / "x.db").exists()


def test_the_help_names_what_a_window_takes(program: Program) -> None:
    for asked in (["--help"], ["-h"], ["--theme", "dark", "--help"]):
        done = program(*asked)
        assert (done.returncode, done.stderr) == (0, "")
        for word in ("--fresh", "--theme light|dark|system", "--compact", "--as-of", "snapshot --page", "queue"):
            assert word in done.stdout, word


def test_the_smallest_picture_is_the_smallest_window() -> None:
    assert SMALLEST == MINIMUM


BARE_SYSTEM = """
import sys
sys.modules["PySide6"] = None
from ui import platform_check
bare = lambda platform: [platform_check.MissingLibrary("libGL.so.1", "libgl1")]
platform_check.missing_libraries = bare
import main
sys.exit(main.main(sys.argv[1:]))
"""


def test_where_qt_does_not_load_the_queue_is_printed_and_the_packages_are_named(small_desk: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in NO_SCREEN}
    done = subprocess.run(
        [sys.executable, "-c", BARE_SYSTEM, "--db", f"sqlite:///{small_desk}"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env=environment | {"PYTHONUTF8": "1"},
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert "apt install libgl1" in done.stderr
    assert "SUBJECT" in done.stdout
    assert not small_desk.with_suffix(".png").exists()
