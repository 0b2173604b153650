"""A stage for dialogs: a window beside which they open, a loop, and doors that tests open when they want."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QApplication, QWidget

from console.domain.decisions import Change
from console.words import say
from tests.ui.example_card import FixedTime
from ui.dialogs.decision_dialog import DecisionDialog, DialogTools
from ui.dialogs.drafts import Drafts
from ui.slots import Tasks
from ui.theme import LIGHT

KYIV = ZoneInfo("Europe/Kyiv")
DONE = Change(9, (7,), 1)


class Stage:
    """What a test of a dialog works with. `reported` are errors that a dialog did not expect."""

    def __init__(self, window: QWidget, now: int) -> None:
        self.window = window
        self.time = FixedTime(now)
        self.reported: list[Exception] = []
        self.tasks = Tasks(self.reported.append)
        self.drafts = Drafts()
        self.tools = DialogTools(LIGHT, self.time, KYIV, self.tasks, self.drafts, say)
        self.decided: list[object] = []
        self.finished: list[int] = []

    def open(self, dialog: DecisionDialog) -> None:
        """Opens a dialog and takes down what it says when it ends."""
        dialog.decided.connect(self.decided.append)
        dialog.finished.connect(self.finished.append)
        dialog.open_beside(self.window)
        # Shortcuts work in the active window only.
        dialog.activateWindow()
        QApplication.processEvents()

    async def settle(self) -> None:
        """Lets coroutines and layouts come to rest."""
        for _ in range(8):
            await asyncio.sleep(0)
            QApplication.processEvents()


class Door:
    """A coroutine that waits until the test lets it through with an answer or an error."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self._waiting: list[asyncio.Future[Any]] = []

    async def __call__(self, *arguments: Any) -> Any:
        self.calls.append(arguments)
        future = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        return await future

    def answer(self, value: object, call: int = -1) -> None:
        """Lets a call through."""
        if not self._waiting[call].done():
            self._waiting[call].set_result(value)

    def fail(self, error: Exception) -> None:
        """Lets the last call fail."""
        self._waiting[-1].set_exception(error)


def play(story: Coroutine[Any, Any, None]) -> None:
    """Runs a story on a loop of its own."""
    asyncio.run(story)
