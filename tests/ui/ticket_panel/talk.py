"""A conversation, and what tests of the panel do with it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.domain.facts import ActorKind
from tests.ui.example_card import message
from ui.ticket_panel.panel import TicketPanel

KYIV = ZoneInfo("Europe/Kyiv")
TALK = (
    message(0, ActorKind.CUSTOMER, "Anna", "First words"),
    message(10, ActorKind.AGENT, "Ivan", "We look at it"),
    message(20, ActorKind.CUSTOMER, "Anna", "Any news?"),
    message(30, ActorKind.AGENT, "Ivan", "ETA follows"),
    message(35, ActorKind.MANAGER, "Olha", "Known bug", note=True),
)


def texts(panel: TicketPanel) -> list[str]:
    """What can be read on the panel."""
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel)]


def settle(qtbot: QtBot) -> None:
    """Lets layouts come to rest."""
    for _ in range(6):
        QTest.qWait(0)
