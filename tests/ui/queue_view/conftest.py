"""A queue on an offscreen window, fed from memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt, SignalInstance
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.rows import QueueRow
from models.queue_model import QueueModel
from tests.models.desk import StillTime, Words, changes_of, index_of
from ui import fonts
from ui.queue_view.view import QueueView
from ui.theme import LIGHT, Theme, apply


class Paints(QObject):
    """Notes what is repainted of a viewport."""

    def __init__(self, view: QueueView) -> None:
        super().__init__(view)
        self.areas: list[QRect] = []
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(event.rect())
        return False


def heard(signal: SignalInstance) -> list[object]:
    """What a signal says from now on: its argument, or a tuple of several."""
    said: list[object] = []
    signal.connect(lambda *values: said.append(values[0] if len(values) == 1 else values))
    return said


@dataclass
class Screen:
    """A view, its model and the tickets behind it."""

    view: QueueView
    model: QueueModel
    time: StillTime
    rows: dict[int, QueueRow]
    revision: int = 1

    def change(self, *rows: QueueRow, closed: tuple[int, ...] = ()) -> None:
        self.revision += 1
        self.rows |= {row.ticket_id: replace(row, revision=self.revision) for row in rows}
        self.model.apply(changes_of(rows, closed, self.revision))
        self.model.flush()
        self.settle()

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, modifiers)

    def click(self, ticket_id: int) -> None:
        at = self.view.visualRect(self.model.index(self.model.rowOf(ticket_id), 2)).center()
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=at)


@pytest.fixture
def screen(qapp: QApplication) -> Iterator[Callable[..., Screen]]:
    """Opens a view over tickets: `screen(rows, theme=DARK, size=(900, 400))`."""
    before = qapp.font(), qapp.palette(), qapp.styleSheet()
    fonts.install(qapp, pinned=True)
    opened: list[QueueView] = []

    def open_view(
        rows: Iterable[QueueRow], theme: Theme = LIGHT, size: tuple[int, int] = (1300, 400), shown: bool = True
    ) -> Screen:
        apply(theme, qapp)
        time = StillTime()
        known = {row.ticket_id: row for row in rows}
        view = QueueView(theme)
        opened.append(view)
        model = QueueModel(time, ZoneInfo("Europe/Kyiv"), Words(), view)
        model.rowsWanted.connect(lambda ids: model.setRows([known[each] for each in ids if each in known], ids))
        view.setModel(model)
        model.setIndex(index_of(known.values()))
        view.resize(*size)
        made = Screen(view, model, time, known)
        if shown:
            view.show()
            QTest.qWaitForWindowExposed(view)
            view.activateWindow()
            view.setFocus()
        made.settle()
        return made

    yield open_view
    for view in opened:
        view.close()
        view.deleteLater()
    qapp.setFont(before[0])
    qapp.setPalette(before[1])
    qapp.setStyleSheet(before[2])
