"""Coroutines behind signals: a named task each, errors to one place, no double start, ended at shutdown."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Coroutine
from enum import Enum
from functools import wraps
from typing import Any, Protocol, TypeVar

Report = Callable[[Exception], None]


class Busy(Enum):
    """What a second call does while the first is under way."""

    IGNORE = "ignore"  # a double click asks once
    REPLACE = "replace"  # the latest wins: a selection that moved on


class Tasks:
    """The tasks of one window. `report` gets the error of each that fails; cancelled ones are not errors.

    A task's key says what it is busy with; by default that is its name.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._running: dict[str, asyncio.Task[None]] = {}
        self._closed = False

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of the tasks under way."""
        return tuple(self._running)

    def busy(self, key: str) -> bool:
        """Whether a task of this key is under way."""
        return key in self._running

    def start(
        self, name: str, coroutine: Coroutine[Any, Any, None], *, key: str | None = None, busy: Busy = Busy.IGNORE
    ) -> bool:
        """Start `coroutine` as a task on the running loop; False where it was not started.

        It is not started when its key is busy (and `busy` says to ignore) and when the tasks were closed.
        """
        key = key or name
        before = self._running.get(key)
        if self._closed or (before is not None and busy is Busy.IGNORE):
            coroutine.close()
            return False
        if before is not None:
            before.cancel()
        task = asyncio.get_running_loop().create_task(self._watched(coroutine), name=name)
        self._running[key] = task

        def ended(done: asyncio.Task[None]) -> None:
            # A task that is cancelled before its first step never touched it.
            coroutine.close()
            if self._running.get(key) is done:
                del self._running[key]

        task.add_done_callback(ended)
        return True

    def cancel(self, key: str) -> None:
        """Cancel the task of this key, if there is one."""
        if task := self._running.get(key):
            task.cancel()

    async def close(self) -> None:
        """Refuse new tasks, cancel those under way and wait for their end. The caller's own task is spared."""
        self._closed = True
        own = asyncio.current_task()
        left = [task for task in self._running.values() if task is not own]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _watched(self, coroutine: Coroutine[Any, Any, None]) -> None:
        try:
            await coroutine
        except Exception as error:  # noqa: BLE001 - the one place where a slot's error is not lost
            self._report(error)


class HasTasks(Protocol):
    """An object whose slots may be coroutines."""

    @property
    def tasks(self) -> Tasks:
        """Where its coroutines run."""
        ...


S = TypeVar("S", bound=HasTasks)
Method = Callable[..., Coroutine[Any, Any, None]]


def slot(*, busy: Busy = Busy.IGNORE, key: str | None = None) -> Callable[[Method], Callable[..., None]]:
    """Make a coroutine method of an object with `tasks` connectable to a signal.

    Arguments that a signal sends and the method does not take (the `checked` of a button) are left out. The name of
    the task is that of the method; methods that share a `key` exclude each other.
    """

    def decorate(method: Method) -> Callable[..., None]:
        wanted = _positional(method)

        @wraps(method)
        def start(self: HasTasks, *arguments: object) -> None:
            self.tasks.start(method.__qualname__, method(self, *arguments[:wanted]), key=key, busy=busy)

        return start

    return decorate


def _positional(method: Method) -> int:
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    # The first is the object itself.
    return sum(each.kind in kinds for each in inspect.signature(method).parameters.values()) - 1
