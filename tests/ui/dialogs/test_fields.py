"""Fields of the dialogs: what stands in them first, and that a box can be told from a line of text."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.instants import HOUR
from tests.ui.example_card import FixedTime, at
from ui.dialogs.next_update import NextUpdate
from ui.dialogs.reason_box import ReasonBox
from ui.theme import DARK, LIGHT, Theme, palette, style_sheet


def test_the_next_update_is_in_two_hours_as_in_the_terminal(qtbot: QtBot) -> None:
    field = NextUpdate(LIGHT, FixedTime(at(0)), ZoneInfo("Europe/Kyiv"))
    qtbot.addWidget(field)
    assert field.instant() == at(0) + 2 * HOUR


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_box_of_reasons_shows_an_arrow(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    box = ReasonBox()
    qtbot.addWidget(box)
    box.setPalette(palette(theme))
    box.setStyleSheet(style_sheet(theme, qapp.font()))
    box.resize(300, 32)
    picture = box.grab().toImage()
    inks = {picture.pixelColor(x, y).name() for x in range(280, 294) for y in range(8, 26)}
    assert theme.surface.name() in inks
    assert min(abs(_light(ink) - theme.text.lightness()) for ink in inks) < 40


def _light(ink: str) -> int:
    return max(int(ink[place : place + 2], 16) for place in (1, 3, 5))
