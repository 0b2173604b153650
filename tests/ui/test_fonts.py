"""There are letters on screen whatever the system offers, and the same ones in each picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QImage, QRawFont
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ui import fonts

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


def test_the_shipped_font_is_used_where_the_system_has_none(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    assert fonts.install(qapp) == "DejaVu Sans"
    assert qapp.font().family() == "DejaVu Sans"


def test_the_font_of_the_system_stays(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: ["Somebody's choice"])
    before = qapp.font().family()
    assert fonts.install(qapp) == before


@pytest.mark.parametrize("name", fonts.FILES)
def test_the_shipped_font_has_each_sign_of_the_program(qapp: QApplication, name: str) -> None:
    font = QRawFont(str(fonts.FOLDER / name), 13)
    assert font.isValid()
    missing = [sign for sign in SHAPES + RUSSIAN if not font.supportsCharacter(ord(sign))]
    assert missing == []


@pytest.mark.parametrize("name", fonts.FILES)
def test_digits_are_of_one_width(qapp: QApplication, name: str) -> None:
    font = QRawFont(str(fonts.FOLDER / name), 13)
    widths = {
        point.x()
        for point in font.advancesForGlyphIndexes(font.glyphIndexesForString("0123456789"))
    }
    assert len(widths) == 1


def test_letters_are_no_boxes(qapp: QApplication, qtbot: QtBot) -> None:
    fonts.install(qapp, pinned=True)
    assert picture(qtbot, "ill") != picture(qtbot, "MWM")
    assert picture(qtbot, "▲") != picture(qtbot, "●")


def test_a_picture_comes_out_the_same_twice(qapp: QApplication, qtbot: QtBot) -> None:
    fonts.install(qapp, pinned=True)
    assert picture(qtbot, "◆ 00:14:59 left") == picture(qtbot, "◆ 00:14:59 left")


def test_a_missing_file_is_said(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    with pytest.raises(fonts.FontError, match="DejaVuSans"):
        fonts.install(qapp, pinned=True)
