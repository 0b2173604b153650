"""There are letters on screen whatever the system offers, and the same ones in each picture."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QImage, QRawFont
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.rig.shared import ROOT
from ui import fonts

PREAMBLE = """
from PySide6.QtWidgets import QApplication, QLabel
from ui import fonts

def picture(text):
    label = QLabel(text)
    label.resize(60, 30)
    return label.grab().toImage()

def differ(one, other):
    return picture(one) != picture(other)

app = QApplication([])
"""

SHAPES = "◆▲●○‖✓✗−→…·"
RUSSIAN = "АЯаяЁё№"


@pytest.fixture(autouse=True)
def same_font_afterwards(qapp: QApplication) -> Iterator[None]:
    before = QFont(qapp.font())
    yield
    QFontDatabase.removeAllApplicationFonts()
    qapp.setFont(before)


def picture(qtbot: QtBot, text: str) -> QImage:
    label = QLabel(text)
    qtbot.addWidget(label)
    label.resize(300, 40)
    return label.grab().toImage()


def on_a_system(fontconfig: Path, program: str) -> list[str]:
    """Runs `program` in a process that sees the fonts of one configuration only; its output."""
    done = subprocess.run(
        [sys.executable, "-c", PREAMBLE + program],
        cwd=ROOT,
        env={**os.environ, "FONTCONFIG_FILE": str(fontconfig)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.splitlines()


@pytest.fixture
def no_fonts(tmp_path: Path) -> Path:
    if sys.platform != "linux":
        pytest.skip("only Linux can be without a font")
    path = tmp_path / "fonts.conf"
    path.write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>")
    return path


def test_without_a_font_there_are_boxes(no_fonts: Path) -> None:
    assert on_a_system(no_fonts, "print(differ('ill', 'MWM'))") == ["False"]


def test_the_shipped_font_is_used_where_the_system_has_none(no_fonts: Path) -> None:
    program = "print(fonts.install(app)); print(differ('ill', 'MWM'), differ('▲', '●'))"
    assert on_a_system(no_fonts, program) == ["DejaVu Sans", "True True"]


def test_the_font_of_the_system_stays(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "can_draw", lambda *_: True)
    before = QFont(qapp.font())
    fonts.install(qapp)
    assert qapp.font() == before


@pytest.mark.parametrize("name", fonts.FILES)
def test_the_shipped_font_has_each_sign_of_the_program(qapp: QApplication, name: str) -> None:
    font = QRawFont(str(fonts.FOLDER / name), 13)
    assert font.isValid()
    missing = [sign for sign in SHAPES + RUSSIAN if not font.supportsCharacter(ord(sign))]
    assert missing == []


@pytest.mark.parametrize("name", fonts.FILES)
def test_digits_are_of_one_width(qapp: QApplication, name: str) -> None:
    font = QRawFont(str(fonts.FOLDER / name), 13)
    widths = {point.x() for point in font.advancesForGlyphIndexes(font.glyphIndexesForString("0123456789"))}
    assert len(widths) == 1


def test_letters_are_no_boxes(qapp: QApplication, qtbot: QtBot) -> None:
    fonts.install(qapp, pinned=True)
    assert picture(qtbot, "ill") != picture(qtbot, "MWM")
    assert picture(qtbot, "▲") != picture(qtbot, "●")


def test_a_picture_comes_out_the_same_twice(qapp: QApplication, qtbot: QtBot) -> None:
    fonts.install(qapp, pinned=True)
    assert picture(qtbot, "◆ 00:14:59 left") == picture(qtbot, "◆ 00:14:59 left")


def test_a_missing_file_is_said(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    with pytest.raises(fonts.FontError, match="DejaVuSans"):
        fonts.install(qapp, pinned=True)
