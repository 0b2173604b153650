"""What a test leaves behind fails it: threads, tasks, timers, windows, unexpected log errors."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator

import pytest

from tests.rig import living
from tests.rig.log_errors import RECORDER, LogErrors

# Long enough for a thread that was told to end, short enough not to hide one that was not.
GRACE_SECONDS = 2.0


def pytest_configure() -> None:
    living.note_where_threads_start()


def pytest_collection_finish() -> None:
    # What the imports made lives to the end. Set aside, it costs the collection after each test
    # nothing.
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_leftovers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Runs around each test and is the last to be torn down."""
    recorder = request.config.stash[RECORDER]
    recorder.errors = LogErrors()
    threads = set(threading.enumerate())
    before = {id(each) for each in living.objects()}
    windows = living.window_addresses()

    yield

    living.finish_deletions()
    # An object in a cycle says only when it is collected that nobody closed it.
    gc.collect()
    problems = [living.describe_thread(each) for each in still_running(threads)]
    problems += [living.describe(each) for each in living.objects() if id(each) not in before]
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
