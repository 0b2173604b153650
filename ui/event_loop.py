"""The one place that knows qasync: an asyncio loop that turns inside Qt's, and signals of the system that end it."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager
from types import FrameType, TracebackType
from typing import Any, TypeVar

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop
from shiboken6 import delete

T = TypeVar("T")

_ENDING = tuple(number for name in ("SIGINT", "SIGTERM", "SIGBREAK") if (number := getattr(signal, name, None)))


def run(app: QApplication, main: Coroutine[Any, Any, T]) -> T:
    """Run `main` to its end on Qt's loop, then cancel what it left behind and close the loop.

    `main` decides when the program ends: closing the last window does not end the loop. What `main` raises, this
    raises.
    """
    app.setQuitOnLastWindowClosed(False)
    loop = QEventLoop(app)
    try:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            return runner.run(main)
    finally:
        # qasync leaves the timers of cancelled calls running, and the garbage collector might delete their owner in
        # another thread, which Qt forbids.
        delete(loop._timer)


class EndingSignals(AbstractContextManager["EndingSignals"]):
    """Calls `on_signal` in Qt's thread when the system or a terminal asks the program to end; a second time ends it.

    Python runs a signal's handler only between two of its own instructions, and a window at rest executes none: the
    interpreter therefore writes to a socket, and Qt wakes up by reading it.
    """

    def __init__(self, on_signal: Callable[[], None]) -> None:
        self._on_signal = on_signal
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read)
        self._before: dict[int, Any] = {}
        self._fd_before = -1

    def __enter__(self) -> EndingSignals:
        self._notifier.activated.connect(self._woken)
        self._before = {number: signal.signal(number, _note) for number in _ENDING}
        self._fd_before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._notifier.deleteLater()
        self._read.close()
        self._write.close()

    def _woken(self) -> None:
        numbers = self._read.recv(64)
        if any(number in _ENDING for number in numbers):
            # Whoever asks a second time does not want to wait.
            for number in _ENDING:
                signal.signal(number, signal.SIG_DFL)
            self._on_signal()


def _note(number: int, frame: FrameType | None) -> None:
    """The handler itself: what has to be done is done by whom the socket wakes."""
