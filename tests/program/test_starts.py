"""The program as a user starts it: without a screen, with wrong options, for a picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from console.services.demo_desk import demo_path, open_demo
from console.time_source import SystemTime
from tests.rig.program import Program
from tests.rig.shared import ROOT

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
    ],
)
def test_wrong_options_are_refused_in_one_line(program: Program, arguments: list[str], said: str) -> None:
    done = program(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
