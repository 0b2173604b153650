"""Shows errors: what the user can mend, what failed around the program, and what is our bug."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from console.domain.errors import ConsoleError, EnvironmentFault, InternalFault, UserError
from console.domain.instants import TimeSource
from console.report_file import write_report
from ui.banner import Notice, Tone
from ui.tr import tr

LOG = logging.getLogger(__name__)


class Presenter:
    """Turns errors into notices. `say` gives the sentence for an error of ours, `show` puts a notice on screen.

    A bug is written into a report file in `reports`, once for the same place in the program.
    """

    def __init__(
        self,
        say: Callable[[ConsoleError], str],
        show: Callable[[Notice], None],
        reports: Path,
        time: TimeSource,
        version: str,
    ) -> None:
        self._say = say
        self._show = show
        self._reports = reports
        self._time = time
        self._version = version
        self._seen: dict[tuple[type[BaseException], str], Path | None] = {}

    def report(self, error: BaseException, retry: Callable[[], None] | None = None) -> None:
        """Show an error; `retry` is offered where the program's surroundings failed."""
        if isinstance(error, UserError):
            self._show(Notice(self._say(error), Tone.WARNING))
        elif isinstance(error, EnvironmentFault):
            LOG.warning("%s %s", error.code, error.values)
            words = tr("Try again") if retry is not None else None
            self._show(Notice(self._say(error), Tone.ERROR, words, retry))
        else:
            self._bug(error)

    def uncaught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None = None
    ) -> None:
        """For `sys.excepthook`: what nobody caught, in a Qt slot for instance."""
        self.report((error or kind()).with_traceback(trace))

    @contextmanager
    def catching(self) -> Iterator[None]:
        """Take what nobody catches, in Qt's slots, in threads and in callbacks of the running loop, while it lasts."""
        loop = asyncio.get_running_loop()
        before, before_thread, before_loop = sys.excepthook, threading.excepthook, loop.get_exception_handler()
        sys.excepthook = self.uncaught
        threading.excepthook = lambda args: loop.call_soon_threadsafe(self._thread_failed, args.exc_value)
        loop.set_exception_handler(self._loop_failed)
        try:
            yield
        finally:
            sys.excepthook, threading.excepthook = before, before_thread
            loop.set_exception_handler(before_loop)

    def _thread_failed(self, error: BaseException | None) -> None:
        self.report(error or InternalFault("thread_failed"))

    def _loop_failed(self, loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.report(error)
        else:
            LOG.error("the loop says: %s", context.get("message"))

    def _bug(self, error: BaseException) -> None:
        where = _place(error)
        if where not in self._seen:
            LOG.error("a bug: %s", error, exc_info=error)
            self._seen[where] = write_report(self._reports, error, self._time.now(), self._version)
        path = self._seen[where]
        if path is None:
            text = tr("Something in the program went wrong, and its report could not be written. Your work is kept.")
        else:
            text = tr("Something in the program went wrong. Your work is kept; please send {path}.", path=path)
        self._show(Notice(text, Tone.ERROR))


def _place(error: BaseException) -> tuple[type[BaseException], str]:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return type(error), "" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
