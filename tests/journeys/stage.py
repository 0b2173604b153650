"""A whole desk on screen for a story: real window, real database file, real keys, ended in order."""

from __future__ import annotations

import asyncio
import time as machine
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from console.domain.instants import parse_instant
from console.domain.rows import QueueRow
from console.services.desk import Desk
from console.time_source import FixedTime
from console.words import say
from tests.rig.shared import ROOT
from ui import event_loop
from ui.desk_loading import LoadedDesk, load_desk
from ui.desk_session import DeskSession
from ui.local_zone import LocalZone
from ui.options import WindowOptions
from ui.program import Loading, Program
from ui.shell import Shell, ShellSettings, build_shell
from ui.theme import ThemeName

D = TypeVar("D", bound=QDialog)
POLICIES = ROOT / "resources" / "policies"
# Work that a story starts is done by then, on a slow machine too.
PATIENCE = 20.0
STEP = 0.01
MORNING = parse_instant("2026-11-19T10:00:00Z")


class StageTime:
    """A day of its own, on which time passes as fast as outside: a story sees the same desk whenever it is told."""

    def __init__(self) -> None:
        self._from = machine.monotonic_ns()

    def now(self) -> int:
        return MORNING + (machine.monotonic_ns() - self._from) // 1000


class Stage:
    """What a person has in front of them, and hands for it."""

    def __init__(self, shell: Shell, program: Program) -> None:
        self.shell = shell
        self.program = program
        self.window = shell.window
        self.model = shell.model

    @property
    def session(self) -> DeskSession:
        assert isinstance(self.program.session, DeskSession)
        return self.program.session

    @property
    def desk(self) -> Desk:
        return self.session.site.desk

    def rows(self) -> list[QueueRow]:
        """All rows of the queue, from the top down."""
        ids = [self.model.ticketAt(row) for row in range(self.model.rowCount())]
        return self.desk.db.read_now(lambda conn: self.desk.queues.rows(conn, ids))

    def row(self, fits: Callable[[QueueRow], bool]) -> QueueRow:
        """The first row that fits."""
        found = [row for row in self.rows() if fits(row)]
        assert found, "no such ticket in this desk"
        return found[0]

    def card_number(self) -> str | None:
        """The ticket that the panel shows."""
        card = self.session.panel.card
        return None if card is None else card.identity.number

    async def press(self, keys: str, on: QWidget | None = None, times: int = 1) -> None:
        """Press keys ('S', 'Ctrl+F', 'Down') where the focus is, or on a widget, and let everything settle."""
        for _ in range(times):
            target = on or QApplication.focusWidget() or self.window
            QTest.keySequence(target, keys)
            await self.settled()

    async def type(self, text: str, on: QWidget | None = None) -> None:
        """Type a text."""
        QTest.keyClicks(on or QApplication.focusWidget() or self.window, text)
        await self.settled()

    async def click(self, widget: QWidget) -> None:
        """Click into the middle of a widget that can be seen."""
        assert widget.isVisible(), f"nobody sees {widget.objectName() or type(widget).__name__}"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        await self.settled()

    async def settled(self) -> None:
        """Wait until nothing is being read or written and nothing waits to be drawn."""
        quiet = 0
        for _ in range(int(PATIENCE / STEP)):
            await asyncio.sleep(STEP)
            typing = self.window.top_bar.find_box.waiting
            quiet = 0 if self.shell.tasks.names or typing else quiet + 1
            # Longer than changes are gathered for.
            if quiet > 10:
                return
        raise AssertionError(f"still at work: {self.shell.tasks.names}")

    async def until(self, done: Callable[[], bool], what: str) -> None:
        """Wait for something that another process or thread does."""
        for _ in range(int(PATIENCE / STEP)):
            if done():
                return
            await asyncio.sleep(STEP)
        raise AssertionError(f"did not come: {what}")

    async def elsewhere(self, work: Callable[[], object]) -> None:
        """Do something in another thread, as somebody else would at another desk."""
        with ThreadPoolExecutor(1) as threads:
            await asyncio.get_running_loop().run_in_executor(threads, work)

    def dialog(self, kind: type[D]) -> D:
        """The one dialog of this kind that is open."""
        (found,) = [each for each in self.window.findChildren(kind) if each.isVisible()]
        return found

    def no_dialog(self) -> bool:
        """Whether no dialog is open."""
        return not any(each.isVisible() for each in self.window.findChildren(QDialog))


Story = Callable[[Stage], Awaitable[None]]


def perform(app: QApplication, options: WindowOptions, folder: Path, story: Story) -> None:
    """Open the window as `main.py` does, let `story` happen in it, and close it. What the story raises, this raises."""
    time = StageTime()
    dress = None if options.theme is None else ThemeName(options.theme)
    settings = ShellSettings(dress, options.compact, folder / "window.ini", folder, "test", "Mara")
    seen = FixedTime(options.as_of) if options.as_of is not None else time
    shell = build_shell(app, settings, seen, LocalZone(), say)

    def load(loading: Loading) -> LoadedDesk:
        return load_desk(options, folder, POLICIES, time, say, loading)

    async def life() -> None:
        program = Program(shell, load)
        shell.window.show()
        with shell.presenter.catching():
            running = asyncio.ensure_future(program.run())
            try:
                opened = await asyncio.wait_for(program.opened(), PATIENCE)
                assert opened, program.failure
                stage = Stage(shell, program)
                await stage.settled()
                await story(stage)
            finally:
                program.end()
                await asyncio.wait_for(running, PATIENCE)

    try:
        event_loop.run(app, life())
    finally:
        shell.window.deleteLater()
        app.setStyleSheet("")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
