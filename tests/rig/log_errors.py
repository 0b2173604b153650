"""An error in the log fails the test that caused it, unless the test said that it will come."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field

import pytest


@dataclass
class Expectation:
    logger: str
    pattern: re.Pattern[str]
    met: bool = False

    def covers(self, record: logging.LogRecord) -> bool:
        below = record.name == self.logger or record.name.startswith(self.logger + ".")
        return below and self.pattern.search(record.getMessage()) is not None


@dataclass
class LogErrors:
    """The records of level ERROR and above since the test began, on whatever logger."""

    records: list[logging.LogRecord] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)

    def expect(self, logger: str, pattern: str) -> None:
        """Says that `logger` or one below it will log an error that `pattern` is found in.

        One expectation covers any number of such records; one that covers none fails the test.
        """
        self.expectations.append(Expectation(logger, re.compile(pattern)))

    def problems(self) -> list[str]:
        """A line for each record that nobody expected and each expectation that did not come."""
        found = []
        for record in self.records:
            covering = [each for each in self.expectations if each.covers(record)]
            for each in covering:
                each.met = True
            if not covering:
                found.append(
                    f"{record.levelname} on logger {record.name} "
                    f"({record.pathname}:{record.lineno}): {record.getMessage()}"
                )
        found.extend(
            f"expected error on logger {each.logger} did not come: {each.pattern.pattern}"
            for each in self.expectations
            if not each.met
        )
        return found


class Recorder:
    """Makes log records and keeps the errors among them.

    It stands where records are made and not on the root logger, because a logger that does not
    propagate would never get there.
    """

    def __init__(self) -> None:
        self._make = logging.getLogRecordFactory()
        self.errors = LogErrors()

    def __call__(self, *args: object, **kwargs: object) -> logging.LogRecord:
        record = self._make(*args, **kwargs)
        if record.levelno >= logging.ERROR:
            self.errors.records.append(record)
        return record


def pytest_configure(config: pytest.Config) -> None:
    recorder = Recorder()
    config.stash[RECORDER] = recorder
    logging.setLogRecordFactory(recorder)


RECORDER = pytest.StashKey[Recorder]()


@pytest.fixture
def log_errors(request: pytest.FixtureRequest) -> LogErrors:
    """Errors that this test logs: `log_errors.expect("console.store", "disk is full")`."""
    return request.config.stash[RECORDER].errors
