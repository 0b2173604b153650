"""Coroutines run inside Qt's loop, and the system can end the program."""

from __future__ import annotations

import asyncio
import os
import signal
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui import event_loop
from ui.event_loop import EndingSignals


def test_what_the_coroutine_returns_comes_back(qapp: QApplication) -> None:
    async def main() -> str:
        fired = asyncio.Event()
        QTimer.singleShot(0, qapp, fired.set)
        await asyncio.wait_for(fired.wait(), 5)
        return "done"

    assert event_loop.run(qapp, main()) == "done"
    assert not qapp.quitOnLastWindowClosed()


def test_what_it_raises_is_raised(qapp: QApplication) -> None:
    async def main() -> None:
        raise LookupError("nothing there")

    with pytest.raises(LookupError, match="nothing there"):
        event_loop.run(qapp, main())


def test_threads_wake_the_loop(qapp: QApplication) -> None:
    async def main() -> int:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[int] = loop.create_future()
        thread = threading.Thread(target=lambda: loop.call_soon_threadsafe(answer.set_result, 7))
        thread.start()
        thread.join()
        return await asyncio.wait_for(answer, 5)

    assert event_loop.run(qapp, main()) == 7


def test_tasks_left_behind_are_cancelled(qapp: QApplication) -> None:
    seen = []

    async def forgotten() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            seen.append("cancelled")
            raise

    async def main() -> None:
        seen.append(asyncio.create_task(forgotten()).get_name())
        await asyncio.sleep(0)

    event_loop.run(qapp, main())
    assert seen[1:] == ["cancelled"]


@pytest.mark.skipif(os.name == "nt", reason="a process cannot send itself these on Windows")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_window_at_rest(qapp: QApplication, number: signal.Signals) -> None:
    before = signal.getsignal(number)

    async def main() -> str:
        asked = asyncio.Event()
        with EndingSignals(asked.set):
            # From outside: the loop is at rest and runs no Python when it comes.
            sender = threading.Timer(0.05, os.kill, (os.getpid(), number))
            sender.start()
            await asyncio.wait_for(asked.wait(), 5)
            sender.join()
        return "asked"

    assert event_loop.run(qapp, main()) == "asked"
    assert signal.getsignal(number) is before
