"""Shows errors: what the user can mend, what failed around the program, and what is our bug."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from console.domain.errors import ConsoleError, EnvironmentFault, UserError
from console.domain.instants import TimeSource
from ui.banner import Notice, Tone
from ui.report_file import write_report
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
