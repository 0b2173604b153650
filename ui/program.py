"""The life of the window: shown at once, filled when the desk is loaded, ended in order."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from console.domain.errors import ConsoleError
from ui import theme
from ui.banner import Notice, Tone
from ui.event_loop import EndingSignals
from ui.indicator import Health
from ui.shell import Shell
from ui.theme import Theme
from ui.tr import grouped, tr

# Work that a desk finishes before it closes; after it the window says so and closes all the same.
DRAIN_SECONDS = 10
LOADING = "load"
# Sooner nobody sees that anything had to be waited for.
_SHOW_AFTER = 0.2


class Loading:
    """Handed to the thread that loads: where it says how far it is, and where it reads that it should stop."""

    def __init__(self, say: Callable[[int, int], None]) -> None:
        self._say = say
        self._stop = threading.Event()

    def progress(self, done: int, total: int) -> None:
        """So many of so many tickets of the demo desk are made."""
        self._say(done, total)

    def stop(self) -> None:
        """End soon."""
        self._stop.set()

    def stopped(self) -> bool:
        """Whether to end soon."""
        return self._stop.is_set()


class Session(Protocol):
    """What fills the window with a desk."""

    async def open(self) -> None:
        """Read and show; raises ConsoleError."""
        ...

    def stop(self) -> None:
        """No more user actions, nothing followed, nothing ticking."""
        ...

    async def close(self, limit_seconds: float) -> None:
        """Drain what is being written and let the database go."""
        ...

    def set_theme(self, theme: Theme) -> None:
        """Dress what it brought into the window."""
        ...


class Loaded(Protocol):
    """An open desk that no window shows yet."""

    def session(self, shell: Shell) -> Session:
        """What fills this window with it; called in Qt's thread."""
        ...

    def discard(self) -> None:
        """Let it go without having shown it."""
        ...


Load = Callable[[Loading], Loaded]


class Program:
    """Runs a window. `load` works in a thread of its own; `session` is what it brought, none until then."""

    def __init__(self, shell: Shell, load: Load) -> None:
        self.session: Session | None = None
        self.failure: ConsoleError | None = None
        self._shell = shell
        self._window = shell.window
        self._load = load
        self._tasks = shell.tasks
        self._presenter = shell.presenter
        self._ending = asyncio.Event()
        self._tried = asyncio.Event()
        self._threads = ThreadPoolExecutor(1, "start-up")
        self._tries = 0
        self._loading: Loading | None = None
        self._work: Future[Loaded] | None = None
        self._theme = shell.theme
        self._window.closeAsked.connect(self.end)
        self._window.acted.connect(self._acted)

    def end(self) -> None:
        """Ask for the end; asking again changes nothing."""
        self._ending.set()

    async def opened(self) -> bool:
        """Wait until the desk is on screen, or was tried in vain: then `failure` says why, if it was foreseen."""
        await self._tried.wait()
        return self.session is not None and self.failure is None

    async def run(self) -> None:
        """From the window on screen to its end."""
        with EndingSignals(self.end):
            self.start_loading()
            await self._ending.wait()
            await self._end_in_order()

    def start_loading(self) -> None:
        """Load the desk, or try it again."""
        self._tries += 1
        # Each try has its own key: the one before may still be saying why it failed.
        self._tasks.start("load", self._load_desk(), key=f"{LOADING} {self._tries}")

    async def _load_desk(self) -> None:
        loop = asyncio.get_running_loop()

        def progress(done: int, total: int) -> None:
            loop.call_soon_threadsafe(self._show_progress, done, total)

        self._loading = Loading(progress)
        try:
            self._work = self._threads.submit(self._load, self._loading)
            loaded = await asyncio.wrap_future(self._work)
            self.session = loaded.session(self._shell)
            # It may have been changed while the desk was loaded.
            self.session.set_theme(self._theme)
            self._window.state_banner.say(None)
            await self.session.open()
        except ConsoleError as error:
            self.failure = error
            self._window.show_not_open()
            self._presenter.report(error, retry=self._try_again)
        finally:
            self._tried.set()

    def _try_again(self) -> None:
        self.failure = None
        self._tried.clear()
        self._window.show_opening()
        self.start_loading()

    def _show_progress(self, done: int, total: int) -> None:
        if not self._ending.is_set():
            words = tr("Making the demo desk: {done} of {total} tickets", done=grouped(done), total=grouped(total))
            self._window.state_banner.say(Notice(words, lasting=True))

    def _acted(self, code: str) -> None:
        if code == "theme":
            self._theme = theme.LIGHT if self._theme.dark else theme.DARK
            theme.apply(self._theme, self._shell.app)
            self._window.set_theme(self._theme)
            self._window.keep_theme(self._theme)
            if self.session is not None:
                self.session.set_theme(self._theme)

    async def _end_in_order(self) -> None:
        loop = asyncio.get_running_loop()
        waited = loop.call_later(_SHOW_AFTER, self._show_closing)
        if self._loading is not None:
            self._loading.stop()
        if self.session is not None:
            self.session.stop()
        await self._tasks.close()
        # The thread may still be opening the desk: it cannot be cancelled, only waited for, behind it in the queue.
        await loop.run_in_executor(self._threads, nothing)
        self._threads.shutdown(wait=True)
        if self.session is not None:
            await self._close_session(self.session)
        elif self._work is not None and self._work.exception() is None:
            self._work.result().discard()
        waited.cancel()
        self._window.keep_layout()
        self._window.let_close()

    async def _close_session(self, session: Session) -> None:
        try:
            await session.close(DRAIN_SECONDS)
        except ConsoleError as error:
            # The window is about to go: the words stay in the terminal and in the log.
            self._presenter.report(error)

    def _show_closing(self) -> None:
        words = tr("Writing what was decided, {n} s at most. The window closes by itself.", n=DRAIN_SECONDS)
        self._window.top_bar.indicator.show_health(Health.CLOSING)
        self._window.state_banner.say(Notice(words, Tone.NOTE, lasting=True))


def nothing() -> None:
    """What comes after everything else in a thread of one."""
