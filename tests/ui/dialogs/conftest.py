"""The stage of the tests of dialogs."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.dialogs.stage import Stage
from tests.ui.example_card import at


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(600, 40, 100, 400)
    window.show()
    return Stage(window, at(120))
