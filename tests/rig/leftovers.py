"""What a test leaves behind fails it: threads, tasks, timers, windows, unexpected log errors."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from weakref import ref

import pytest

from tests.rig import living
from tests.rig.log_errors import RECORDER, LogErrors

# Long enough for a thread that was told to end, short enough not to hide one that was not.
GRACE_SECONDS = 2.0


def pytest_configure() -> None:
    living.note_where_threads_start()


def pytest_collection_finish(session: pytest.Session) -> None:
    # What the imports made lives to the end.
    session.config.stash[WATCH] = watch = living.Watch()
    watch.busy()


def pytest_sessionfinish() -> None:
    # Whatever a fixture of a module or session has left open is said by the last collection.
    gc.unfreeze()


WATCH = pytest.StashKey[living.Watch]()


@pytest.fixture(autouse=True)
def no_leftovers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Runs around each test and is the last to be torn down."""
    recorder, watch = request.config.stash[RECORDER], request.config.stash[WATCH]
    recorder.errors = LogErrors()
    threads = set(threading.enumerate())
    before = [ref(each) for each in watch.busy()]
    windows = living.window_addresses()

    yield

    living.finish_deletions()
    problems = [living.describe_thread(each) for each in still_running(threads)]
    problems += [living.describe(each) for each in watch.busy() if all(each is not old() for old in before)]
    problems += living.new_windows(windows)
    problems += recorder.errors.problems()
    if problems:
        pytest.fail("the test leaves behind:\n" + "\n".join(problems), pytrace=False)


def still_running(known: set[threading.Thread]) -> list[threading.Thread]:
    deadline = time.monotonic() + GRACE_SECONDS
    new = [each for each in threading.enumerate() if each not in known]
    for each in new:
        each.join(max(0.0, deadline - time.monotonic()))
    return [each for each in new if each.is_alive()]
