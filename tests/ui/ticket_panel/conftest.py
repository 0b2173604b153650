"""A panel at noon in Kyiv, an hour after its ticket was opened."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.example_card import FixedTime, at
from tests.ui.ticket_panel.talk import KYIV
from ui.theme import LIGHT
from ui.ticket_panel.panel import TicketPanel


@pytest.fixture
def time() -> FixedTime:
    return FixedTime(at(60))


@pytest.fixture
def panel(qtbot: QtBot, time: FixedTime) -> TicketPanel:
    panel = TicketPanel(LIGHT, time, KYIV)
    qtbot.addWidget(panel)
    panel.resize(360, 500)
    panel.show()
    return panel
