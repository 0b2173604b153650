"""The life of the window when the desk does not open: said, tried again, ended in order."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from console.domain.errors import ConsoleError, EnvironmentFault, UserError
from console.time_source import SystemTime
from console.words import say
from ui import event_loop
from ui.indicator import Health
from ui.program import Loaded, Loading, Program, Session
from ui.shell import Shell, ShellSettings, build_shell
from ui.theme import Theme, ThemeName


class Desk:
    """A desk that opens, and notes what is done with it."""

    def __init__(self) -> None:
        self.noted: list[str] = []

    def session(self, shell: Shell) -> Session:
        return self

    def discard(self) -> None:
        self.noted.append("discarded")

    async def open(self) -> None:
        self.noted.append("opened")

    def stop(self) -> None:
        self.noted.append("stopped")

    async def close(self, limit_seconds: float) -> None:
        self.noted.append("closed")

    def set_theme(self, theme: Theme) -> None:
        self.noted.append(theme.name)


Run = Callable[[Callable[[Loading], Loaded], Callable[[Program, Shell], Coroutine[None, None, None]]], None]


@pytest.fixture
def run(qapp: QApplication, tmp_path: Path) -> Iterator[Run]:
    palette, style = QPalette(qapp.palette()), qapp.style().objectName()
    settings = ShellSettings(ThemeName.LIGHT, True, None, tmp_path, "test", "Mara")
    shell = build_shell(qapp, settings, SystemTime(), UTC, say)

    def play(load: Callable[[Loading], Loaded], story: Callable[[Program, Shell], Coroutine[None, None, None]]) -> None:
        async def life() -> None:
            program = Program(shell, load)
            shell.window.show()
            running = asyncio.ensure_future(program.run())
            try:
                await asyncio.wait_for(story(program, shell), 10)
            finally:
                program.end()
                await asyncio.wait_for(running, 10)

        event_loop.run(qapp, life())

    yield play
    shell.window.deleteLater()
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setPalette(palette)


def test_a_desk_opens_and_is_closed_in_order(run: Run) -> None:
    desk = Desk()

    async def story(program: Program, shell: Shell) -> None:
        assert await program.opened()
        assert shell.window.isVisible()

    run(lambda loading: desk, story)
    assert desk.noted == ["light", "opened", "stopped", "closed"]


@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.parametrize("error", [UserError("database_not_ours", path="x"), EnvironmentFault("disk_full", path="x")])
def test_a_desk_that_does_not_open_is_said_and_tried_again(run: Run, error: ConsoleError) -> None:
    desk = Desk()
    answers: list[ConsoleError | None] = [error, None]

    def load(loading: Loading) -> Loaded:
        answer = answers.pop(0)
        if answer is not None:
            raise answer
        return desk

    async def story(program: Program, shell: Shell) -> None:
        assert not await program.opened()
        assert program.failure is error
        assert shell.window.top_bar.indicator.health is Health.STALE
        notice = shell.window.banner.notice
        assert notice is not None
        assert notice.text == say(error)
        if isinstance(error, EnvironmentFault):
            assert notice.act is not None
            notice.act()
            assert await program.opened()
            assert desk.noted[-1] == "opened"

    run(load, story)


def test_closing_while_it_loads_waits_and_lets_the_desk_go(run: Run) -> None:
    desk = Desk()
    begun, told = threading.Event(), []

    def load(loading: Loading) -> Loaded:
        begun.set()
        while not loading.stopped():
            loading.progress(1, 2)
            threading.Event().wait(0.01)
        told.append("stop")
        return desk

    async def story(program: Program, shell: Shell) -> None:
        while not begun.is_set():
            await asyncio.sleep(0.01)

    run(load, story)
    assert told == ["stop"]
    assert desk.noted == ["discarded"]
