"""Finds what is still alive in the process: tasks, timers, threads, windows.

Nothing here imports Qt: a test that does without it stays without it.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary, ref

ROOT = str(Path(__file__).parents[2])
STARTED_AT: WeakKeyDictionary[threading.Thread, str] = WeakKeyDictionary()


def note_where_threads_start() -> None:
    """Keeps, for each Python thread started from now on, the project's line that started it."""
    start = threading.Thread.start

    def noting(thread: threading.Thread) -> None:
        STARTED_AT[thread] = calling_place()
        start(thread)

    threading.Thread.start = noting  # type: ignore[method-assign]


def calling_place() -> str:
    frames = traceback.extract_stack()[:-2]
    ours = [
        f"{each.filename}:{each.lineno} in {each.name}"
        for each in frames
        if each.filename.startswith(ROOT) and "site-packages" not in each.filename and "/rig/" not in each.filename
    ]
    return ours[-1] if ours else f"{frames[-1].filename}:{frames[-1].lineno}"


def qt(name: str) -> ModuleType | None:
    """A Qt module if somebody has imported it, else None."""
    return sys.modules.get(f"PySide6.{name}")


class Watch:
    """Notices each task, QTimer and QThread that there is, whoever made it and whenever.

    The collector is asked only for what is younger than the last look: the rest is frozen, so that
    neither a look nor a collection goes over the imports again. What can be busy is remembered from
    then on, because an old timer may be started by a later test.
    """

    def __init__(self) -> None:
        self._known: list[ref[Any]] = []

    def busy(self) -> list[Any]:
        """Tasks not done, timers ticking, Qt threads running, as far as Python knows them."""
        # An object in a cycle says only when it is collected that nobody closed it, and frozen it
        # would never be.
        gc.collect()
        kinds = busy_kinds()
        found = [each for each in gc.get_objects() if issubclass(type(each), kinds)]
        gc.freeze()
        self._known = [each for each in self._known if each() is not None]
        self._known += [ref(each) for each in found]
        return [each for known in self._known if (each := known()) is not None and is_busy(each)]


def busy_kinds() -> tuple[type, ...]:
    core = qt("QtCore")
    return (asyncio.Task,) if core is None else (asyncio.Task, core.QTimer, core.QThread)


def is_busy(candidate: Any) -> bool:
    """Whether this is a task not done, a timer ticking or a Qt thread running."""
    if isinstance(candidate, asyncio.Task):
        return not candidate.done()
    core = qt("QtCore")
    if core is None or not sys.modules["shiboken6"].isValid(candidate):
        return False
    if isinstance(candidate, core.QTimer):
        return bool(candidate.isActive())
    application = core.QCoreApplication.instance()
    # The main thread has a QThread too, and of course it runs.
    is_main = application is not None and candidate == application.thread()
    return bool(candidate.isRunning()) and not is_main


def describe(left: Any) -> str:
    if isinstance(left, asyncio.Task):
        return f"task not done: {left!r}"
    core = qt("QtCore")
    assert core is not None
    parent = left.parent()
    where = f"child of {type(parent).__name__}" if parent is not None else "without a parent"
    what = f"{type(left).__name__} {left.objectName()!r} {where}"
    if isinstance(left, core.QTimer):
        return f"timer still ticking every {left.interval()} ms: {what}"
    return f"Qt thread still running: {what}"


def describe_thread(thread: threading.Thread) -> str:
    started = STARTED_AT.get(thread, "an unknown place")
    return f"thread still running: {thread.name!r}, started at {started}"


def windows() -> dict[int, Any]:
    """The widgets without a parent, by their address in C++."""
    widgets = qt("QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return {}
    pointer = sys.modules["shiboken6"].getCppPointer
    return {pointer(each)[0]: each for each in widgets.QApplication.topLevelWidgets()}


def window_addresses() -> set[int]:
    return set(windows())


def new_windows(known: set[int]) -> list[str]:
    return [
        f"window still there: {type(each).__name__} {each.objectName()!r} {each.windowTitle()!r}"
        for address, each in windows().items()
        if address not in known
    ]


def finish_deletions() -> None:
    """Lets Qt delete what `deleteLater` was called on, which it does in an event loop only."""
    core = qt("QtCore")
    if core is None or core.QCoreApplication.instance() is None:
        return
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    core.QCoreApplication.processEvents()
